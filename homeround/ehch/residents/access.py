"""Doors to people: the only way to a resident takes the viewer, and what is to be read there.

Another body's resident is not here (404): the same statement and the same words as for a reference that does not exist.
A door that opens notes the look; it is written to the log before the page leaves (`kernel.audit.noticed`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import BigIntegerField, Case, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, TruncDate

from homeround.accounts.author import author_of
from homeround.accounts.queries import is_colleague_with
from homeround.accounts.rights import (
    CO_OPTED,
    Capacity,
    Kind,
    Reach,
    Right,
)
from homeround.accounts.viewer import Viewer
from homeround.ehch.alignment.access import HomeInSight, finishes_round, on_mdt
from homeround.ehch.alignment.models import AlignmentStart, MdtPlace, pcn_of
from homeround.ehch.residents.models import CoOption, Departure, RegistrationStart, Resident, Stay
from homeround.ehch.residents.rules import FORMER, FORMER_HOME_READS, LOOKS_GO_BACK, Relationship, Said, gone_words
from homeround.ehch.residents.words import DepartureKind
from homeround.kernel.audit.noticed import notice_person
from homeround.kernel.calendar.times import LONDON, london_date
from homeround.kernel.ports import Port
from homeround.kernel.prepared import prepared
from homeround.kernel.refusals import Invalid, NotAllowed, NotHere

CHOOSE_CLINICIAN: Final = "Choose the clinician of your PCN you are writing this for."

reviews_seen: Port[[], QuerySet[Any]] = Port("reviews_seen")
"""The reviews in which somebody was seen, of everybody; rounds knows. What was said before is in question then, or
over."""

said_here: Port[[int, int, datetime], list[Said]] = Port("said_here")
"""What was written in a home (by number) since an instant that says of a person (by number) that they were there."""

GONE: Final = "They do not live here any more. Nothing was changed."


@dataclass(frozen=True)
class PersonInSight:
    """Proof that `viewer` may see this person now, why, and with which rights. Only this file makes it.

    `left_at` is set for a former home and its PCN: they see the person as of then.
    `stay_id` and `home_id` are those of the stay the viewer sees them by; a registered practice sees the newest one, or
    none when the person has none.
    """

    viewer: Viewer
    resident_id: int
    ref: str
    relationship: Relationship
    capacity: Capacity
    stay_id: int | None
    home_id: int | None
    at: datetime
    left_at: datetime | None = None

    @property
    def as_of(self) -> datetime:
        """Until when the viewer sees the person: now, or the end of the stay that a former home had."""
        return self.left_at or self.at

    def reads(self, kind: Kind) -> bool:
        """Whether anything of this kind may be read about this person."""
        return self.capacity.reads_any(kind)

    def must_read(self, kind: Kind) -> None:
        """Raises NotAllowed when nothing of this kind may be read."""
        if not self.reads(kind):
            raise NotAllowed(
                f"As {self.viewer.role_words} you do not read this. Ask somebody whose work it is, or change capacity."
            )

    def must_have(self, right: Right) -> None:
        """Raises NotAllowed when this is not for the viewer to write about this person, or the stay has ended."""
        self.must_be_here_now()
        self.must_be_allowed(right)

    def must_be_allowed(self, right: Right) -> None:
        """Raises NotAllowed when the viewer does not have this right about the person, wherever they live now: for who
        has looked whether they may still write.
        """
        if not self.capacity.may(right):
            raise NotAllowed(f"As {self.viewer.role_words} you may not {right}. Nothing was changed.")

    def must_type_for(self, member: int) -> None:
        """Raises NotAllowed unless the viewer types for clinicians about this person, and Invalid (for_whom) unless the
        member is a clinician of the viewer's own PCN who is there now. The one answer for everything that is typed.
        """
        self.must_have(Right.TYPING_FOR)
        if not is_colleague_with(
            right=Right.CLINICAL_ENTRIES, membership_id=member, body_id=self.viewer.body_id, at=self.at
        ):
            raise Invalid(for_whom=CHOOSE_CLINICIAN)

    def must_be_here_now(self) -> None:
        """Raises NotAllowed when the stay has ended: said before "only so and so may", which would be untrue; with who
        wrote that down, for whoever knows better (H32).
        """
        if self.relationship in FORMER:
            raise NotAllowed(_gone(self.stay_id))

    def must_correct(self, right: Right) -> None:
        """Raises NotAllowed when the viewer may not put right what their own home wrote of this kind: also a home that
        the person left corrects its own stay, as long as it sees it.
        """
        if self.relationship is not Relationship.LIVED_HERE:
            self.must_be_here_now()
        self.must_be_allowed(right)

    @property
    def stay(self) -> int:
        """The stay the viewer sees the person by. Raises NotAllowed when the person has never had one."""
        if self.stay_id is None:
            raise NotAllowed("This person lives in no home that Homeround knows of.")
        return self.stay_id

    @property
    def where(self) -> int:
        """The home of the stay. Raises NotAllowed when the person has never had one."""
        if self.home_id is None:
            raise NotAllowed("This person lives in no home that Homeround knows of.")
        return self.home_id


def _gone(stay_id: int | None) -> str:
    """Why nothing can be written about whoever's stay has ended. One statement."""
    left = Departure.objects.filter(stay=stay_id).select_related("by__user", "by__body").first()
    return gone_words(left.kind, left.left_on, author_of(left.by).shown, left.recorded_at) if left else GONE


def see_resident(
    *, viewer: Viewer, ref: str, at: datetime, kind: Kind = Kind.IDENTITY, thing_id: int | None = None
) -> PersonInSight:
    """The person with this ref, if the viewer may see them, for reading `kind`. One statement whatever the answer.

    `thing_id` is the row about them that is looked at, when it is one (a decision, a concern).
    Raises NotHere, or NotAllowed when the viewer's capacity does not read `kind`.
    """
    found = _in_sight(ref=ref.upper(), viewer=viewer, at=at, since=at - FORMER_HOME_READS)
    if not found:
        raise NotHere
    person = _proof(viewer, found[0], at)
    notice_person(
        viewer,
        subject_id=person.resident_id,
        place_id=person.home_id,
        ground=person.relationship.name,
        thing_id=thing_id,
    )
    person.must_read(kind)  # after the look: a refusal is one too, and is written down as that
    return person


def people_of(*, viewer: Viewer, at: datetime, since: datetime | None = None) -> QuerySet[Any]:
    """Everybody a viewer may see, each with `stay_now`, `home_now`, `stay_ended` and `is_co_opted`.

    A list begins at whoever ever came into the viewer's reach, which an index gives, and not at all people there are.
    `since`: `at - FORMER_HOME_READS`, given by a prepared query, which may not work it out itself.
    """
    people = _people_of(viewer, at, since or at - FORMER_HOME_READS)
    return people.filter(pk__in=_ever_in_reach(viewer))


def _ever_in_reach(viewer: Viewer) -> QuerySet[Any]:
    """The numbers of people who ever came into the reach of a viewer: more than they may see, never fewer."""
    co_opted = CoOption.with_removed.filter(member=viewer.membership_id).order_by().values("resident")
    stays = Stay.with_removed.order_by()
    if viewer.reach is Reach.PRACTICE:
        starts = RegistrationStart.with_removed.filter(practice=viewer.body_id).order_by()
        return starts.values("resident").union(co_opted)
    if viewer.reach is Reach.HOME:
        return stays.filter(home=viewer.body_id).values("resident").union(co_opted)
    if viewer.reach is Reach.PCN:
        homes = AlignmentStart.with_removed.filter(pcn=viewer.body_id).order_by().values("home")
        return stays.filter(home__in=homes).values("resident").union(co_opted)
    if viewer.reach is Reach.TEAM:
        places = MdtPlace.with_removed.filter(member=viewer.membership_id).order_by().values("home")
        return stays.filter(home__in=places).values("resident").union(co_opted)
    return co_opted


@prepared
def _in_sight(*, ref: str, viewer: Viewer, at: datetime, since: datetime) -> QuerySet[Any]:
    return _people_of(viewer, at, since).filter(ref=ref)


def _people_of(viewer: Viewer, at: datetime, since: datetime) -> QuerySet[Any]:
    """The same; a stay that ended before `since` gives no sight any more."""
    people = Resident.objects.all()
    stays = _stays_in_sight(viewer, at, since)
    if viewer.reach is Reach.PRACTICE:
        stays = _standing_stays()
    seen = people.annotate(
        stay_now=_newest(stays, "pk"),
        home_now=_newest(stays, "home"),
        stay_ended=_newest(stays, "ended_at"),
        is_co_opted=_co_opted(viewer, at),
    )
    if viewer.reach is Reach.PRACTICE:
        return seen.annotate(practice_now=practice_of("pk", at)).filter(
            Q(practice_now=viewer.body_id) | Q(is_co_opted=True)
        )
    return seen.filter(Q(stay_now__isnull=False) | Q(is_co_opted=True))


@dataclass(frozen=True)
class LooksInSight:
    """Proof that the viewer may read who looked at this person. Only this file makes it.

    `place_id`: the home whose lists count as looks too. `own_only`: only what members of the viewer's own body did.
    """

    viewer: Viewer
    resident_id: int
    ref: str
    place_id: int | None
    own_only: bool
    at: datetime


def see_looks(*, viewer: Viewer, ref: str, at: datetime) -> LooksInSight:
    """Who looked at this person, for the manager of their home and for the information-governance lead of an
    organisation that has them; reading it is logged. One statement whatever the answer. Raises NotHere, NotAllowed.
    """
    if not viewer.may(Right.LOOKS):
        person = see_resident(viewer=viewer, ref=ref, at=at)
        if not person.capacity.may(Right.OWN_LOOKS):
            raise NotAllowed("The manager of the home and the information-governance lead read who looked.")
        return LooksInSight(viewer, person.resident_id, person.ref, person.home_id, own_only=False, at=at)
    found = reviewed_by(viewer=viewer, at=at).filter(ref=ref.upper()).values_list("pk", "ref", "last_home").first()
    if found is None:
        raise NotHere
    resident_id, ref, home_id = found
    notice_person(viewer, subject_id=resident_id, place_id=home_id, ground="REVIEWS_LOOKS")
    return LooksInSight(viewer, resident_id, ref, home_id, own_only=sees_own_only(viewer), at=at)


def sees_own_only(viewer: Viewer) -> bool:
    """Whether a reviewer of looks sees only what their own organisation's members did: all who do not run the home."""
    return viewer.body_kind not in {"home", "provider"}


def reviewed_by(*, viewer: Viewer, at: datetime) -> QuerySet[Any]:
    """The people whose looks an information-governance lead reviews, each with `last_home`: those of the organisation.

    Of a home or provider whoever has a stay there, of a PCN whoever lives in its homes, of a practice its patients:
    also who lived or was registered there since `LOOKS_GO_BACK`, for a look is reviewed after they have gone as well.
    """
    since = london_date(at - LOOKS_GO_BACK)
    if not viewer.may(Right.LOOKS):
        return Resident.objects.none()
    if viewer.body_kind == "practice":
        over = RegistrationStart.objects.filter(
            resident=OuterRef("resident"), from_on__gt=OuterRef("from_on"), from_on__lte=since
        )
        registered = RegistrationStart.objects.filter(
            ~Exists(over), practice=viewer.body_id, from_on__lte=london_date(at)
        )
        patients = Resident.objects.filter(pk__in=registered.order_by().values("resident"))
        return patients.annotate(last_home=_newest(_standing_stays(), "home"))
    stays = _stays_reviewed(viewer, at, since)
    people = Resident.objects.filter(pk__in=stays.order_by().values("resident"))
    return people.annotate(last_home=_newest(stays, "home"))


def _stays_reviewed(viewer: Viewer, at: datetime, since: date) -> QuerySet[Stay]:
    """The stays of the organisation. It starts from its homes, so that the size of the rest does not count."""
    stays = _standing_stays()
    if viewer.body_kind == "home":
        return stays.filter(home=viewer.body_id)
    if viewer.body_kind == "provider":
        return stays.filter(home__provider=viewer.body_id)
    if viewer.body_kind == "pcn":
        over = AlignmentStart.objects.filter(home=OuterRef("home"), from_on__gt=OuterRef("from_on"), from_on__lte=since)
        served = AlignmentStart.objects.filter(~Exists(over), pcn=viewer.body_id, from_on__lte=london_date(at))
        of_ours = stays.filter(home__in=served.order_by().values("home"))
        return of_ours.filter(Q(ended_at=None) | Q(ended_at__gte=at - LOOKS_GO_BACK))
    return stays.none()


def living_in(*, home: HomeInSight) -> QuerySet[Stay]:
    """The open stays of a home in sight, expected ones left out: where every list about people of a home starts."""
    home.must_read(Kind.IDENTITY)
    return living_stays().filter(home=home.home_id)


def living_stays() -> QuerySet[Stay]:
    """The open stays of people who live somewhere now."""
    return _standing_stays().filter(ended_at=None).exclude(basis="expected")


def home_now(otherwise: str) -> Coalesce:
    """The home where the person of the row around it lives now, else the one that its column `otherwise` names."""
    lives_in = living_stays().filter(resident=OuterRef("resident")).order_by("-pk").values("home")[:1]
    return Coalesce(Subquery(lives_in), F(otherwise), output_field=BigIntegerField())


def still_seen(home: str, left_since: datetime | Any, today: date) -> Q:
    """Whether a home, named by the column `home` of the row, and its PCN still see the person: who lives there, left
    since `left_since` (`FORMER_HOME_READS`), or died there. What waits about anybody else waits for nobody here: also
    about who went before another PCN began to serve the home, which has never had sight of them.
    """
    lives_there = living_stays().filter(resident=OuterRef("resident"), home=OuterRef(home))
    return Q(Exists(lives_there)) | _gone_from(home, left_since, today)


def seen_in(homes: list[int] | Any, home: str, left_since: datetime | Any, today: date) -> Q:
    """Rows about people whom these homes and their PCN see to: who lives in one of them now, also when the row was
    written elsewhere, and who lives nowhere any more and is `still_seen` by the one that its column `home` names.
    """
    ever_here = _standing_stays().filter(home__in=homes).order_by().values("resident")  # what an index finds
    lives_here = living_stays().filter(home__in=homes).order_by().values("resident")
    lives_somewhere = living_stays().filter(resident=OuterRef("resident"))
    gone = Q(**{f"{home}__in": homes}) & ~Q(Exists(lives_somewhere)) & _gone_from(home, left_since, today)
    return Q(resident__in=ever_here) & (Q(resident__in=lives_here) | gone)


def _gone_from(home: str, left_since: datetime | Any, today: date) -> Q:
    left = Departure.objects.filter(resident=OuterRef("resident"), stay__home=OuterRef(home)).annotate(
        pcn_then=pcn_of("stay__home", OuterRef("left_on")), pcn_now=pcn_of("stay__home", today)
    )
    same_pcn = Q(pcn_then=F("pcn_now")) | Q(pcn_then=None, pcn_now=None)
    return Q(Exists(left.filter(same_pcn, Q(kind=DepartureKind.DIED.value) | Q(recorded_at__gt=left_since))))


def practice_of(resident: str, at: datetime, what: str = "practice") -> Subquery:
    """The practice (or another column of it) that the person named by the column `resident` is registered with now.

    The SQL reading of `rules.responsible_for`: a practice that has closed, or is dormant, is nobody's.
    """
    on = london_date(at)
    starts = RegistrationStart.objects.filter(resident=OuterRef(resident), from_on__lte=on)
    still_there = Q(practice__body__closed_on=None) | Q(practice__body__closed_on__gt=on)
    still_there &= Q(practice__dormant=False)
    is_registered = still_there & (Q(kind="permanent") | Q(kind="temporary", until_on__gte=on))
    return Subquery(
        starts.order_by("-from_on").values(held=Case(When(is_registered, then=F(what)), default=Value(None)))[:1]
    )


def _standing_stays() -> QuerySet[Stay]:
    return Stay.objects.all()


def _stays_in_sight(viewer: Viewer, at: datetime, since: datetime) -> QuerySet[Stay]:
    """The stays that give the viewer sight of their people, by the alignment of today or of the day they ended."""
    stays = _standing_stays().filter(Q(ended_at=None) | Q(ended_how="died") | Q(ended_at__gte=since))
    if not viewer.capacity.sees_people:
        return stays.none()
    if viewer.reach is Reach.HOME:
        return stays.filter(home=viewer.body_id)
    if viewer.reach is Reach.PCN:
        last_day = Coalesce(TruncDate("ended_at", tzinfo=LONDON), Value(london_date(at)), output_field=DateField())
        served = stays.annotate(last_day=last_day).annotate(served_by=pcn_of("home", OuterRef("last_day")))
        return served.filter(Q(served_by=viewer.body_id) | finishes_round(viewer, "home", at))
    if viewer.reach is Reach.TEAM:
        return stays.filter(on_mdt(viewer, "home", at), ended_at=None)
    return stays.none()


def _newest(stays: QuerySet[Stay], column: str) -> Subquery:
    """Of the stays of the person in the query around it, the open one, else the one that ended last."""
    mine = stays.filter(resident=OuterRef("pk"))
    return Subquery(mine.order_by(F("ended_at").desc(nulls_first=True), "-id").values(column)[:1])


def _co_opted(viewer: Viewer, at: datetime) -> Any:
    if not viewer.may(Right.JOINING):
        return Value(False)
    return Exists(
        CoOption.objects.filter(resident=OuterRef("pk"), member=viewer.membership_id, ended_at=None, until_at__gt=at)
    )


def _proof(viewer: Viewer, found: Any, at: datetime) -> PersonInSight:
    relationship = _relationship(viewer, found)
    return PersonInSight(
        viewer=viewer,
        resident_id=found.pk,
        ref=found.ref,
        relationship=relationship,
        capacity=CO_OPTED if relationship is Relationship.CO_OPTED else viewer.capacity,
        stay_id=found.stay_now,
        home_id=found.home_now,
        at=at,
        left_at=found.stay_ended if relationship in FORMER else None,
    )


def _relationship(viewer: Viewer, found: Any) -> Relationship:
    if viewer.reach is Reach.PRACTICE:
        is_theirs = found.practice_now == viewer.body_id
        return Relationship.REGISTERED if is_theirs else Relationship.CO_OPTED
    if found.stay_now is None:
        return Relationship.CO_OPTED
    if viewer.reach is Reach.TEAM:
        return Relationship.MDT
    if viewer.reach is Reach.HOME:
        return Relationship.LIVES_HERE if found.stay_ended is None else Relationship.LIVED_HERE
    return Relationship.SERVED if found.stay_ended is None else Relationship.WAS_SERVED
