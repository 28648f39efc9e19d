"""The steps of `homeround demo`: tables and stamp, the world, the seal; and what there is to list."""

from collections.abc import Callable
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone

from homeround.accounts.models import Membership
from homeround.accounts.queries import demo_accounts, open_memberships
from homeround.accounts.rights import ROLE_WORDS, Role
from homeround.cli import migrating
from homeround.ehch.residents.models import Stay
from homeround.kernel import stamp
from homeround.kernel.audit import seal
from homeround.nonprod import demo_world
from homeround.nonprod.demo_world import real_places
from homeround.nonprod.demo_world.places import invented
from homeround.nonprod.sign_ins import PASSWORD

Tell = Callable[[str], None]


def build_once(open_data: Path | None, *, tell: Tell) -> bool:
    """Build the demo in an empty database; False when it was there already. ClickException on a live one."""
    stands = migrating.stamped()
    if stands is None and open_data is not None:
        real_places.files_in(open_data)  # before anything is made
    if stands == stamp.LIVE:
        raise click.ClickException("this database is live: there is no demonstration in it and there will be none.")
    tell("Making the tables ...")
    migrating.bring_up_to_date()
    migrating.stamp_as(live=False)
    if demo_accounts():
        return False
    if open_data is not None:
        real_places.import_files(open_data, at=timezone.now(), tell=tell)
    tell("Letting four months pass in a few homes ...")
    demo_world.build(invented if open_data is None else real_places.real, at=timezone.now())
    tell("Sealing the audit ...")
    _put_aside_anchor_of_another()
    seal.seal(timezone.now())
    return True


def _put_aside_anchor_of_another() -> None:
    """An anchor left by an earlier demo in this folder is kept under its own name: it says nothing about this one."""
    file = Path(settings.AUDIT_ANCHOR)
    try:
        other = seal.read_anchor(file).installation
    except seal.UnreadableAnchor:
        return
    if other != stamp.installation():
        file.rename(file.with_name(f"{file.stem}-{other}{file.suffix}"))


def listed() -> dict[str, list[dict[str, str]]]:
    """Homes in which somebody lives, and everybody who may act now, as the JSON of `demo` has them."""
    homes = Stay.objects.order_by("home__body__name").values_list("home__body__code", "home__body__name").distinct()
    memberships = (
        open_memberships(timezone.now()).select_related("user", "body").order_by("body__kind", "body__name", "pk")
    )
    return {
        "homes": [{"code": code, "name": name, "page": f"{settings.BASE_URL}/homes/{code}"} for code, name in homes],
        "people": [_person(membership) for membership in memberships],
    }


def _person(membership: Membership) -> dict[str, str]:
    return {
        "username": membership.user.username,
        "password": PASSWORD,
        "role": ROLE_WORDS[Role(membership.role)],
        "place": membership.body.name,
    }
