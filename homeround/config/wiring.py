"""Which function fulfils which port, once, in order. Nothing is discovered and nothing listens."""

from homeround.cli import worklist
from homeround.ehch.alignment import access as alignment
from homeround.ehch.alignment.actions import taking_back
from homeround.ehch.decisions import access as decisions
from homeround.ehch.decisions.actions import practices, telling
from homeround.ehch.deterioration.actions import correcting as deterioration
from homeround.ehch.residents import access as residents
from homeround.ehch.residents.actions import registering
from homeround.ehch.rounds import access as rounds
from homeround.ehch.rounds import queries as rounds_queries
from homeround.gateways import mail
from homeround.kernel.delivery.outbox import write_mail
from homeround.kernel.ports import send_mail, still_open
from homeround.web.presenters.worklist import everybody


def plug() -> None:
    """Plug every port; called once, when all apps are loaded."""
    write_mail.plug(mail.write)
    send_mail.plug(mail.send)
    alignment.leads_open_round.plug(rounds.leads_open_round)
    alignment.round_open_in.plug(rounds.round_open_in)
    taking_back.pcn_was_wrong.plug(deterioration.reopen_answered_by_pcn)
    residents.reviews_seen.plug(rounds.reviews_seen)
    decisions.in_question.plug(rounds.decisions_in_question)
    residents.said_here.plug(rounds_queries.said_here)
    registering.registered_anew.plug(telling.ask_new_practice)
    registering.practice_was_wrong.plug(practices.take_off_replies)
    registering.practice_was_right.plug(practices.put_back_replies)
    still_open.plug(rounds_queries.still_open)
    worklist.lines_of_page.plug(everybody)
