"""What every answer tells the browser: load nothing from elsewhere, store nothing, be framed by nobody."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from tests.web.conftest import People
from tests.web.signing_in import sign_in

PAGES = ("/sign-in", "/something-is-wrong", "/nowhere", "/health")


@pytest.mark.parametrize("address", PAGES)
def test_headers_of_every_answer(db: None, address: str) -> None:
    answer = Client().get(address)
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cache-Control"] == "no-store"
    assert len(answer["X-Reference"]) == 8


def test_every_script_of_a_page_carries_the_nonce_of_its_header(people: People) -> None:
    answer = sign_in(people.cora).get("/my-rights")
    nonce = re.search(r"'nonce-([^']+)'", answer["Content-Security-Policy"])
    assert nonce is not None
    scripts = re.findall(r"<script[^>]*>", answer.content.decode())
    assert len(scripts) >= 4
    assert all(f'nonce="{nonce[1]}"' in script for script in scripts)


def test_a_nonce_is_used_once(db: None) -> None:
    client = Client()
    assert client.get("/sign-in")["Content-Security-Policy"] != client.get("/sign-in")["Content-Security-Policy"]


def test_https_is_remembered_where_it_is_used(db: None, settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS = 3600
    assert Client().get("/sign-in", secure=True)["Strict-Transport-Security"].startswith("max-age=3600")
