"""Who may do what to rounds and reviews: the rows of the access table for the actions of this slice."""

from __future__ import annotations

from homeround.ehch.rounds import actions as rounds
from tests.access.acting import LATER, Row, about, on, seen
from tests.access.people import CLINICIANS, PCN, PUT_FORWARD, RAISE_CONCERNS, READ_WORKLISTS, READS_HOME

ROWS: dict[str, Row] = {
    "rounds.open_round": Row(
        lambda world, things, by: rounds.open_round(
            by=by,
            at=LATER,
            code=world.code("rose"),
            mode="video",
            home_representative="Nell Nurse",
            no_medical_input_because="quiet week",
        ),
        may=CLINICIANS,
        refused=READS_HOME - CLINICIANS,
    ),
    "rounds.record_review": Row(
        lambda world, things, by: rounds.record_review(
            by=by,
            at=LATER,
            ref=things["round"],
            person=world.residents["margaret"],
            review=rounds.Reviewing(how="in_person", outcome="no_change"),
        ),
        may=CLINICIANS,
        refused=READS_HOME - CLINICIANS,
    ),
    "rounds.cancel_round": Row(
        on("round", rounds.cancel_round, because="wrong home"), may=PCN, refused=READS_HOME - PCN
    ),
    "rounds.reopen_round": Row(
        on("cancelled round", rounds.reopen_round, because="by mistake"), may=PCN, refused=READS_HOME - PCN
    ),
    "rounds.amend_round": Row(
        on("round", rounds.amend_round, words="more"), may=CLINICIANS, refused=READS_HOME - CLINICIANS
    ),
    "rounds.put_forward": seen(about(rounds.put_forward, asks="person", words="Would like to be seen."), PUT_FORWARD),
    "rounds.put_several_forward": Row(
        lambda world, things, by: rounds.put_several_forward(
            by=by, at=LATER, code=world.code("rose"), asks="person", people={things["person"]: "Would like to be seen."}
        ),
        may=READ_WORKLISTS,
        refused=READS_HOME - READ_WORKLISTS,
    ),
    "rounds.say_not_needed": seen(on("put forward", rounds.say_not_needed, because="She is well."), PUT_FORWARD),
    "rounds.move_put_forward": seen(
        lambda world, things, by: rounds.move_put_forward(
            by=by, at=LATER, ref=things["put forward"], to_ref=world.residents["winifred"], because="a slip"
        ),
        RAISE_CONCERNS,
    ),
    "rounds.close_round": Row(
        on("round", rounds.close_round, summary="done"), may=CLINICIANS, refused=READS_HOME - CLINICIANS
    ),
}
