"""Only a named proxy says where a request came from."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from homeround.config import environment
from homeround.web.middleware.proxy import ProxyMiddleware


def seen(settings: Any, trusted: str, peer: str, **headers: str) -> HttpRequest:
    reader = environment._Reader({"HOMEROUND_TRUSTED_PROXY": trusted})
    settings.TRUSTED_PROXIES = reader.trusted_proxies("http://127.0.0.1")
    sent: dict[str, Any] = {f"HTTP_X_FORWARDED_{name}": value for name, value in headers.items()}
    request = RequestFactory().get("/", REMOTE_ADDR=peer, **sent)
    ProxyMiddleware(lambda _: HttpResponse())(request)
    return request


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "client"),
    [
        ("", "203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.5", "203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.5", "10.0.0.5", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.5", "10.0.0.5", "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.0/24", "10.0.0.5", "1.1.1.1, 198.51.100.1, 10.0.0.7", "198.51.100.1"),
        ("10.0.0.5", "10.0.0.5", "", "10.0.0.5"),
        ("10.0.0.5", "10.0.0.5", "1.1.1.1, not an address", "10.0.0.5"),
        ("fd00::/8", "fd00::1", "2001:db8::7", "2001:db8::7"),
    ],
)
def test_the_last_address_that_no_trusted_proxy_has(
    settings: Any, trusted: str, peer: str, forwarded: str, client: str
) -> None:
    assert seen(settings, trusted, peer, FOR=forwarded).META["REMOTE_ADDR"] == client


def test_https_is_believed_from_a_named_proxy_only(settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert seen(settings, "10.0.0.5", "10.0.0.5", PROTO="https", FOR="198.51.100.1").is_secure()
    assert not seen(settings, "10.0.0.5", "203.0.113.9", PROTO="https").is_secure()


def test_nobody_else_reads_the_header_of_a_stranger(settings: Any) -> None:
    meta = seen(settings, "", "203.0.113.9", FOR="198.51.100.1", PROTO="https", HOST="evil.example").META
    assert not [name for name in meta if "FORWARDED" in name]
