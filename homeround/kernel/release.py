"""What a release waits for before real people rely on it: the signature of a clinical safety officer (DCB0129).

Reviewed data: whoever signs is written down here, with the day, in the release that they signed. Empty means that the
software is for demonstrations only, and `homeround check` says so. docs/safety holds what is signed.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True)
class Signature:
    """Who signed the clinical safety case, their registration, and when. Empty and None: nobody has."""

    officer: str = ""
    registration: str = ""
    signed_on: date | None = None

    @property
    def stands(self) -> bool:
        """Whether somebody signed."""
        return bool(self.officer and self.registration and self.signed_on)


CLINICAL_SAFETY: Final = Signature()
