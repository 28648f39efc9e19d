"""The addresses of the obligations of an arrival."""

from django.urls import URLPattern, path

from homeround.web.care_plans.obligation import obligation

urlpatterns: list[URLPattern] = [
    path("residents/<str:ref>/obligations/<str:which>", obligation, name="obligation"),
]
