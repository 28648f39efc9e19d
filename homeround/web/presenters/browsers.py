"""How a browser names itself, in a few words: `Chrome on Windows`."""

from __future__ import annotations

from typing import Final

BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
"""In this order: many name themselves after others too."""

SYSTEMS: Final = (
    ("iPad", "an iPad"),
    ("iPhone", "an iPhone"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "a Chromebook"),
    ("Mac OS X", "a Mac"),
    ("Linux", "Linux"),
)
LONGEST: Final = 40


def browser_words(named: str) -> str:
    """Browser and system; what is not known as it names itself, shortened; nothing as `not known`."""
    browser = next((words for sign, words in BROWSERS if sign in named), "")
    system = next((words for sign, words in SYSTEMS if sign in named), "")
    if browser and system:
        return f"{browser} on {system}"
    return browser or named[:LONGEST] or "not known"
