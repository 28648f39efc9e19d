"""The addresses of a home's people."""

from django.urls import URLPattern, path

from homeround.web.residents.arrival import arrival
from homeround.web.residents.arrival_correction import arrival_correction, move_in_removal
from homeround.web.residents.arrival_new import arrival_new
from homeround.web.residents.co_option import co_option, co_option_end
from homeround.web.residents.concern_whom import concern_whom
from homeround.web.residents.departure import departure
from homeround.web.residents.departure_correction import departure_correction, departure_removal
from homeround.web.residents.find import find, my_people
from homeround.web.residents.handover import handover
from homeround.web.residents.home_today import home_today, home_today_now
from homeround.web.residents.hospital import (
    hospital,
    hospital_news,
    hospital_news_removal,
    hospital_removal,
    hospital_return,
    hospital_return_correction,
    hospital_return_removal,
)
from homeround.web.residents.identity import identity
from homeround.web.residents.looks import looks
from homeround.web.residents.move_in import move_in_page
from homeround.web.residents.registration import registration
from homeround.web.residents.resident import resident
from homeround.web.residents.room import room
from homeround.web.residents.stay_change import stay_change
from homeround.web.residents.taken_out import put_back, taken_out
from homeround.web.residents.who_looked import who_looked

urlpatterns: list[URLPattern] = [
    path("homes/<str:code>", home_today, name="home_today"),
    path("homes/<str:code>/now", home_today_now, name="home_today_now"),
    path("homes/<str:code>/concerns/new", concern_whom, name="concern_whom"),
    path("homes/<str:code>/residents/new", move_in_page, name="move_in"),
    path("homes/<str:code>/taken-out", taken_out, name="taken_out"),
    path("homes/<str:code>/taken-out/<str:ref>", put_back, name="put_back"),
    path("residents/<str:ref>", resident, name="resident"),
    path("residents/<str:ref>/arrival", arrival, name="arrival"),
    path("residents/<str:ref>/arrival/new", arrival_new, name="arrival_new"),
    path("residents/<str:ref>/arrival/correction", arrival_correction, name="arrival_correction"),
    path("residents/<str:ref>/arrival/removal", move_in_removal, name="move_in_removal"),
    path("residents/<str:ref>/departure/correction", departure_correction, name="departure_correction"),
    path("residents/<str:ref>/departure/removal", departure_removal, name="departure_removal"),
    path("residents/<str:ref>/identity", identity, name="identity"),
    path("residents/<str:ref>/stay", stay_change, name="stay_change"),
    path("residents/<str:ref>/room", room, name="room"),
    path("residents/<str:ref>/registration", registration, name="registration"),
    path("residents/<str:ref>/departure", departure, name="departure"),
    path("residents/<str:ref>/hospital", hospital, name="hospital"),
    path("residents/<str:ref>/hospital/news", hospital_news, name="hospital_news"),
    path("residents/<str:ref>/hospital/news/removal", hospital_news_removal, name="hospital_news_removal"),
    path("residents/<str:ref>/hospital/return", hospital_return, name="hospital_return"),
    path("residents/<str:ref>/hospital/removal", hospital_removal, name="hospital_removal"),
    path(
        "residents/<str:ref>/hospital/return/correction", hospital_return_correction, name="hospital_return_correction"
    ),
    path("residents/<str:ref>/hospital/return/removal", hospital_return_removal, name="hospital_return_removal"),
    path("residents/<str:ref>/handover", handover, name="handover"),
    path("residents/<str:ref>/co-options", co_option, name="co_option"),
    path("residents/<str:ref>/co-options/<int:member>/end", co_option_end, name="co_option_end"),
    path("residents/<str:ref>/looks", looks, name="looks"),
    path("find", find, name="find"),
    path("my-people", my_people, name="my_people"),
    path("who-looked", who_looked, name="who_looked"),
]
