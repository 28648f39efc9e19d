"""A name in a list stands with room and like-name mark, or a like one is taken for it (H1): one macro writes it.

`people.person` (templates/components/people.jinja) does. A name alone is for what is read aloud beside it (the hidden
words of a link), and for the large confirmation after saving, which has the room in the next line.
"""

from __future__ import annotations

import re
from typing import Final

from tests.architecture.source import ROOT

TEMPLATES: Final = ROOT / "homeround" / "web" / "templates"
WRITES_NAMES: Final = frozenset({"components/people.jinja", "residents/concern_whom.jinja"})
"""The macro, and the page of large buttons that has the same three things in its own shape."""

NAME: Final = re.compile(r"\.(?:called|identity\.name|identity\.formal)\b")
BESIDE: Final = re.compile(r'<(span|p)\s+class="(?:nhsuk-u-visually-hidden|hr-saved__person)">.*?</\1>', re.DOTALL)


def names_alone(template: str) -> int:
    """How many names a template writes outside the macro."""
    return len(NAME.findall(BESIDE.sub("", template)))


def test_a_name_alone_is_found() -> None:
    assert names_alone('<a href="x">{{ one.line.called }}</a>') == 1
    assert names_alone('<span class="nhsuk-u-visually-hidden"> about {{ one.line.called }}</span>') == 0


def test_every_name_in_a_list_has_room_and_mark() -> None:
    templates = {str(path.relative_to(TEMPLATES)): path for path in sorted(TEMPLATES.rglob("*.jinja"))}
    alone = [
        name
        for name, path in templates.items()
        if name not in WRITES_NAMES and names_alone(path.read_text(encoding="utf-8"))
    ]
    assert alone == [], "write a person with people.person"


def test_the_macro_writes_room_and_mark() -> None:
    for name in WRITES_NAMES:
        text = (TEMPLATES / name).read_text(encoding="utf-8")
        assert "line.room" in text
        assert "line.is_alike" in text
        assert "line.formal" in text
