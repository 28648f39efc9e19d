"""Nothing readable is left in the browser; pages obey the content security policy: read in scripts and templates."""

import re
from pathlib import Path

from tests.architecture.source import PACKAGE, ROOT

STORES = re.compile(
    r"\b(localStorage|sessionStorage(?!\.removeItem\()|indexedDB|caches\.|document\.cookie|openDatabase|showSaveFilePicker)"
)
INLINE = re.compile(r"<style\b|\sstyle\s*=\s*[\"']|\son[a-z]+\s*=\s*[\"']|href\s*=\s*[\"']javascript:", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\b(src|nonce)\s*=)[^>]*>", re.IGNORECASE)
ELSEWHERE = re.compile(r"(src|action|href)\s*=\s*[\"'](https?:)?//", re.IGNORECASE)
EVALUATES = re.compile(r"\beval\(|new Function\(|innerHTML\s*=|document\.write\(")


def ours(*suffixes: str) -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*")) if path.suffix in suffixes and "vendor" not in path.parts]


def found(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number} {line.strip()[:80]}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_there_are_templates() -> None:
    assert ours(".html", ".jinja"), "no template: these tests look at nothing"


def test_nothing_is_stored_on_the_device() -> None:
    assert not found(STORES, ours(".js", ".mjs", ".html", ".jinja"))


def test_no_script_makes_code_of_text() -> None:
    assert not found(EVALUATES, ours(".js", ".mjs", ".html", ".jinja"))


def test_no_inline_style_or_handler() -> None:
    assert not found(INLINE, ours(".html", ".jinja"))
    assert not found(INLINE_SCRIPT, ours(".html", ".jinja"))


def test_pages_take_nothing_from_elsewhere() -> None:
    links = [line for line in found(ELSEWHERE, ours(".html", ".jinja")) if "<a " not in line]
    assert not links
