"""The addresses of concerns."""

from django.urls import URLPattern, path

from homeround.web.deterioration.answer_new import answer_new
from homeround.web.deterioration.call_new import call_new
from homeround.web.deterioration.concern import concern
from homeround.web.deterioration.concern_move import concern_move
from homeround.web.deterioration.concern_new import concern_new

urlpatterns: list[URLPattern] = [
    path("residents/<str:ref>/concerns/new", concern_new, name="concern_new"),
    path("concerns/<str:ref>", concern, name="concern"),
    path("concerns/<str:ref>/calls/new", call_new, name="call_new"),
    path("concerns/<str:ref>/answer", answer_new, name="answer_new"),
    path("concerns/<str:ref>/move", concern_move, name="concern_move"),
]
