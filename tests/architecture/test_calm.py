"""Calm words come from one helper that is given what could contradict them (`web/presenters/calm.py`; H24, H40).

A template that says of something open "nothing", "every", "all" or "nobody", or writes a tick, is found here. Where the
emptiness is that of the very list the template shows, it is written down below.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import homeround.web

TEMPLATES: Final = Path(homeround.web.__file__).parent / "templates"

CLAIM: Final = re.compile(
    r"\b(?:Nothing (?:is|was|has|awaits|waits|open|to)\b|Every \w+ (?:has|is|was)\b|All \w+ (?:have|are|were)\b"
    r"|Everybody (?:has|was)\b|Nobody (?:has a reason|is left|waits)\b|No \w+ is awaited\b|[Nn]othing open\b)"
    r"[^\"<{]{0,40}"
)
COMMENT: Final = re.compile(r"\{#.*?#\}", re.DOTALL)
TICK: Final = re.compile(r"p\.status\(\"[^\"]*\", \"good\"\)")

OF_THE_LIST_SHOWN: Final = {
    # template: why its words cannot be contradicted
    "residents/resident.jinja": "decisions of the record that is listed there",
    "decisions/home_follow_ups.jinja": "the follow-ups that are listed there",
    "decisions/asked_of_me.jinja": "the follow-ups that are listed there",
    "decisions/home_replies.jinja": "the asks and disputes that are listed there",
    "rounds/worklist.jinja": "the reasons that are listed there, of every kind of open thing",
    "pages/system.jinja": "what was said, listed there",
    "pages/your_sign_in.jinja": "the sign-ins that are listed there",
}
OF_WHAT_HAPPENED: Final = {
    # template: the tick says that something was done, of a thing that cannot be undone unseen
    "mfa/index.jinja": "the second step is set up",
    "deterioration/concern.jinja": "a call or an answer that stands",
    "pages/system.jinja": "signs that turn red",
}


def _templates() -> dict[str, str]:
    found = sorted(TEMPLATES.rglob("*.jinja"))
    return {str(path.relative_to(TEMPLATES)): COMMENT.sub("", path.read_text()) for path in found}


def _without_errors(name: str) -> bool:
    """Pages of refusals say that nothing was saved: that is about the request."""
    return not name.startswith(("pages/errors/", "pages/opened_elsewhere", "accounts/"))


def test_no_template_calms_by_itself() -> None:
    found = {
        name: [claim.strip() for claim in CLAIM.findall(text)]
        for name, text in _templates().items()
        if _without_errors(name) and CLAIM.search(text)
    }
    assert {name: words for name, words in found.items() if name not in OF_THE_LIST_SHOWN} == {}


def test_no_template_writes_a_tick_by_itself() -> None:
    found = {name for name, text in _templates().items() if TICK.search(text)}
    assert found <= set(OF_WHAT_HAPPENED)


def test_the_lists_of_exceptions_are_true() -> None:
    texts = _templates()
    assert {name for name in OF_THE_LIST_SHOWN if not CLAIM.search(texts[name])} == set()
    assert {name for name in OF_WHAT_HAPPENED if name not in texts} == set()


def test_a_calm_word_is_found() -> None:
    assert CLAIM.search('{{ p.status("Every concern has been read", "good") }}')
    assert TICK.search('{{ p.status("Every concern has been read", "good") }}')
    assert CLAIM.search("<p>Nothing awaits your reply.</p>")
