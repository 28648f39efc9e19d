"""Who may do what to decisions, replies and follow-ups: the rows of the access table for the actions of this slice."""

from __future__ import annotations

from homeround.ehch.decisions import actions as decisions
from homeround.ehch.decisions.words import NEW
from tests.access.acting import LATER, NO_CLERK, Row, about, membership_of, on, seen
from tests.access.people import CLINICIANS, PCN, SEES, SENIOR, TODAY

ROWS: dict[str, Row] = {
    "decisions.decide": seen(
        about(
            decisions.decide,
            decision=decisions.Deciding("plan", "Walk daily", "Stiff.", "nothing", TODAY, replaces=NEW),
        ),
        CLINICIANS,
        {"registered practice, clinician"},
    ),
    "decisions.ask_follow_up": seen(
        about(decisions.ask_follow_up, asking=decisions.Asking("Weigh", "home", TODAY)), SENIOR, PCN
    ),
    "decisions.complete_follow_up": Row(
        on("follow_up", decisions.complete_follow_up, words="61 kg"),
        may=SENIOR,
        refused=SEES - SENIOR - {"registered practice, clerk"},
    ),
    "decisions.cannot_follow_up": Row(
        on("follow_up", decisions.cannot_follow_up, words="No scales"), may=SENIOR, refused=NO_CLERK - SENIOR
    ),
    "decisions.pass_on_follow_up": Row(
        lambda world, things, by: decisions.pass_on_follow_up(
            by=by,
            at=LATER,
            ref=things["follow_up"],
            to=str(membership_of(world, "senior" if by.username != "senior" else "nurse")),
            words="Off duty",
        ),
        may=SENIOR,
        refused=NO_CLERK - SENIOR,
    ),
    "decisions.drop_follow_up": Row(
        on("follow_up", decisions.drop_follow_up, words="She gains"), may=PCN, refused=NO_CLERK - PCN
    ),
    "decisions.reopen_follow_up": Row(
        on("done", decisions.reopen_follow_up, because="Wrong row"), may=SENIOR, refused=NO_CLERK - SENIOR
    ),
    "decisions.ask_again": Row(
        on("came back", decisions.ask_again, asking=decisions.Asking("Weigh", "home", TODAY)),
        may=PCN,
        refused=NO_CLERK - PCN,
    ),
    "decisions.leave_follow_up": Row(
        on("came back", decisions.leave_follow_up, words="She gains"), may=PCN, refused=NO_CLERK - PCN
    ),
    "decisions.withdraw_decision": seen(
        on("decision", decisions.withdraw_decision, because="Scales broken."), CLINICIANS
    ),
    "decisions.correct_decision": seen(
        on(
            "decision",
            decisions.correct_decision,
            because="Wrong day.",
            decision=decisions.Deciding("plan", "Walk twice", "Stiff.", "", TODAY),
        ),
        CLINICIANS,
    ),
    "decisions.read_news": seen(on("withdrawn", decisions.read_news), CLINICIANS, {"registered practice, clinician"}),
    "decisions.confirm_typed": seen(on("typed", decisions.confirm_typed), {"clinician of the round"}),
    "decisions.take_back_withdrawal": seen(
        on("withdrawn", decisions.take_back_withdrawal, because="Scales right."), CLINICIANS
    ),
    "decisions.take_back_settlement": seen(
        on("settled", decisions.take_back_settlement, because="Misheard."),
        CLINICIANS,
        {"registered practice, clinician"},
    ),
    "decisions.take_back_reply": seen(
        on("replied", decisions.take_back_reply, because="Wrong line."), {"registered practice, clinician"}
    ),
    "decisions.take_back_answer": seen(
        on("answered ask", decisions.take_back_answer, because="Wrong person."), {"clinician of the round"}
    ),
    "decisions.reply_to_decision": seen(
        on("ask", decisions.reply_to_decision, kind="read"), {"registered practice, clinician"}
    ),
    "decisions.mark_received": seen(on("ask", decisions.mark_received), {"registered practice, clerk"}),
    "decisions.answer_query": seen(on("queried", decisions.answer_query, words="Since May."), PCN),
    "decisions.settle_dispute": seen(
        on("disputed", decisions.settle_dispute, words="Agreed.", settled_as="decided"),
        CLINICIANS,
        {"registered practice, clinician"},
    ),
}
