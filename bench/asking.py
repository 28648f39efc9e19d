"""Asks a server of this machine for a page, on so many connections for so long, and notes how long each answer took."""

from __future__ import annotations

import re
import threading
import time
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from bench.serving import HERE

TIMEOUT = 30.0
REDIRECTS = frozenset({302, 303})
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Refused(RuntimeError):  # noqa: N818 - what it is
    """A page did not answer 200."""


def sign_in(port: int, *, username: str, password: str) -> str:
    """Sign in through the page, as a browser does; returns the Cookie header of the session. Raises Refused."""
    cookies: SimpleCookie = SimpleCookie()
    _, form, _ = _once(port, "GET", "/sign-in", cookies)
    token = _TOKEN.search(form)
    if token is None:
        raise Refused("The sign-in page has no form.")
    typed = urlencode({"login": username, "password": password, "csrfmiddlewaretoken": token.group(1)})
    status, _, onward = _once(port, "POST", "/sign-in", cookies, body=typed)
    if status not in REDIRECTS:
        raise Refused(f"{username} could not sign in: {status}.")
    while status in REDIRECTS:  # on the way the only capacity is taken up
        status, _, onward = _once(port, "GET", onward, cookies)
    return _header(cookies)


def page(port: int, path: str, cookie: str = "") -> str:
    """One page. Raises Refused unless it answers 200."""
    status, text, _ = _once(port, "GET", path, SimpleCookie(cookie))
    if status != 200:
        raise Refused(f"{path} answered {status}.")
    return text


def ask(port: int, path: str, cookie: str, *, connections: int, seconds: float) -> list[float]:
    """Ask again and again on so many connections, each waiting for its answer; the milliseconds that each took."""
    took: list[float] = []
    wrong: list[Exception] = []
    until = time.monotonic() + seconds

    def one_connection() -> None:
        connection = HTTPConnection(HERE, port, timeout=TIMEOUT)
        headers = {"Cookie": cookie} if cookie else {}
        try:
            while time.monotonic() < until and not wrong:
                begin = time.perf_counter()
                connection.request("GET", path, headers=headers)
                answer = connection.getresponse()
                answer.read()
                took.append((time.perf_counter() - begin) * 1000)
                if answer.status != 200:
                    raise Refused(f"{path} answered {answer.status}.")
        except Exception as problem:  # noqa: BLE001 - told to whoever waits for the threads
            wrong.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=one_connection) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]
    return took


def _once(port: int, method: str, path: str, cookies: SimpleCookie, body: str = "") -> tuple[int, str, str]:
    """One question: the status, the page and where it leads on; `cookies` take what was set."""
    connection = HTTPConnection(HERE, port, timeout=TIMEOUT)
    headers = {"Cookie": _header(cookies), "Referer": f"http://{HERE}:{port}{path}"}
    if body:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request(method, path, body=body or None, headers=headers)
        answer = connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookies.load(value)
        return answer.status, answer.read().decode(), answer.getheader("Location") or ""
    finally:
        connection.close()


def _header(cookies: SimpleCookie) -> str:
    return "; ".join(f"{name}={cookie.value}" for name, cookie in cookies.items())
