"""Ports: plugged once, named when not, exceptions travel."""

import pytest

from homeround.kernel.ports import Mail, Port


def test_a_port_that_nobody_plugged_names_itself() -> None:
    port: Port[[], None] = Port("ring_the_bell")

    with pytest.raises(RuntimeError, match="ring_the_bell is not plugged"):
        port()


def test_a_plugged_port_calls_its_function() -> None:
    sent: list[Mail] = []
    port: Port[[Mail], None] = Port("send_mail")
    mail = Mail(to="round@example.org", subject="Something awaits you", text="Sign in to read it.", ref="0" * 16)
    port.plug(sent.append)

    port(mail)

    assert sent == [mail]


def test_a_second_function_is_refused_and_the_same_one_is_not() -> None:
    port: Port[[object], None] = Port("say")
    port.plug(print)
    port.plug(print)

    with pytest.raises(RuntimeError, match="already plugged"):
        port.plug(repr)  # type: ignore[arg-type]


def test_exceptions_of_the_function_travel() -> None:
    def refuses() -> None:
        raise ConnectionRefusedError

    port: Port[[], None] = Port("hand_over")
    port.plug(refuses)

    with pytest.raises(ConnectionRefusedError):
        port()


def test_a_test_plugs_for_a_while() -> None:
    port: Port[[], str] = Port("answer")
    port.plug(lambda: "before")

    with port.plugged(lambda: "meanwhile"):
        assert port() == "meanwhile"

    assert port() == "before"
