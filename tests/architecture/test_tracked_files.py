"""What is committed is ours and works anywhere: no registries, no machine's paths, no third-party files, no people."""

import re
from pathlib import Path

from tests.architecture.source import ROOT, tracked

# Written in pieces, so that this file is not found by its own search.
REGISTRIES = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "yarn" + "pkg.com")
MACHINE_PATHS = (
    "/wo" + "rk/",
    "/ro" + "ot/",
    "/opt/" + "wheels",
    "/opt/" + "py",
    "/tm" + "p/prep",
    "/home/" + "runner",
)
NOT_OURS = re.compile(r"(\.min\.(js|css)|\.(woff2?|ttf|otf|eot|zip|ods|xlsx|sqlite3|map|pyc))$")
LARGEST = 400_000  # bytes
TEN_DIGITS = re.compile(r"(?<![\w.+/=-])([0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4})(?![\w+/=-])")
SECRETS = re.compile("-----BEGIN [A-Z ]*" + "PRIVATE KEY-----")
PICTURES = {".png", ".jpg", ".jpeg", ".ico", ".gif"}


def texts() -> list[tuple[str, str]]:
    """Name and text of every committed file that is text."""
    return [
        (str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
        for path in tracked()
        if path.suffix not in PICTURES
    ]


def naming(words: tuple[str, ...]) -> list[str]:
    return [f"{name}: {word}" for name, text in texts() for word in words if word in text]


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits carry an NHS number's check digit (modulus 11)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def test_there_are_files() -> None:
    assert ROOT / "pyproject.toml" in tracked()


def test_no_package_registry_is_named() -> None:
    assert not naming(REGISTRIES)


def test_locks_name_no_host() -> None:
    locks = ("requirements.txt", "requirements-dev.txt", "requirements-node.txt", "package-lock.json")
    assert not [name for name in locks if "://" in (ROOT / name).read_text(encoding="utf-8")]


def test_no_path_of_a_machine_is_named() -> None:
    assert not naming(MACHINE_PATHS)


def test_nothing_of_others_is_committed() -> None:
    assert not [str(path.relative_to(ROOT)) for path in tracked() if NOT_OURS.search(path.name) or _is_large(path)]


def _is_large(path: Path) -> bool:
    return path.stat().st_size > LARGEST


def test_no_private_key_is_committed() -> None:
    assert not [name for name, text in texts() if SECRETS.search(text)]


def test_no_nhs_number_of_a_real_person() -> None:
    found = []
    for name, text in texts():
        if name.startswith("requirements") or name == "package-lock.json":
            continue
        for match in TEN_DIGITS.finditer(text):
            digits = re.sub(r"\D", "", match[1])
            if is_nhs_number(digits) and not digits.startswith("999"):
                found.append(f"{name}: {digits}")
    assert not found, "NHS numbers in the project begin with 999"


def test_a_real_number_would_be_found() -> None:
    made = "9434" + "765919"
    assert TEN_DIGITS.search(f"his number is {made}.")
    assert is_nhs_number(made)
