"""Whether this database is a demonstration, for the line that every page of one carries."""

from homeround.kernel import stamp


def is_demonstration() -> bool:
    """True on a demo database. A database without a stamp counts as one: nothing real may be in it yet."""
    try:
        return stamp.is_demo()
    except stamp.Unstamped:
        return True
