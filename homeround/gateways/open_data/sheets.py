"""A table in a file, whatever the file is: rows of text with the line each stood on."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Final

MOST_COLUMNS: Final = 1_000
MOST_CELLS: Final = 20_000_000
"""More than CQC's largest file (55,000 rows of 122) twice over; less than a hostile file would need."""

MOST_IN_A_CELL: Final = 100_000
"""Characters of one cell; registers write a few hundred. A longer cell ends the reading at once."""

Cells = list[str]
NumberedRow = tuple[int, Cells]
"""A row and the line it begins on."""


@dataclass
class Sheet:
    """A table and its rows, which can be read once.

    `name` is empty for a CSV file, which has no sheets. `is_exact`: every row has all its cells, as in CSV; a
    spreadsheet leaves out the empty ones at the end. `ends_open`: the text stops without a line end, which some
    registers do and a file cut short does too.
    """

    name: str
    rows: Generator[NumberedRow, None, None]
    is_exact: bool
    ends_open: bool = False

    @property
    def place(self) -> str:
        """Where something is missing, in words."""
        return f" in sheet '{self.name}'" if self.name else ""


def is_blank(cells: Cells) -> bool:
    """Whether a row says nothing."""
    return not any(cell and not cell.isspace() for cell in cells)
