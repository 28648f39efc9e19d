"""Every address there is: the pages, and what answers when a page cannot."""

from homeround.nonprod import urls as nonprod
from homeround.web import urls as web

urlpatterns = [*web.urlpatterns, *nonprod.urlpatterns]

handler400 = "homeround.web.shell.errors.bad_request"
handler404 = "homeround.web.shell.errors.page_not_found"
handler500 = "homeround.web.shell.errors.server_error"
