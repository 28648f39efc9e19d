"""The pages that are measured, each for whoever sees it first."""

from __future__ import annotations

from dataclasses import dataclass

from bench.world import World


@dataclass(frozen=True)
class Page:
    """A page: its name in the table, whose it is, and its address."""

    name: str
    role: str
    path: str


def pages_of(world: World) -> list[Page]:
    """The worklist and a resident's page, and the first pages of the roles."""
    home = f"/homes/{world.home_code}"
    return [
        Page("P1 worklist of a home of 60", "coordinator", f"{home}/worklist"),
        Page("P2 resident page", "coordinator", f"/residents/{world.resident_ref}"),
        Page("home today, 60 people", "nurse", home),
        Page("PCN week, its homes", "coordinator", f"/pcns/{world.pcn_code}/week"),
        Page("my rounds", "clinician", "/rounds"),
        Page("my homes", "clinician", "/my-homes"),
        Page("GP: awaiting your reply", "gp", "/replies"),
        Page("GP: patients", "gp", "/patients"),
    ]
