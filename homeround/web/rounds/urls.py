"""The addresses of rounds."""

from django.urls import URLPattern, path

from homeround.web.rounds.amendment import round_amendment
from homeround.web.rounds.cancelling import round_cancelling
from homeround.web.rounds.carrying import review_carrying
from homeround.web.rounds.closing import round_closing
from homeround.web.rounds.confirming import review_confirming
from homeround.web.rounds.holding import review_holding
from homeround.web.rounds.home_waits import home_waits
from homeround.web.rounds.moving import review_moving
from homeround.web.rounds.my_homes import my_homes
from homeround.web.rounds.my_rounds import my_rounds
from homeround.web.rounds.new_round import round_new
from homeround.web.rounds.one_round import one_round
from homeround.web.rounds.outcome import round_outcome
from homeround.web.rounds.preparing import round_preparing
from homeround.web.rounds.put_forward import put_forward_moving, put_forward_not_needed, put_forward_page
from homeround.web.rounds.putting_forward import put_forward_new
from homeround.web.rounds.reopening import round_reopening
from homeround.web.rounds.review import review
from homeround.web.rounds.waiting import waiting_page
from homeround.web.rounds.week import pcn_week
from homeround.web.rounds.worklist import worklist_page

urlpatterns: list[URLPattern] = [
    path("rounds", my_rounds, name="my_rounds"),
    path("homes/<str:code>/worklist", worklist_page, name="worklist"),
    path("residents/<str:ref>/for-the-round", put_forward_new, name="put_forward_new"),
    path("for-the-round/<str:ref>", put_forward_page, name="put_forward"),
    path("for-the-round/<str:ref>/moving", put_forward_moving, name="put_forward_moving"),
    path("for-the-round/<str:ref>/not-needed", put_forward_not_needed, name="put_forward_not_needed"),
    path("homes/<str:code>/for-the-round", round_preparing, name="round_preparing"),
    path("homes/<str:code>/rounds/new", round_new, name="round_new"),
    path("rounds/<str:ref>", one_round, name="round"),
    path("rounds/<str:ref>/people/<str:person>", review, name="review"),
    path("rounds/<str:ref>/people/<str:person>/outcome", round_outcome, name="round_outcome"),
    path("rounds/<str:ref>/people/<str:person>/moving", review_moving, name="review_moving"),
    path("rounds/<str:ref>/people/<str:person>/moving/<str:to>", review_carrying, name="review_carrying"),
    path("rounds/<str:ref>/people/<str:person>/confirming", review_confirming, name="review_confirming"),
    path("rounds/<str:ref>/people/<str:person>/holding", review_holding, name="review_holding"),
    path("rounds/<str:ref>/cancelling", round_cancelling, name="round_cancelling"),
    path("rounds/<str:ref>/reopening", round_reopening, name="round_reopening"),
    path("rounds/<str:ref>/amendment", round_amendment, name="round_amendment"),
    path("rounds/<str:ref>/closing", round_closing, name="round_closing"),
    path("pcns/<str:code>/week", pcn_week, name="pcn_week"),
    path("waiting", waiting_page, name="waiting"),
    path("homes/<str:code>/waits/<str:column>", home_waits, name="home_waits"),
    path("my-homes", my_homes, name="my_homes"),
]
