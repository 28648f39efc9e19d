"""The addresses of all pages: those of the shell here, a slice's own in its folder."""

from django.urls import URLPattern, URLResolver, path

from homeround.web.first_page import first_page
from homeround.web.shell import urls as shell

urlpatterns: list[URLPattern | URLResolver] = [
    path("", first_page, name="first_page"),
    *shell.urlpatterns,
]
