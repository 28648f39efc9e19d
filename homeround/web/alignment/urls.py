"""The addresses of cover."""

from django.urls import URLPattern, path

from homeround.web.alignment.cover import cover
from homeround.web.alignment.our_pcn import our_pcn

urlpatterns: list[URLPattern] = [
    path("pcns/<str:code>", our_pcn, name="our_pcn"),
    path("icbs/<str:code>/cover", cover, name="cover"),
]
