"""The addresses of the obligations of an arrival."""

from django.urls import URLPattern, path

from homeround.web.care_plans.obligation import obligation
from homeround.web.care_plans.obligation_undo import obligation_undo

urlpatterns: list[URLPattern] = [
    path("residents/<str:ref>/obligations/<str:which>", obligation, name="obligation"),
    path("residents/<str:ref>/obligations/<str:which>/removal", obligation_undo, name="obligation_undo"),
]
