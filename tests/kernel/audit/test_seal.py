"""What a seal covers cannot be changed unnoticed; each kind of tampering is named. H57.

The tampering is done as somebody would who holds the database: with the triggers taken off.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from homeround.kernel import stamp
from homeround.kernel.audit import seal, triggers
from homeround.kernel.audit.accept import accept
from homeround.kernel.audit.actor import acting
from homeround.kernel.audit.digests import head_of, of_payload
from homeround.kernel.audit.disposal import dispose
from homeround.kernel.audit.seal import Anchor, UnreadableAnchor, read_anchor
from homeround.kernel.audit.verify import Tampering, older_than_known, verify
from homeround.kernel.models import AuditDisposal, AuditEntry, AuditPayload, AuditSeal
from tests.kernel.somebody import AT, CARER
from tests.kernel.trial_rows import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trial")]


@pytest.fixture(autouse=True)
def anchor_file(settings: Any, tmp_path: Path) -> Path:
    settings.AUDIT_ANCHOR = tmp_path / "anchor.json"
    return tmp_path / "anchor.json"


@pytest.fixture
def sealed(trial: str) -> list[int]:
    """Two seals over six entries in all, besides what stood before; their numbers."""
    for _ in range(2):
        with acting(CARER):
            write(times=3)
        seal.seal(AT)
    return list(AuditEntry.objects.filter(table_name="kernel_trial").order_by("id").values_list("id", flat=True))


def tamper(what: Callable[[], object]) -> None:
    triggers.drop(connection)
    what()
    triggers.install(connection)


def found(anchor: Anchor | None = None) -> list[tuple[Tampering, int | None]]:
    return [(finding.what, finding.entry_id) for finding in verify(anchor).findings]


def execute(sql: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_an_untouched_log_is_sound(sealed: list[int], anchor_file: Path) -> None:
    with acting(CARER):
        write()
    verdict = verify(read_anchor(anchor_file))
    assert verdict.is_sound
    assert verdict.sealed >= 6
    assert verdict.unsealed == seal.unsealed() == 1


def test_a_seal_follows_the_one_before(sealed: list[int]) -> None:
    first, second = AuditSeal.objects.order_by("id")
    assert (first.previous, second.previous) == ("", first.mac)
    assert (second.first_id, second.last_id, second.count) == (sealed[3], sealed[5], 3)
    assert len(second.leaves) == 3 * 24
    assert seal.seal(AT) == 0


def test_a_changed_entry_is_named(sealed: list[int]) -> None:
    tamper(lambda: AuditEntry.objects.filter(id=sealed[1]).update(actor='{"user": 99}'))
    assert found() == [(Tampering.CHANGED, sealed[1])]


def test_a_removed_entry_is_named(sealed: list[int]) -> None:
    tamper(lambda: AuditEntry.objects.filter(id=sealed[1]).delete())
    assert found() == [(Tampering.REMOVED, sealed[1])]


def test_an_added_entry_is_named(sealed: list[int]) -> None:
    entry = AuditEntry.objects.select_related("payload").get(id=sealed[2])
    gap = sealed[2]

    def add() -> None:  # the second seal's range begins after the first: make room and put one in
        AuditEntry.objects.filter(id=gap).delete()
        AuditSeal.objects.all().delete()

    tamper(add)
    seal.seal(AT)
    entry.actor = '{"user": 99}'
    tamper(lambda: entry.save(force_insert=True))
    assert (Tampering.ADDED, gap) in found()


def test_entries_that_changed_places_are_named(sealed: list[int]) -> None:
    one, other = (AuditEntry.objects.get(id=number) for number in sealed[:2])
    one.id, other.id = other.id, one.id

    def swap() -> None:
        one.save()
        other.save()
        payloads = {p.entry_id: (p.salt, p.body) for p in AuditPayload.objects.filter(entry_id__in=sealed[:2])}
        for number, away in (sealed[:2], sealed[1::-1]):
            salt, body = payloads[away]
            AuditPayload.objects.filter(entry_id=number).update(salt=salt, body=body)

    tamper(swap)
    assert found() == [(Tampering.REORDERED, sealed[0]), (Tampering.REORDERED, sealed[1])]


def test_a_changed_payload_is_named(sealed: list[int]) -> None:
    tamper(lambda: AuditPayload.objects.filter(entry_id=sealed[4]).update(body="{}"))
    assert found() == [(Tampering.PAYLOAD_CHANGED, sealed[4])]


def test_a_payload_that_is_gone_without_disposal_is_named(sealed: list[int]) -> None:
    tamper(lambda: AuditPayload.objects.filter(entry_id=sealed[4]).delete())
    assert found() == [(Tampering.PAYLOAD_MISSING, sealed[4])]


def test_a_disposal_that_was_not_logged_does_not_count(sealed: list[int]) -> None:
    def steal() -> None:
        AuditDisposal.objects.create(entry_id=sealed[4], because="appraised", disposed_at=AT, disposed_by="somebody")
        AuditPayload.objects.filter(entry_id=sealed[4]).delete()

    tamper(steal)
    assert found() == [(Tampering.PAYLOAD_MISSING, sealed[4])]


def test_a_disposal_leaves_the_log_sound(sealed: list[int]) -> None:
    dispose(entry_id=sealed[4], because="appraised", at=AT, by=CARER)
    seal.seal(AT)
    assert verify().is_sound


def test_a_changed_seal_is_named(sealed: list[int]) -> None:
    newest = AuditSeal.objects.latest("id")
    tamper(lambda: AuditSeal.objects.filter(id=newest.id).update(sealed_at=AT.replace(year=2020)))
    assert found() == [(Tampering.REBUILT, None)]


def test_a_removed_seal_is_named(sealed: list[int]) -> None:
    tamper(lambda: AuditSeal.objects.order_by("id")[0:1].get().delete())
    assert (Tampering.REBUILT, None) in found()


def test_a_chain_rebuilt_without_the_key_is_named(sealed: list[int], anchor_file: Path, settings: Any) -> None:
    rebuild(settings, {"tests": b"a guess"})
    assert found()[0] == (Tampering.OTHER_KEY, None)
    assert (Tampering.CUT_OFF, None) in found(), "the anchor beside the data knows another seal"


def test_a_chain_rebuilt_with_the_key_shows_against_the_anchor(
    sealed: list[int], anchor_file: Path, settings: Any
) -> None:
    rebuild(settings, settings.AUDIT_KEYS)
    assert found() == found(read_anchor(anchor_file)) == [(Tampering.REBUILT, None)]
    anchor = read_anchor(anchor_file)
    anchor_file.unlink()
    gone = (Tampering.NO_ANCHOR, None)
    assert found() == [gone], "somebody who holds machine and key leaves no other trace there"
    assert found(anchor) == [(Tampering.REBUILT, None), gone]


def rebuild(settings: Any, keys: dict[str, bytes]) -> None:
    """Change an entry and seal all again; the anchor is elsewhere."""
    true_keys, true_anchor = settings.AUDIT_KEYS, settings.AUDIT_ANCHOR
    settings.AUDIT_KEYS, settings.AUDIT_ANCHOR = keys, true_anchor.with_name("other.json")

    def write_history_anew() -> None:
        for entry in AuditEntry.objects.filter(table_name="kernel_trial").select_related("payload"):
            entry.actor = "{}"
            entry.digest = of_payload(entry.payload.salt, head_of(entry), entry.payload.body)
            entry.save()
        AuditSeal.objects.all().delete()

    tamper(write_history_anew)
    seal.seal(AT.replace(hour=15))
    settings.AUDIT_KEYS, settings.AUDIT_ANCHOR = true_keys, true_anchor


def test_a_key_that_is_not_there_is_named(sealed: list[int], settings: Any) -> None:
    settings.AUDIT_KEYS = {"next": b"new"}
    verdict = verify()
    assert {finding.what for finding in verdict.findings} == {Tampering.OTHER_KEY}
    assert "tests" in verdict.findings[0].words


def test_the_first_key_seals_and_older_ones_still_verify(sealed: list[int], settings: Any) -> None:
    settings.AUDIT_KEYS = {"next": b"new", **settings.AUDIT_KEYS}
    with acting(CARER):
        write()
    seal.seal(AT)
    assert AuditSeal.objects.latest("id").key_id == "next"
    assert verify().is_sound


def cut_off(after: int) -> None:
    AuditSeal.objects.filter(last_id__gt=after).delete()
    AuditPayload.objects.filter(entry_id__gt=after).delete()
    AuditEntry.objects.filter(id__gt=after).delete()


def test_a_cut_off_end_shows_against_the_anchor(sealed: list[int], anchor_file: Path) -> None:
    tamper(lambda: cut_off(sealed[2]))
    findings = found(read_anchor(anchor_file))
    assert findings
    assert {what for what, _ in findings} == {Tampering.CUT_OFF}


@pytest.mark.sqlite
def test_a_cut_off_end_shows_without_an_anchor_too(sealed: list[int]) -> None:
    tamper(lambda: cut_off(sealed[2]))
    assert (Tampering.CUT_OFF, None) in found()


@pytest.mark.sqlite
def test_an_entry_removed_before_it_was_sealed_leaves_a_gap() -> None:
    with acting(CARER):
        write(times=3)
    newest = AuditEntry.objects.latest("id").id
    tamper(lambda: AuditEntry.objects.filter(id=newest - 1).delete())
    assert found() == [(Tampering.REMOVED, newest - 1)]


def test_a_restored_older_copy_shows_against_the_anchor(sealed: list[int], anchor_file: Path) -> None:
    """A copy from before the second seal has neither its entries nor the numbers that were given out since."""
    tamper(lambda: cut_off(sealed[2]))
    if connection.vendor == "sqlite":
        execute("UPDATE sqlite_sequence SET seq = %s WHERE name = 'kernel_audit_entry'", [sealed[2]])
        execute(
            "UPDATE sqlite_sequence SET seq = %s WHERE name = 'kernel_audit_seal'", [AuditSeal.objects.latest("id").id]
        )
    else:
        execute("SELECT setval(pg_get_serial_sequence('kernel_audit_entry', 'id'), %s)", [sealed[2]])
    assert found() == [(Tampering.RESTORED, None)], "the anchor beside the data is compared always"
    assert [finding.what for finding in older_than_known()] == [Tampering.RESTORED]
    anchor = read_anchor(anchor_file)
    anchor_file.unlink()
    assert found() == [(Tampering.NO_ANCHOR, None)], "nothing here tells it, and that is said"
    assert found(anchor) == [(Tampering.RESTORED, None), (Tampering.NO_ANCHOR, None)]


@pytest.mark.parametrize("changed", [{"actor": '{"user": 99}'}, {"row_id": 4711}, {"op": "d"}, {"subject_id": 4711}])
def test_a_head_that_is_not_sealed_yet_is_bound_to_its_payload(changed: dict[str, Any]) -> None:
    with acting(CARER):
        write()
    newest = AuditEntry.objects.latest("id")
    assert found() == []
    tamper(lambda: AuditEntry.objects.filter(id=newest.id).update(**changed))
    assert found() == [(Tampering.PAYLOAD_CHANGED, newest.id)]


def test_when_an_entry_was_logged_is_bound_too() -> None:
    with acting(CARER):
        write()
    newest = AuditEntry.objects.latest("id")
    tamper(lambda: AuditEntry.objects.filter(id=newest.id).update(logged_at=newest.logged_at - timedelta(seconds=1)))
    assert found() == [(Tampering.PAYLOAD_CHANGED, newest.id)]


class TestASealWithoutTheKey:
    """It is not believed: it stops nothing, replaces no anchor, and a person puts it right by a command."""

    @pytest.fixture(autouse=True)
    def forged(self, sealed: list[int]) -> AuditSeal:
        """Somebody who may write the table adds a seal that covers all numbers to come, after the newest."""
        newest = AuditSeal.objects.latest("id")
        made = AuditSeal(
            first_id=newest.last_id + 1, last_id=10**9, count=1, leaves=b"", previous=newest.mac,
            key_id="tests", mac="f" * 64, sealed_at=AT,
        )  # fmt: skip
        made.save(force_insert=True)
        return made

    def test_it_is_named_and_sealing_goes_on(self, anchor_file: Path) -> None:
        assert found() == [(Tampering.REBUILT, None)]
        with acting(CARER):
            write(times=3)
        assert seal.unsealed() == 3
        assert seal.seal(AT) == 3
        assert found() == [(Tampering.REBUILT, None)], "nothing else is wrong"
        newest = AuditSeal.objects.latest("id")
        assert read_anchor(anchor_file).mac == newest.mac
        assert newest.last_id < 10**9

    def test_it_never_gets_into_the_anchor(self, anchor_file: Path, forged: AuditSeal) -> None:
        anchor_file.write_text(json.dumps(asdict(seal.as_anchor(forged))))
        assert (Tampering.OTHER_KEY, None) in found()
        seal.seal(AT)
        assert read_anchor(anchor_file).mac != forged.mac

    def test_a_person_accepts_it_with_a_reason(self, settings: Any) -> None:
        accept({finding.key for finding in verify().findings}, because="Trial of the database", at=AT, by=CARER)
        verdict = verify()
        assert verdict.is_sound
        assert len(verdict.accepted) == 1
        assert AuditEntry.objects.filter(table_name="kernel_audit_acceptance", op="i").count() == 1
        seal.seal(AT)
        settings.AUDIT_KEYS = {"tests": b"another"}
        assert not verify().accepted, "an acceptance without the key accepts nothing"


def test_an_accepted_older_copy_gets_an_anchor_of_its_own(sealed: list[int], anchor_file: Path) -> None:
    tamper(lambda: cut_off(sealed[2]))
    before = anchor_file.read_text()
    findings = verify().findings
    assert findings
    aside = accept({finding.key for finding in findings}, because="Backup put back", at=AT, by=CARER)
    assert aside is not None
    assert aside.read_text() == before
    assert older_than_known() == []
    assert verify().is_sound
    with acting(CARER):
        write()
    seal.seal(AT)
    assert verify().is_sound


def test_an_anchor_that_is_gone_is_found_until_a_person_accepts_it(sealed: list[int], anchor_file: Path) -> None:
    """An older copy put back, and the anchor taken away with it."""
    tamper(lambda: cut_off(sealed[2]))
    anchor_file.unlink()
    with acting(CARER):
        write()
    assert seal.seal(AT) == 1
    assert not anchor_file.exists(), "made anew it would hide that it was gone"
    findings = verify().findings
    assert Tampering.NO_ANCHOR in {finding.what for finding in findings}
    assert Tampering.NO_ANCHOR in {finding.what for finding in older_than_known()}
    accept({finding.key for finding in findings}, because="Disk lost", at=AT, by=CARER)
    assert anchor_file.exists()
    assert verify().is_sound
    anchor_file.unlink()
    assert older_than_known(), "what was accepted once is not accepted for ever"


def test_the_first_seal_of_all_makes_the_anchor(trial: str, anchor_file: Path) -> None:
    with acting(CARER):
        write()
    assert older_than_known() == []
    seal.seal(AT)
    assert anchor_file.exists()
    assert older_than_known() == []


def test_sealing_never_overwrites_an_anchor_that_knows_more(sealed: list[int], anchor_file: Path) -> None:
    anchor = anchor_file.read_text()
    tamper(lambda: cut_off(sealed[2]))
    with acting(CARER):
        write()
    assert seal.seal(AT) == 1
    assert anchor_file.read_text() == anchor


def test_the_anchor_is_the_newest_seal_and_nobody_elses_to_read(sealed: list[int], anchor_file: Path) -> None:
    anchor = read_anchor(anchor_file)
    newest = AuditSeal.objects.latest("id")
    assert (anchor.last_id, anchor.mac, anchor.installation) == (newest.last_id, newest.mac, stamp.installation())
    assert anchor_file.stat().st_mode & 0o077 == 0


def test_an_anchor_that_was_changed_or_is_another_installations_is_named(sealed: list[int], anchor_file: Path) -> None:
    anchor = read_anchor(anchor_file)
    assert found(replace(anchor, last_id=anchor.last_id + 5)) == [(Tampering.OTHER_KEY, None)]
    assert found(replace(anchor, installation="000000000000000A")) == [(Tampering.OTHER_INSTALLATION, None)]


def test_a_file_that_is_no_anchor_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableAnchor, match="no anchor file"):
        read_anchor(tmp_path / "absent")
    (tmp_path / "other").write_text(json.dumps({"seal": 1}))
    with pytest.raises(UnreadableAnchor, match="is not an anchor"):
        read_anchor(tmp_path / "other")


def test_an_anchor_reads_as_it_was_written(sealed: list[int], anchor_file: Path) -> None:
    assert json.loads(anchor_file.read_text()) == asdict(read_anchor(anchor_file))
