"""Names for people who do not exist."""

from typing import Final

FAMILY: Final = (
    "Hill", "Hall", "Okafor", "Pearce", "Tregear", "Nankivell", "Baptiste", "Westcott", "Luscombe", "Singh",
    "Endacott", "Yeo", "Kowalska", "Bickle", "Sampson", "Adeyemi", "Chugg", "Passmore", "Rahman", "Vooght",
    "Northcott", "Widger", "Brimblecombe", "Farrow", "Osei", "Jarvis", "Mudge", "Popham", "Quance", "Reddaway",
    "Setter", "Tapper", "Underhill", "Vicary", "Wreford", "Zaleski", "Bastow", "Cann", "Dymond", "Ellacott",
    "Fewings", "Gidley", "Hannaford", "Iddon", "Jewell", "Kerslake", "Lethbridge", "Madge", "Newcombe", "Oliver",
    "Pidsley", "Rowsell", "Snell", "Tancock", "Upham", "Venn", "Wonnacott", "Yelland", "Abbot", "Bidgood",
    "Crocker", "Drew", "Escott", "Friend",
)  # fmt: skip
WOMEN: Final = (
    "Margaret", "Joan", "Winifred", "Edna", "Doreen", "Sylvia", "Beryl", "Audrey", "Kathleen", "Rita",
    "Ngozi", "Halina", "Jean", "Marjorie", "Pauline", "Gwendoline", "Iris", "Farida", "Hazel", "Monica",
)  # fmt: skip
MEN: Final = (
    "Albert", "Ronald", "Kenneth", "Stanley", "Desmond", "Harbhajan", "Raymond", "Walter", "Cyril", "Dennis",
    "Emeka", "Leslie", "Norman", "Tadeusz", "Gordon", "Maurice",
)  # fmt: skip


def name_of(serial: int, home: int) -> tuple[str, str]:
    """Given and family name of one of a home's people: a family name comes once a home; two in three are women."""
    family = FAMILY[(serial + 11 * home) % len(FAMILY)]
    if serial % 3 == 2:
        return MEN[(serial * 5 + 3 * home) % len(MEN)], family
    return WOMEN[(serial * 7 + 5 * home) % len(WOMEN)], family
