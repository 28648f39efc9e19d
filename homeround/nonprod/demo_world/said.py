"""What people of the demo wrote: concerns, notes of rounds, and decisions with what followed. All of it is made up."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Worry:
    """A concern: about whom (home and number), by whom, when, in which words; who read it, and who was phoned.

    `hour` is that of the day. Today's come less than two hours ago, so that no round of today has answered them.
    """

    about: tuple[str, int]
    by: str
    days_ago: int
    hour: int
    words: str
    reader: str = ""
    service: str = ""
    spoke_to: str = ""
    told: str = ""


@dataclass(frozen=True)
class PutForward:
    """Somebody who was put forward for the round: who (home and number), by whom, on whose behalf, when, why."""

    about: tuple[str, int]
    by: str
    asks: str
    days_ago: int
    words: str


PUT_FORWARD: Final = (
    PutForward(("large", 15), "nell", "person", 1, "Her daughter asks whether she still needs all her tablets."),
    PutForward(("large", 26), "priya", "clinician", 1, "His blood test is back: look at ankles and weight again."),
    PutForward(("small", 2), "kai", "staff", 1, "Leaves his walking frame behind more and more often."),
)


@dataclass(frozen=True)
class Admitted:
    """Somebody who went to hospital: who, by whom it was written down, when, where to and why; back since, or not."""

    about: tuple[str, int]
    by: str
    days_ago: int
    hospital: str
    words: str
    back_days_ago: int | None = None


IN_HOSPITAL: Final = (
    Admitted(("large", 41), "nell", 9, "Tamarshire General", "Fell and broke his hip."),
    Admitted(("large", 47), "nell", 12, "Tamarshire General", "Chest infection.", back_days_ago=2),
)

CONCERNS: Final = (
    Worry(("large", 3), "cora", 33, 9, "Coughing when she drinks tea since the weekend.", "amina"),
    Worry(("large", 9), "saul", 24, 15, "Two falls this week, both at night on the way to the toilet.", "amina"),
    Worry(("middle", 1), "wes", 17, 11, "Will not get up for breakfast any more; says she is tired.", "tess"),
    Worry(
        ("large", 21),
        "nell",
        10,
        7,
        "Short of breath and grey after breakfast.",
        "amina",
        "999",
        "ambulance crew",
        "Chest infection; stayed here, antibiotics started.",
    ),
    Worry(("split", 5), "cato", 8, 14, "The sore place on his heel is open again.", "amina"),
    Worry(("large", 0), "cora", 1, 9, "Not quite herself since yesterday: she did not know me this morning.", "amina"),
    Worry(("large", 33), "saul", 0, 8, "Has eaten next to nothing for three days and pushes the spoon away."),
    Worry(("small", 0), "kai", 0, 7, "Rocking and holding her stomach, which she does when something hurts."),
    Worry(("middle", 8), "wes", 0, 3, "His ankle is swollen and he does not want to stand on it.", "tess"),
    Worry(
        ("split", 11),
        "cato",
        0,
        5,
        "Fell in the bathroom, a cut above the eye, wide awake.",
        "",
        "NHS 111",
        "the nurse at 111",
        "Clean and cover it; call again if he vomits or gets drowsy.",
    ),
    Worry(("lone", 2), "una", 2, 10, "His legs are weeping through the dressings every day now."),
)

NOTES: Final = (
    "Comfortable, eating well, no pain. Nothing to change.",
    "Sleeping better since the evening walk. Carry on.",
    "Skin intact, weight steady.",
    "Enjoyed talking about the garden. No worries from staff.",
    "A little stiff in the morning; moves well after breakfast.",
    "Daughter visited and is content with the plan.",
)


@dataclass(frozen=True)
class Told:
    """A decision of a round, how many weeks ago and in which home, and what followed: the reply, a follow-up."""

    home: str
    weeks_ago: int
    outcome: str
    kind: str
    decided: str
    because: str
    before: str
    reply: str = ""
    words: str = ""
    meanwhile: str = ""
    asked: str = ""
    of: str = "home"
    due_in_days: int = 0
    done_after_days: int | None = None
    came_of_it: str = ""


TOLD: Final = (
    Told(
        "large",
        6,
        "plan_changed",
        "plan",
        "Thicken drinks to level 2; sit upright for 30 minutes after meals.",
        "Coughs on thin fluids.",
        "Normal fluids.",
        reply="read",
        asked="Write the new drinks into the kitchen list.",
        due_in_days=-30,
        done_after_days=2,
        came_of_it="Kitchen list changed, all staff told at handover.",
    ),
    Told(
        "large",
        5,
        "medicine_changed",
        "medicine",
        "Stop the night-time sedative over two weeks.",
        "Two falls at night; drowsy until noon.",
        "Sedative every night.",
        reply="settled",
        words="Very unsettled when this was tried last year.",
        meanwhile="Go on with half of it every night.",
    ),
    Told(
        "large",
        4,
        "referral",
        "referral",
        "Refer to the falls service.",
        "Three falls in six weeks.",
        "Alarm mat at the bed.",
        reply="read",
        asked="Send the falls diary to the falls service.",
        of="pcn",
        due_in_days=-2,
    ),
    Told(
        "large",
        3,
        "medicine_changed",
        "medicine",
        "Water tablet in the morning only.",
        "Up four times a night.",
        "Water tablet morning and evening.",
        reply="do_not_adopt",
        words="Heart failure clinic asked for both doses until its review.",
        meanwhile="Give both doses as before.",
    ),
    Told(
        "large",
        3,
        "plan_changed",
        "plan",
        "Turn every three hours at night; air mattress.",
        "Red heel.",
        "Turn every four hours.",
        asked="Order the air mattress.",
        due_in_days=-4,
    ),
    Told(
        "large",
        2,
        "plan_changed",
        "plan",
        "Offer pain relief before washing and dressing.",
        "Cries out when moved.",
        "Pain relief when asked for.",
        reply="query",
        words="Which pain relief, and how much in a day at most?",
        asked="Keep a pain chart for a week.",
        due_in_days=1,
    ),
    Told(
        "large",
        2,
        "medicine_changed",
        "medicine",
        "Finish the seven days of antibiotic that the ambulance crew started.",
        "Chest infection.",
        "None.",
        reply="received",
    ),
    Told(
        "large",
        1,
        "plan_changed",
        "plan",
        "Small meals every two hours; favourite foods first.",
        "Eats a third of each meal.",
        "Three meals a day.",
        reply="answered",
        words="Still on the weekly weight list?",
        asked="Weigh on Monday and write it down.",
        due_in_days=0,
    ),
    Told(
        "split",
        4,
        "plan_changed",
        "plan",
        "Dress the heel every second day.",
        "Open again.",
        "Dress weekly.",
        reply="read",
    ),
    Told(
        "split",
        3,
        "referral",
        "referral",
        "Refer to the wound nurse.",
        "No better in two weeks.",
        "Dressings here.",
        asked="Take a picture of the heel for the wound nurse.",
        due_in_days=2,
    ),
    Told(
        "split",
        2,
        "medicine_changed",
        "medicine",
        "Paracetamol four times a day instead of when needed.",
        "Pain every evening.",
        "When needed.",
    ),
    Told(
        "small",
        4,
        "plan_changed",
        "plan",
        "Show the pain pictures every morning.",
        "Cannot say what hurts.",
        "Ask.",
        reply="read",
        asked="Print the pain pictures.",
        due_in_days=-20,
        done_after_days=1,
        came_of_it="They hang in the kitchen.",
    ),
    Told(
        "middle",
        3,
        "referral",
        "referral",
        "Refer for a memory assessment.",
        "Lost the way in the home twice.",
        "None.",
        reply="read",
    ),
    Told(
        "middle",
        2,
        "plan_changed",
        "plan",
        "Walk with one person, frame always in reach.",
        "Unsteady since the cold.",
        "Walks alone.",
        reply="query",
        words="Has anybody taken a blood pressure standing up?",
    ),
)
