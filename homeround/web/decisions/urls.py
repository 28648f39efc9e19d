"""The addresses of decisions, replies and follow-ups."""

from django.urls import URLPattern, path

from homeround.web.decisions.asked_of_me import asked_of_me
from homeround.web.decisions.awaiting_reply import awaiting_reply
from homeround.web.decisions.confirmation import confirmation
from homeround.web.decisions.correction import correction
from homeround.web.decisions.decision import decision
from homeround.web.decisions.follow_up import follow_up
from homeround.web.decisions.follow_up_act import ACTS, follow_up_act
from homeround.web.decisions.home_lists import home_follow_ups, home_replies
from homeround.web.decisions.my_patients import my_patients
from homeround.web.decisions.news import news
from homeround.web.decisions.query_answer import query_answer
from homeround.web.decisions.read import reply_read
from homeround.web.decisions.reply import reply
from homeround.web.decisions.settlement import settlement
from homeround.web.decisions.take_back import WAYS_BACK, take_back
from homeround.web.decisions.withdrawal import withdrawal

urlpatterns: list[URLPattern] = [
    path("replies", awaiting_reply, name="awaiting_reply"),
    path("replies/<str:ref>", reply, name="reply"),
    path("replies/<str:ref>/read", reply_read, name="reply_read"),
    path("patients", my_patients, name="my_patients"),
    path("decisions/<str:ref>", decision, name="decision"),
    path("decisions/<str:ref>/news", news, name="news"),
    path("decisions/<str:ref>/settlement", settlement, name="settlement"),
    path("decisions/<str:ref>/answer", query_answer, name="query_answer"),
    path("decisions/<str:ref>/withdrawal", withdrawal, name="withdrawal"),
    path("decisions/<str:ref>/correction", correction, name="correction"),
    path("decisions/<str:ref>/confirmation", confirmation, name="confirmation"),
    *(
        path(f"decisions/<str:ref>/take-back/{what}", take_back, {"what": what}, name=f"take_back_{what}")
        for what in WAYS_BACK
    ),
    path("follow-ups/<str:ref>", follow_up, name="follow_up"),
    *(path(f"follow-ups/<str:ref>/{act}", follow_up_act, {"act": act}, name=f"follow_up_{act}") for act in ACTS),
    path("asked", asked_of_me, name="asked_of_me"),
    path("homes/<str:code>/replies", home_replies, name="home_replies"),
    path("homes/<str:code>/follow-ups", home_follow_ups, name="home_follow_ups"),
]
