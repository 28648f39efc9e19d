"""The NHS styles are changed where they must be, and a version that looks different is refused."""

import pytest

from tools.third_party import styles

CSS = (
    '@charset "UTF-8";@font-face{font-family:Frutiger W01;src:url(https://fonts.example/x.woff2)}'
    "a{background:url(/assets/images/tick.svg)}b{background:url('/assets/images/cross.svg')}"
    "\n/*# sourceMappingURL=nhsuk-frontend.min.css.map */"
)


def test_fonts_go_and_pictures_stand_beside() -> None:
    assert styles(CSS).strip() == (
        "@charset \"UTF-8\";a{background:url(images/tick.svg)}b{background:url('images/cross.svg')}"
    )


@pytest.mark.parametrize("other", ["a{color:red}", CSS + "i{background:url(https://elsewhere.example/x.svg)}"])
def test_styles_of_another_shape_are_refused(other: str) -> None:
    with pytest.raises(SystemExit):
        styles(other)
