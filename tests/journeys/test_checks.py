"""The checks that every journey relies on can fail."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

GOOD = "<!doctype html><html lang=en><title>Fine</title><main><h1>Fine</h1><p>Words.</p></main>"


def test_a_good_page_passes(page: Page, accessible: Callable[[Page], None]) -> None:
    page.set_content(GOOD)
    accessible(page)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("<p style='color:#ddd'>Too pale</p>", "color-contrast"),
        ("<input type=text>", "label"),
        ("<div style='width:2000px;height:1px'></div>", "scrolls sideways"),
    ],
)
def test_a_bad_page_does_not(page: Page, accessible: Callable[[Page], None], bad: str, said: str) -> None:
    page.set_content(GOOD.replace("<p>Words.</p>", bad))
    with pytest.raises(AssertionError, match=said):
        accessible(page)
