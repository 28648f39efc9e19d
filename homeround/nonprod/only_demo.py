"""Pages of the demo are there on a demo database only; on a live one the address leads nowhere."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponseBase

from homeround.kernel import stamp
from homeround.kernel.refusals import NotHere

View = Callable[..., HttpResponseBase]


def only_in_a_demo(view: View) -> View:
    """Answer as if the page were not there, unless this database is stamped a demonstration."""

    @wraps(view)
    def shown(*args: Any, **kwargs: Any) -> HttpResponseBase:
        if not stamp.is_demo():
            raise NotHere
        return view(*args, **kwargs)

    return shown
