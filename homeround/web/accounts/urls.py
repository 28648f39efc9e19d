"""The addresses of colleagues and of ways in."""

from django.urls import URLPattern, path

from homeround.web.accounts.colleague import colleague, colleague_cut_off, colleague_ended, colleague_helped
from homeround.web.accounts.colleague_new import colleague_new
from homeround.web.accounts.colleagues import colleagues
from homeround.web.accounts.way_in import way_in

urlpatterns: list[URLPattern] = [
    path("colleagues", colleagues, name="colleagues"),
    path("colleagues/new", colleague_new, name="colleague_new"),
    path("colleagues/<str:ref>", colleague, name="colleague"),
    path("colleagues/<str:ref>/ended", colleague_ended, name="colleague_ended"),
    path("colleagues/<str:ref>/helped", colleague_helped, name="colleague_helped"),
    path("colleagues/<str:ref>/cut-off", colleague_cut_off, name="colleague_cut_off"),
    path("way-in", way_in, name="way_in"),
]
