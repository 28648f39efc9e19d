"""Finds the Chromium that the journeys drive: the machine's; else Debian's, by apt when root; else Playwright's own.

python -m tools.browser    A step of set-up: have one installed if need be, and say which it is.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HEADLESS = "chromium-headless-shell"


def of_the_machine() -> str | None:
    """Return the browser that is there already, or the one HOMEROUND_TEST_BROWSER names."""
    given = os.environ.get("HOMEROUND_TEST_BROWSER")
    return given or next((path for name in NAMES if (path := shutil.which(name))), None)


def of_debian() -> str | None:
    """Install Debian's Chromium, when this is root on a Debian, and return it."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return None
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = [apt, "install", "-qq", "-y", "--no-install-recommends"]
    for command in ([apt, "update", "-qq"], [*install, "chromium"], [*install, HEADLESS]):
        if subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False).returncode:
            break
    return of_the_machine()


def of_playwright() -> str | None:
    """Let Playwright fetch its own Chromium, and return it."""
    if subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode:
        return None
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - a tool of the tests, not of a plain set-up

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def without_windows(path: str) -> str:
    """Return Chromium's headless shell where it is installed beside, else the browser itself.

    It shows the same pages for half the work and keeps no profile: what a device keeps is looked for with the browser.
    """
    return path if "HOMEROUND_TEST_BROWSER" in os.environ else shutil.which(HEADLESS) or path


def find() -> tuple[str, str] | None:
    """Return the browser and where it came from; None when there is none to be had."""
    for origin, look in (("this machine's", of_the_machine), ("Debian's", of_debian), ("Playwright's", of_playwright)):
        if path := look():
            return path, origin
    return None


if __name__ == "__main__":
    found = find()
    print("Chromium:", " ".join(found) if found else "none, and none could be installed; the journeys will say so")
