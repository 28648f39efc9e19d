"""What stands against keeping the short texts about a person: their length, and that a reason is given."""

from homeround.ehch.residents.words import MOST
from homeround.kernel.record.words import problems_in, what_is_wrong


def problems_of_texts(**texts: str) -> dict[str, str]:
    """The texts that are too long for their column, or hold what cannot be kept; `MOST` has their names."""
    return problems_in(**{field: what_is_wrong(text, most=MOST[field]) for field, text in texts.items()})


def problems_of_reason(because: str) -> dict[str, str]:
    """What stands against the reason of a correction: it is read by whoever finds that the entry changed."""
    return problems_in(
        because=what_is_wrong(because, most=MOST["because"], needed="Say why, for whoever read it as it was.")
    )
