"""The addresses of cover."""

from django.urls import URLPattern, path

from homeround.web.alignment.alignment import alignment
from homeround.web.alignment.alignment_error import alignment_error
from homeround.web.alignment.cover import cover
from homeround.web.alignment.hours import hours
from homeround.web.alignment.hours_error import hours_error
from homeround.web.alignment.lead import lead
from homeround.web.alignment.lead_error import lead_error
from homeround.web.alignment.mdt import mdt
from homeround.web.alignment.mdt_end import mdt_end
from homeround.web.alignment.our_pcn import our_pcn

urlpatterns: list[URLPattern] = [
    path("pcns/<str:code>", our_pcn, name="our_pcn"),
    path("icbs/<str:code>/cover", cover, name="cover"),
    path("homes/<str:code>/alignment", alignment, name="alignment"),
    path("homes/<str:code>/alignment/<str:day>/error", alignment_error, name="alignment_error"),
    path("homes/<str:code>/lead", lead, name="lead"),
    path("homes/<str:code>/lead/<str:day>/error", lead_error, name="lead_error"),
    path("homes/<str:code>/mdt", mdt, name="mdt"),
    path("homes/<str:code>/mdt/<int:member>/end", mdt_end, name="mdt_end"),
    path("hours", hours, name="hours"),
    path("hours/<str:code>/<str:role>/<str:day>/error", hours_error, name="hours_error"),
]
