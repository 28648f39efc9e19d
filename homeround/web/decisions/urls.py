"""The addresses of decisions, replies and follow-ups."""

from django.urls import URLPattern, path

from homeround.web.decisions.asked_of_me import asked_of_me
from homeround.web.decisions.awaiting_reply import awaiting_reply
from homeround.web.decisions.decision import decision
from homeround.web.decisions.follow_up import follow_up
from homeround.web.decisions.home_lists import home_follow_ups, home_replies
from homeround.web.decisions.my_patients import my_patients
from homeround.web.decisions.query_answer import query_answer
from homeround.web.decisions.read import reply_read
from homeround.web.decisions.reply import reply
from homeround.web.decisions.settlement import settlement

urlpatterns: list[URLPattern] = [
    path("replies", awaiting_reply, name="awaiting_reply"),
    path("replies/<str:ref>", reply, name="reply"),
    path("replies/<str:ref>/read", reply_read, name="reply_read"),
    path("patients", my_patients, name="my_patients"),
    path("decisions/<str:ref>", decision, name="decision"),
    path("decisions/<str:ref>/settlement", settlement, name="settlement"),
    path("decisions/<str:ref>/answer", query_answer, name="query_answer"),
    path("follow-ups/<str:ref>", follow_up, name="follow_up"),
    path("asked", asked_of_me, name="asked_of_me"),
    path("homes/<str:code>/replies", home_replies, name="home_replies"),
    path("homes/<str:code>/follow-ups", home_follow_ups, name="home_follow_ups"),
]
