"""What a page's request carries, put there by the middleware."""

from datetime import datetime

from django.http import HttpRequest

from homeround.accounts.viewer import Viewer


class PageRequest(HttpRequest):
    """A request for a page behind sign-in.

    `viewer`: the capacity somebody acts in, loaded anew for this request. `at`: the instant of the request (UTC), the
    one clock that doors, queries and actions are given. `reference`: what an error page and the log both name.
    `csp_nonce`: what lets the page's own inline script run.
    """

    viewer: Viewer
    at: datetime
    reference: str
    csp_nonce: str
