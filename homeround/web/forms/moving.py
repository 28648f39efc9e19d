"""The form with which an entry that stands on the wrong person is moved to the right one (H1)."""

from __future__ import annotations

from homeround.web.forms.fields import Choice, Text
from homeround.web.forms.form import Form


class MoveForm(Form):
    """Who it is about, and how it came to stand on somebody else. `options`: everybody else of the home."""

    to_ref = Choice("Who is it about?", needed="Choose the person it is about.", as_list=True, large=True)
    because = Text(
        "How did it come to stand on the wrong person?",
        needed="Say how it came to stand on the wrong person.",
        most=300,
    )
