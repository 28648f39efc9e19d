"""Managers say who acts for their body, help people in who have no password, and cut them off. ASVS 2.5; H15."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from homeround.accounts.actions import cut_off, end_membership, help_to_sign_in, invite, use_way_in
from homeround.accounts.actions.commands import cut_off_everywhere, invite_first, let_back
from homeround.accounts.colleagues import member_of, members
from homeround.accounts.models import Membership, Session, SignInEvent, User, WayIn
from homeround.accounts.queries import open_memberships, viewer_of
from homeround.accounts.rights import Right, Role
from homeround.accounts.sign_in_events import From
from homeround.accounts.viewer import Viewer
from homeround.accounts.ways_in import code_of
from homeround.gateways import mail
from homeround.kernel.audit.actor import SystemActor, acting
from homeround.kernel.delivery.outbox import Message
from homeround.kernel.models import Outbox
from homeround.kernel.refusals import Invalid, NotAllowed, NotHere, TooManyTries
from tests.access.people import LINES
from tests.web.forms import hidden
from tests.web.signing_in import sign_in
from tests.world import AT, PASSWORD, World

NEW = "three words apart now"
HERE = From("192.0.2.1", "Test Browser")


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


def invited(by: Viewer, *, username: str = "nora", name: str = "Nora New", email: str = "", **more: object) -> int:
    here = {"body_kind": by.body_kind, "body_code": by.body_code}
    given = {"role": Role.CARER, "until_at": AT + timedelta(days=30), **here, **more}
    return invite(by=by, at=AT, username=username, name=name, email=email, **given)  # type: ignore[arg-type]


def code_for(username: str) -> str:
    return code_of(WayIn.objects.get(user__username=username, used_at=None).ref)


def signs_in(username: str, password: str) -> bool:
    return Client().post("/sign-in", {"login": username, "password": password}).status_code == 302


def test_somebody_new_chooses_a_password_with_a_code_that_works_once(world: World) -> None:
    invited(world["manager"])
    assert not signs_in("nora", "x")
    code = code_for("nora")
    use_way_in(username="nora", code=code.lower().replace("-", " "), password=NEW, at=AT, place=HERE)
    assert signs_in("nora", NEW)
    with pytest.raises(Invalid, match="do not go together"):
        use_way_in(username="nora", code=code, password="four words apart now", at=AT, place=HERE)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": "nora new"}, "username"),
        ({"username": "carer", "name": "Somebody Else"}, "username"),
        ({"name": "x"}, "name"),
        ({"email": "nowhere"}, "email"),
        ({"role": Role.COORDINATOR}, "role"),
        ({"until_at": AT}, "until_at"),
        ({"until_at": AT + timedelta(days=400)}, "until_at"),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_field(world: World, changed: dict[str, object], field: str) -> None:
    before = User.objects.count()
    with pytest.raises(Invalid) as refusal:
        invited(world["manager"], **changed)  # type: ignore[arg-type]
    assert set(refusal.value.problems) == {field}
    assert User.objects.count() == before


def test_who_signs_in_already_gets_the_role_beside_theirs(world: World) -> None:
    granted = invited(world["manager"], username="IVY_CARER", name="cato carer")
    assert Membership.objects.get(pk=granted).user_id == world["ivy_carer"].user_id
    assert not WayIn.objects.exists()
    assert signs_in("ivy_carer", PASSWORD)


def test_nobody_invites_themselves_or_elsewhere_or_without_the_right(world: World) -> None:
    with pytest.raises(NotAllowed):
        invited(world["manager"], username="manager", name="Maud Keeper", role=Role.HOME_NURSE)
    with pytest.raises(NotHere):
        invited(world["manager"], body_code=world.code("ivy"))
    with pytest.raises(NotAllowed):
        invited(world["nurse"])


def test_help_goes_to_the_person_tells_their_managers_and_ends_sessions(world: World) -> None:
    invited(world["manager"], username="second", name="Sue Second", role=Role.HOME_MANAGER)
    open_page = sign_in(world["carer"])
    help_to_sign_in(by=world["manager"], at=AT, username="carer", also_second_step=False)
    assert open_page.get("/my-rights")["Location"].startswith("/sign-in")
    assert not signs_in("carer", PASSWORD), "the old password ends"
    to_person = Outbox.objects.get(purpose="way in")
    assert to_person.user_id == world["carer"].user_id
    assert Outbox.objects.get(purpose="sign-in helped").user_id == User.objects.get(username="second").pk
    written = mail.write(Message(to_person.ref, to_person.user_id, "", to_person.purpose, to_person.body, AT, 0, ""))
    assert written is not None
    assert code_for("carer") in written.text
    assert "Cora" not in written.text
    assert "Rose" not in written.text
    assert code_for("carer") not in str(list(Outbox.objects.values())) + str(list(WayIn.objects.values()))


def test_a_code_is_handed_over_only_where_there_is_no_address(world: World) -> None:
    with acting(SystemActor("test", "")):
        User.objects.filter(username="carer").update(email="")
    for username in ("carer", "agency"):
        help_to_sign_in(by=world["manager"], at=AT, username=username, also_second_step=False)
    client = sign_in(world["manager"])
    for username, is_shown in (("carer", True), ("agency", False)):
        ref = Membership.objects.get(pk=world[username].membership_id).ref
        assert (code_for(username) in client.get(f"/colleagues/{ref}").content.decode()) is is_shown


def test_who_may_help_whom(world: World) -> None:
    for by, username, refusal in (
        ("manager", "ivy_carer", NotHere),
        ("nurse", "carer", NotHere),
        ("manager", "manager", NotAllowed),
        ("admin", "carer", NotHere),
        ("manager", "nobody-at-all", NotHere),
    ):
        with pytest.raises(refusal):
            help_to_sign_in(by=world[by], at=AT, username=username, also_second_step=False)
    help_to_sign_in(by=world["admin"], at=AT, username="manager", also_second_step=True)


def without_address(*usernames: str) -> None:
    with acting(SystemActor("test", "")):
        User.objects.filter(username__in=usernames).update(email="")


def ref_at(world: World, by: str, username: str) -> str:
    return str(Membership.objects.get(user__username=username, body=world[by].body_id).ref)


def test_a_manager_has_no_power_over_an_account_that_acts_for_others_too(world: World) -> None:
    """Whoever knows a user name gives it a role of their own body: that must open nothing of the others (H15)."""
    invited(world["ivy_manager"], username="carer", name="Cora Carer")
    page = sign_in(world["carer"])
    for by in ("ivy_manager", "manager"):
        with pytest.raises(Invalid, match="act for another organisation"):
            help_to_sign_in(by=world[by], at=AT, username="carer", also_second_step=True)
        help_to_sign_in(by=world[by], at=AT, username="carer", also_second_step=False)
        assert signs_in("carer", PASSWORD), "nothing ends before they use the code that went to them"
        assert page.get("/my-rights").status_code == 200
    without_address("carer")
    for by in ("ivy_manager", "manager"):
        with pytest.raises(NotAllowed, match="no email address"):
            help_to_sign_in(by=world[by], at=AT, username="carer", also_second_step=False)
        client, address = sign_in(world[by]), f"/colleagues/{ref_at(world, by, 'carer')}"
        assert code_for("carer") not in client.get(address).content.decode()
        asked = client.get(f"{address}/helped").content.decode()
        assert "people who run Homeround" in asked
        assert "Give them a code" not in asked


def test_a_code_that_a_manager_has_seen_opens_nothing_of_another_body(world: World) -> None:
    invited(world["manager"])
    with pytest.raises(Invalid, match="holds its code"):
        invited(world["ivy_manager"])
    code, other = code_for("nora"), world["ivy_manager"]
    with acting(SystemActor("test", "")):  # as if both had happened at once
        Membership.objects.create(
            user=User.objects.get(username="nora"), role=Role.CARER, body_id=other.body_id, from_at=AT,
            until_at=AT + timedelta(days=9), granted_by_id=other.membership_id, happened_at=AT, recorded_at=AT,
        )  # fmt: skip
    shown = sign_in(world["manager"]).get(f"/colleagues/{ref_at(world, 'manager', 'nora')}").content.decode()
    assert code not in shown
    with pytest.raises(Invalid, match="do not go together"):
        use_way_in(username="nora", code=code, password=NEW, at=AT, place=HERE)
    use_way_in(username="nora", code=let_back(by=BY, at=AT, username="nora"), password=NEW, at=AT, place=HERE)


def test_a_body_whose_managers_are_gone_gets_one_again(world: World) -> None:
    given = {"body_kind": "home", "body_code": world.code("rose"), "username": "fay", "name": "Fay First", "email": ""}
    with pytest.raises(NotAllowed, match="people already who say"):
        invite_first(by=BY, at=AT, **given)
    manager, later = world["manager"], AT + timedelta(seconds=1)
    end_membership(by=manager, at=AT, membership_id=manager.membership_id, how="left")
    assert open_memberships(later).filter(body=manager.body_id).exists(), "others remain"
    invite_first(by=BY, at=later, **given)


def test_codes_are_not_guessed(world: World) -> None:
    invited(world["manager"])
    for _ in range(5):
        with pytest.raises(Invalid):
            use_way_in(username="nora", code="AAAAA-AAAAA", password=NEW, at=AT, place=HERE)
    with pytest.raises(TooManyTries):
        use_way_in(username="nora", code=code_for("nora"), password=NEW, at=AT, place=HERE)


def test_a_code_ends(world: World) -> None:
    invited(world["manager"])
    with pytest.raises(Invalid, match="is over"):
        use_way_in(username="nora", code=code_for("nora"), password=NEW, at=AT + timedelta(days=7), place=HERE)


def test_cutting_off_bites_on_the_next_request(world: World) -> None:
    client = sign_in(world["carer"])
    for by, username, how, refusal in (
        ("nurse", "carer", "left", NotAllowed),
        ("ivy_manager", "carer", "left", NotHere),
        ("manager", "manager", "left", NotAllowed),
        ("manager", "carer", " ", Invalid),
        ("manager", "carer", "x" * 65, Invalid),
    ):
        with pytest.raises(refusal):
            cut_off(by=world[by], at=AT, username=username, how=how)
    assert client.get("/my-rights").status_code == 200
    assert cut_off(by=world["manager"], at=AT, username="carer", how="left") == 1
    assert client.get("/my-rights")["Location"].startswith("/sign-in")
    assert not Session.objects.filter(user=world["carer"].user_id).exists()
    assert viewer_of(membership_id=world["carer"].membership_id, user_id=world["carer"].user_id, at=AT) is None
    assert SignInEvent.objects.filter(what="cut_off", by=world["manager"].membership_id).exists()


def test_a_role_elsewhere_stays_after_cutting_off(world: World) -> None:
    invited(world["manager"], username="ivy_carer", name="Cato Carer")
    cut_off(by=world["manager"], at=AT, username="ivy_carer", how="end of the booking")
    assert signs_in("ivy_carer", PASSWORD)
    viewer = world["ivy_carer"]
    assert viewer_of(membership_id=viewer.membership_id, user_id=viewer.user_id, at=AT) is not None


def test_managers_alone_see_who_acts_for_their_body(world: World) -> None:
    names = [member.name for member in members(by=world["manager"], at=AT)]
    assert "Cora Carer" in names
    assert "Cato Carer" not in names
    ref = Membership.objects.get(pk=world["ivy_carer"].membership_id).ref
    with pytest.raises(NotHere):
        member_of(by=world["manager"], ref=ref, at=AT)
    end_membership(by=world["manager"], at=AT, membership_id=world["carer"].membership_id, how="left")
    later = AT + timedelta(seconds=1)
    assert "Cora Carer" not in [member.name for member in members(by=world["manager"], at=later)]


def test_only_lines_with_the_right_see_it(world: World) -> None:
    for line in LINES:
        viewer = world[line.own]
        if viewer.may(Right.GRANTING):
            assert members(by=viewer, at=AT), line.words
            continue
        with pytest.raises(NotAllowed):
            members(by=viewer, at=AT)


def test_the_whole_way_on_pages(world: World) -> None:
    client = sign_in(world["manager"])
    typed = {
        "name": "Nora New",
        "username": "nora",
        "email": "",
        "role": "carer",
        "profession": "",
        "number": "",
        "until_on-day": "1",
        "until_on-month": "12",
        "until_on-year": "2026",
    }
    form = hidden(client.get("/colleagues/new"))
    assert client.post("/colleagues/new", form | typed | {"username": "nora new"}).status_code == 422
    assert client.post("/colleagues/new", form | typed)["Location"] == "/colleagues"
    assert "Has not chosen a password yet" in client.get("/colleagues").content.decode()
    way = {"username": "nora", "code": code_for("nora"), "password": NEW, "again": NEW}
    nora = Client()
    for wrong in ({"again": "other"}, {"password": "short", "again": "short"}, {"code": ""}, {"username": ""}):
        assert nora.post("/way-in", way | wrong).status_code == 422, wrong
    assert nora.post("/way-in", way)["Location"] == "/sign-in?why=chosen"
    assert nora.post("/sign-in", {"login": "nora", "password": NEW}).status_code == 302


@pytest.mark.parametrize("page", ["ended", "cut-off", "helped"])
def test_each_act_has_its_form(world: World, page: str) -> None:
    client = sign_in(world["manager"])
    ref = Membership.objects.get(pk=world["carer"].membership_id).ref
    address = f"/colleagues/{ref}/{page}"
    answer = client.post(address, hidden(client.get(address)) | {"how": "left"})
    assert answer["Location"] == (f"/colleagues/{ref}" if page == "helped" else "/colleagues")
    assert not signs_in("carer", PASSWORD) if page == "helped" else True
    is_open = Membership.objects.filter(pk=world["carer"].membership_id, ended_at=None).exists()
    assert is_open is (page == "helped")


BY = SystemActor("test", "root")


def first(**given: str) -> str:
    common = {"username": "fay", "name": "Fay First", "email": "", "body_kind": "home", "body_code": "1-990000030"}
    return invite_first(by=BY, at=AT, **(common | given))


def test_the_first_of_a_body_comes_from_the_machine_and_sets_their_own_password(world: World) -> None:
    use_way_in(username="fay", code=first(), password=NEW, at=AT, place=HERE)
    membership = Membership.objects.get(user__username="fay")
    assert (membership.role, membership.granted_by) == (Role.HOME_MANAGER, None)
    with pytest.raises(NotAllowed, match="people already who say"):
        first(username="second", name="Sue Second")


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"body_code": "1-0"}, NotHere),
        ({"body_kind": "pcn", "body_code": "U99901"}, NotAllowed),
        ({"body_kind": "installation"}, NotAllowed),
        ({"username": "carer"}, Invalid),
        ({"username": "no good"}, Invalid),
    ],
)
def test_what_the_machine_does_not_make(world: World, given: dict[str, str], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        first(**given)


def test_an_empty_installation_gets_its_first_administrator(db: None) -> None:
    first(body_kind="installation", body_code="")
    assert Membership.objects.get().role == Role.ADMINISTRATOR


def test_cutting_off_from_the_machine_ends_everything_everywhere_and_has_a_way_back(world: World) -> None:
    invited(world["manager"], username="ivy_carer", name="Cato Carer")
    client = sign_in(world["ivy_carer"])
    assert cut_off_everywhere(by=BY, at=AT, username="ivy_carer") == 2
    assert client.get("/my-rights")["Location"].startswith("/sign-in")
    assert not signs_in("ivy_carer", PASSWORD)
    assert not open_memberships(AT).filter(user__username="ivy_carer").exists()
    use_way_in(username="ivy_carer", code=let_back(by=BY, at=AT, username="ivy_carer"), password=NEW, at=AT, place=HERE)
    assert signs_in("ivy_carer", NEW)
    assert open_memberships(AT).filter(user__username="ivy_carer").count() == 2
    for act in (cut_off_everywhere, let_back):
        with pytest.raises(NotHere):
            act(by=BY, at=AT, username="nobody")
