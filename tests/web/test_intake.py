"""What a request may bring: methods, sizes and character sets. Every address answers in words, never with a fault."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from homeround.web.middleware import intake
from tests.web.conftest import People
from tests.web.signing_in import sign_in

ADDRESSES = ("/", "/sign-in", "/my-rights", "/capacity", "/lock", "/lock/state", "/second-step", "/health", "/nowhere")
URLENCODED = "application/x-www-form-urlencoded"
PART = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--'


@pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE", "PATCH", "OPTIONS", "PROPFIND"])
def test_a_method_no_page_knows_is_refused_everywhere(people: People, method: str) -> None:
    for client in (Client(), sign_in(people.cora)):
        for address in ADDRESSES:
            answer = client.generic(method, address)
            assert answer.status_code == 405, address
            assert answer["Allow"] == "GET, HEAD, POST"
            assert "This page does not take that" in answer.content.decode()


def test_head_is_answered_as_get_is_without_the_page(people: People) -> None:
    client = sign_in(people.cora)
    for address in ADDRESSES:
        opened, asked = client.get(address), client.head(address)
        assert asked.status_code == opened.status_code, address
        assert asked.content == b""


def test_every_address_takes_head(people: People) -> None:
    client = sign_in(people.cora)
    for pattern in get_resolver().url_patterns:
        if pattern.pattern.converters:
            continue
        address = "/" + str(pattern.pattern)
        assert client.head(address).status_code == client.get(address).status_code, address


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (f"{URLENCODED}; charset=utf-16", b"words=x"),
        (f"{URLENCODED}; charset=zlib", b"words=x"),
        ("multipart/form-data; boundary=x; charset=zlib", PART),
        ("multipart/form-data", b"words=x"),
        ("multipart/form-data; boundary=é", b"words=x"),
        (URLENCODED, b"&".join(b"a%d=1" % number for number in range(2000))),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_on_a_page_of_ours(people: People, content_type: str, body: bytes) -> None:
    for client in (Client(enforce_csrf_checks=True), sign_in(people.cora)):
        for address in ("/sign-in", "/something-is-wrong", "/demo/patterns/form"):
            answer = client.generic("POST", address, body, content_type=content_type)
            assert answer.status_code == 400, address
            assert "This could not be read" in answer.content.decode()


def test_a_body_larger_than_any_form_is_refused_before_it_is_read(db: None) -> None:
    assert intake.MOST == settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    for content_type in (URLENCODED, "multipart/form-data; boundary=x"):
        answer = Client().generic(
            "POST", "/sign-in", b"", content_type=content_type, CONTENT_LENGTH=str(intake.MOST + 1)
        )
        assert answer.status_code == 413
        assert "too long to be taken" in answer.content.decode()


def test_a_file_within_the_size_is_never_kept(db: None) -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="words"; filename="a.pdf"\r\n\r\n' + b"%PDF" * 1000 + b"\r\n--x--"
    )
    answer = Client().generic("POST", "/something-is-wrong", body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 422
