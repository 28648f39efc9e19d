"""What the mutants are, and that one which nothing notices is found."""

import ast
from pathlib import Path

import pytest

from tools import mutants

SOURCE = """
def is_late(on, due, done=False):
    if done:
        return False
    return due is not None and on > due
"""


def changes(source: str) -> set[tuple[str, str]]:
    return {(mutant.was, mutant.becomes) for mutant in mutants.mutants_of("x.py", source)}


def test_each_decision_is_turned_round_once() -> None:
    found = changes(SOURCE)
    assert ("on > due", "on >= due") in found
    assert ("due is not None", "due is None") in found
    assert ("due is not None and on > due", "due is not None or on > due") in found
    assert ("due is not None and on > due", "on > due") in found
    assert ("False", "True") in found
    assert ("if done: return False", "(left out)") in found


def test_each_condition_of_a_query_is_left_out_once() -> None:
    found = changes("rows = Membership.objects.filter(user=1, stands=True)")
    whole = "Membership.objects.filter(user=1, stands=True)"
    assert (whole, "Membership.objects.filter(stands=True)") in found
    assert (whole, "Membership.objects.filter(user=1)") in found


def test_a_call_for_its_effect_is_left_out() -> None:
    assert ("home.must_have(Right.MOVES)", "(left out)") in changes("def act(home):\n    home.must_have(Right.MOVES)")


def test_every_mutant_is_one_change_that_can_be_read() -> None:
    for mutant in mutants.mutants_of("x.py", SOURCE):
        assert ast.dump(ast.parse(mutant.source)) != ast.dump(ast.parse(SOURCE))


def test_the_same_seed_gives_the_same_sample() -> None:
    one, again = (mutants.sampled("residents/rules", size=5, seed=3) for _ in range(2))
    assert one == again
    assert len(one) == 5


@pytest.mark.slow
def test_what_no_test_looks_at_survives_and_the_file_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rule.py").write_text(SOURCE)
    (tmp_path / "test_rule.py").write_text("from rule import is_late\n\ndef test():\n    assert is_late(2, 1)\n")
    (tmp_path / "test_red.py").write_text("def test():\n    assert False\n")
    monkeypatch.setattr(mutants, "tests_of", lambda _: ["."])
    trying = mutants.Trying(tmp_path)
    noticed = {
        (mutant.was, mutant.becomes): trying.notices(mutant)
        for mutant in mutants.mutants_of("rule.py", SOURCE)
        if mutant.was in ("on > due", "due is not None")
    }
    assert noticed == {("on > due", "on >= due"): False, ("due is not None", "due is None"): True}
    assert trying.set_aside == {"test_red.py::test"}, "what fails without any change says nothing of a mutant"
    assert (tmp_path / "rule.py").read_text() == SOURCE


def test_the_tests_that_name_what_was_changed_come_first(tmp_path: Path) -> None:
    there = tmp_path / "tests/ehch/rounds"
    there.mkdir(parents=True)
    (there / "test_a.py").write_text("nothing of it")
    (there / "test_b.py").write_text("is_late(")
    mutant = mutants.mutants_of("homeround/ehch/rounds/rules/weeks.py", SOURCE)[0]
    assert mutant.inside == "is_late"
    assert mutants.in_order(tmp_path, mutant) == ["tests/ehch/rounds/test_b.py", "tests/ehch/rounds/test_a.py"]
