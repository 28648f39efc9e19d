"""The demo's own pages, under /demo: there only on a demo database (config/urls.py)."""

from django.urls import URLPattern, path

from homeround.nonprod.mail_page import outgoing_mail
from homeround.nonprod.only_demo import only_in_a_demo
from homeround.nonprod.patterns import pattern_form, patterns
from homeround.nonprod.sign_ins import sign_ins

urlpatterns: list[URLPattern] = [
    path("demo/", only_in_a_demo(sign_ins), name="demo"),
    path("demo/mail", only_in_a_demo(outgoing_mail), name="demo_mail"),
    path("demo/patterns", only_in_a_demo(patterns), name="demo_patterns"),
    path("demo/patterns/form", only_in_a_demo(pattern_form), name="demo_pattern_form"),
]
