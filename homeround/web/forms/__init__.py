"""The form of every page: fields declared once, read with types, never losing what was typed. See DEVELOPERS, "Pages
and patterns".
"""

from homeround.web.forms.answer import SeeOther, answer
from homeround.web.forms.fields import (
    Choice,
    Choices,
    Field,
    Hidden,
    HiddenNumber,
    LongText,
    Option,
    Text,
    Tick,
)
from homeround.web.forms.form import Form, Groups
from homeround.web.forms.lookup import Lookup
from homeround.web.forms.when import Day, MaybeClock, MaybeDay, MaybeMoment, Moment

__all__ = [
    "Choice",
    "Choices",
    "Day",
    "Field",
    "Form",
    "Groups",
    "Hidden",
    "HiddenNumber",
    "LongText",
    "Lookup",
    "MaybeClock",
    "MaybeDay",
    "MaybeMoment",
    "Moment",
    "Option",
    "SeeOther",
    "Text",
    "Tick",
    "answer",
]
