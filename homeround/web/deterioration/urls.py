"""The addresses of concerns."""

from django.urls import URLPattern, path

from homeround.web.deterioration.answer_new import answer_new
from homeround.web.deterioration.call_new import call_new
from homeround.web.deterioration.concern import concern
from homeround.web.deterioration.concern_move import concern_move
from homeround.web.deterioration.concern_new import concern_new
from homeround.web.deterioration.taking_back import call_remove, concern_put_back, concern_remove, concern_reopen
from homeround.web.deterioration.unread import unread
from homeround.web.deterioration.words_new import words_new

urlpatterns: list[URLPattern] = [
    path("residents/<str:ref>/concerns/new", concern_new, name="concern_new"),
    path("concerns/<str:ref>", concern, name="concern"),
    path("concerns/<str:ref>/words", words_new, name="words_new"),
    path("concerns/<str:ref>/calls/new", call_new, name="call_new"),
    path("concerns/<str:ref>/calls/<str:call>/removal", call_remove, name="call_remove"),
    path("concerns/<str:ref>/answer", answer_new, name="answer_new"),
    path("concerns/<str:ref>/answer/removal", concern_reopen, name="concern_reopen"),
    path("concerns/<str:ref>/reading/removal", unread, name="unread"),
    path("concerns/<str:ref>/removal", concern_remove, name="concern_remove"),
    path("concerns/<str:ref>/return", concern_put_back, name="concern_put_back"),
    path("concerns/<str:ref>/move", concern_move, name="concern_move"),
]
