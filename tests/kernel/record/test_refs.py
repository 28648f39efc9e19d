"""Public references: long enough, readable aloud, different."""

import re

from homeround.kernel.record.refs import ALPHABET, REF, new_ref


def test_a_ref_fits_its_pattern() -> None:
    assert all(re.fullmatch(REF, new_ref()) for _ in range(200))


def test_the_pattern_lets_through_the_alphabet_and_nothing_else() -> None:
    character = REF.removesuffix("{16}")

    assert {chr(code) for code in range(0x250) if re.fullmatch(character, chr(code))} == set(ALPHABET)
    assert not set("ILOU") & set(ALPHABET)
    assert len(ALPHABET) == 32


def test_refs_differ() -> None:
    assert len({new_ref() for _ in range(1000)}) == 1000
