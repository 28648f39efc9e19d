"""The addresses of all pages: those of the shell here, a slice's own in its folder."""

from django.urls import URLPattern, URLResolver, path

from homeround.web.accounts import urls as accounts
from homeround.web.alignment import urls as alignment
from homeround.web.care_plans import urls as care_plans
from homeround.web.decisions import urls as decisions
from homeround.web.deterioration import urls as deterioration
from homeround.web.first_page import first_page
from homeround.web.residents import urls as residents
from homeround.web.rounds import urls as rounds
from homeround.web.shell import urls as shell

urlpatterns: list[URLPattern | URLResolver] = [
    path("", first_page, name="first_page"),
    *shell.urlpatterns,
    *accounts.urlpatterns,
    *residents.urlpatterns,
    *alignment.urlpatterns,
    *rounds.urlpatterns,
    *decisions.urlpatterns,
    *deterioration.urlpatterns,
    *care_plans.urlpatterns,
]
