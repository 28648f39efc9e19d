"""Names that can be taken for each other (H1)."""

from collections import Counter
from collections.abc import Iterable


def are_alike(name: str, other: str) -> bool:
    """Whether two names can be taken for each other: the same family name, or the same first name and initial (H1)."""
    mine, theirs = name.casefold().split(), other.casefold().split()
    if not mine or not theirs:
        return False
    return mine[-1] == theirs[-1] or (mine[0] == theirs[0] and mine[-1][0] == theirs[-1][0])


def alike_among(names: Iterable[str]) -> frozenset[str]:
    """Those of these names that can be taken for another one among them; a name that comes twice can."""
    words = [(name, name.casefold().split()) for name in names if name.strip()]
    families = Counter(parts[-1] for _, parts in words)
    firsts = Counter((parts[0], parts[-1][0]) for _, parts in words)
    return frozenset(name for name, parts in words if families[parts[-1]] > 1 or firsts[parts[0], parts[-1][0]] > 1)
