"""The benchmark's own parts: a world of the size asked for, and two pages with the same 60 people. Nothing is timed."""

import re
from datetime import UTC, datetime

import pytest
from django.test import RequestFactory

from bench import floor
from bench.measuring import Measured, Round, Target
from bench.pages import pages_of
from bench.serving import Server
from bench.table import printed
from bench.world import World, build
from homeround.accounts.models import Membership
from homeround.accounts.queries import as_viewer
from homeround.ehch.residents.models import Stay
from homeround.kernel import stamp
from homeround.kernel.models import AuditEntry
from tests.plans import Asked, read_from_end_to_end
from tests.web.signing_in import sign_in

PASSWORD = "a long enough password"
LINK = re.compile(r'href="/residents/([0-9A-Z]{16})"')


@pytest.fixture
def small(db: None) -> World:
    """Two homes: one of 60, and one of 3."""
    return build(homes=2, residents=63, at=datetime.now(UTC), password=PASSWORD)


def test_a_world_has_the_people_asked_for_and_all_is_in_the_log(small: World) -> None:
    assert small.people == 63
    assert Stay.objects.filter(home=small.home_id).count() == 60
    assert AuditEntry.objects.filter(table_name="residents_resident", op="i").count() == 63


def test_ours_and_the_floor_show_the_same_60_people(small: World) -> None:
    viewer = as_viewer(Membership.objects.select_related("user", "body").get(pk=small.membership_id))
    ours = sign_in(viewer).get(f"/homes/{small.home_code}/worklist")
    plain = floor.people(RequestFactory().get("/"), small.home_id)
    assert (ours.status_code, plain.status_code) == (200, 200)
    assert "Why" in ours.content.decode()
    shown = set(LINK.findall(plain.content.decode()))
    assert len(shown) == 60
    assert set(LINK.findall(ours.content.decode())) == shown


def test_the_resident_page_that_is_measured_has_a_record(small: World) -> None:
    viewer = as_viewer(Membership.objects.select_related("user", "body").get(pk=small.membership_id))
    answer = sign_in(viewer).get(f"/residents/{small.resident_ref}")
    assert answer.status_code == 200
    assert "Drinks offered every two hours" in answer.content.decode()


def test_a_world_is_built_only_where_nobody_lives(small: World) -> None:
    with pytest.raises(ValueError, match="lives here already"):
        build(homes=1, residents=1, at=datetime.now(UTC), password=PASSWORD)


def test_a_world_is_not_built_in_a_live_database(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamp, "is_live", lambda: True)
    with pytest.raises(stamp.LiveDatabase):
        build(homes=1, residents=1, at=datetime.now(UTC), password=PASSWORD)


def test_ratios_are_those_of_the_same_round() -> None:
    server = Server("none", 0, 0)
    plain, ours = Measured(Target("floor", server, "/")), Measured(Target("P2 resident page", server, "/"))
    for slow in (1.0, 2.0, 10.0):  # a machine that gets slower, for both
        for connections in (1, 8):
            plain.rounds[connections].append(Round([slow] * 99 + [slow * 50], cpu_ms=slow))
            ours.rounds[connections].append(Round([slow * 3] * 99 + [slow * 900], cpu_ms=slow * 2))
    assert ours.p95_against(plain, 1) == 3.0
    assert ours.cpu_against(plain) == 2.0
    table = printed(
        [plain, ours], statements={"P2 resident page": 8}, sizes={"floor": 1, "P2 resident page": 1}, what=""
    )
    assert "3.0x" in table
    assert "2.0x" in table


def test_every_page_that_is_measured_opens_for_whoever_it_is_measured_as(small: World) -> None:
    for page in pages_of(small):
        member = Membership.objects.select_related("user", "body").get(user__username=small.usernames[page.role])
        assert sign_in(as_viewer(member)).get(page.path).status_code == 200, page.name


@pytest.mark.sqlite
@pytest.mark.django_db
def test_a_table_that_no_index_leads_to_is_named() -> None:
    whole = 'SELECT * FROM "residents_resident" WHERE "retention" = %s'
    assert read_from_end_to_end(Asked(whole, ["x"])) == {"residents_resident"}
    assert read_from_end_to_end(Asked(whole.replace("retention", "ref"), ["x"])) == set()
