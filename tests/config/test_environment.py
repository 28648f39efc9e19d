"""The environment is checked as a whole, in sentences; a demo makes what it lacks, live does not."""

import stat
from pathlib import Path

import pytest

from homeround.config import environment
from homeround.config.environment import NotReady, missing_for_live, read

SECRET = "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNO"
AUDIT = "2026:" + "a1" * 32


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def complete(**others: str) -> dict[str, str]:
    """What a live installation is given."""
    return {
        "HOMEROUND_DATABASE_URL": "postgresql://worker:pass@db/homeround",
        "HOMEROUND_OWNER_DATABASE_URL": "postgresql://owner:pass@db/homeround",
        "HOMEROUND_SECRET_KEY": SECRET,
        "HOMEROUND_AUDIT_KEY": AUDIT,
        "HOMEROUND_BASE_URL": "https://rounds.example",
        "HOMEROUND_MAIL_URL": "smtps://us%40er:p%2Fw@mail.example",
        **others,
    }


def problems(**variables: str) -> dict[str, str]:
    with pytest.raises(NotReady) as refused:
        read(complete(**{f"HOMEROUND_{name}": value for name, value in variables.items()}))
    return {problem.variable.removeprefix("HOMEROUND_"): str(problem) for problem in refused.value.problems}


def test_a_demo_needs_nothing(folder: Path) -> None:
    settings = read({})
    assert settings.database_kind == "sqlite"
    assert settings.data_dir == folder / "var"
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.is_this_machine_only
    assert settings.mail is None
    assert settings.made == {"HOMEROUND_SECRET_KEY", "HOMEROUND_AUDIT_KEY", "HOMEROUND_MAIL_URL"}


def test_what_a_demo_makes_is_kept_and_its_owners_only(folder: Path) -> None:
    first, second = read({}), read({})
    assert (first.secret_key, first.audit_keys) == (second.secret_key, second.audit_keys)
    assert len(first.secret_key) >= environment.SHORTEST_SECRET
    assert sorted(path.name for path in (folder / "var").iterdir()) == ["audit-key", "secret-key"]
    for path in (folder / "var").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_demo_keeps_its_things_beside_its_database(folder: Path) -> None:
    read({"HOMEROUND_DATABASE_URL": f"sqlite:///{folder}/elsewhere/demo.sqlite3"})
    assert (folder / "elsewhere" / "secret-key").exists()
    assert not (folder / "var").exists()


def test_what_is_given_is_not_made(folder: Path) -> None:
    settings = read(complete())
    assert settings.secret_key == SECRET
    assert settings.audit_keys == {"2026": bytes.fromhex("a1" * 32)}
    assert settings.mail is not None
    assert (settings.mail.user, settings.mail.password, settings.mail.port) == ("us@er", "p/w", 465)
    assert not list(folder.iterdir())
    assert not missing_for_live(settings)


def test_everything_wrong_is_said_at_once(folder: Path) -> None:
    found = problems(
        DATABASE_URL="mysql://x/y",
        OWNER_DATABASE_URL="",
        SECRET_KEY="short",
        AUDIT_KEY="no key",
        BASE_URL="rounds.example",
        PORT="eighty",
        MAIL_URL="pigeon://loft",
        OPEN_DATA="/no/such/folder",
    )
    assert set(found) == {"DATABASE_URL", "SECRET_KEY", "AUDIT_KEY", "BASE_URL", "PORT", "MAIL_URL", "OPEN_DATA"}
    assert "SECRET_KEY: is too easy to guess" in found["SECRET_KEY"]
    assert not list(folder.iterdir()), "nothing is made when something is wrong"


@pytest.mark.parametrize("url", ["sqlite:///:memory:", "sqlite://", "sqlite:///"])
def test_a_database_in_memory_is_refused(folder: Path, url: str) -> None:
    assert "names no file" in problems(DATABASE_URL=url, OWNER_DATABASE_URL="")["DATABASE_URL"]


@pytest.mark.parametrize("port", ["0", "65536", "-1", "8.5", "²"])
def test_a_port_is_a_port(folder: Path, port: str) -> None:
    assert "PORT" in problems(PORT=port)


@pytest.mark.parametrize(
    "url", ["ftp://x", "https://", "https://x/path", "https://x?y", "https://x:port", "https://[", "//x"]
)
def test_a_base_url_is_the_address_of_a_site(folder: Path, url: str) -> None:
    assert "BASE_URL" in problems(BASE_URL=url)


@pytest.mark.parametrize("key", ["a1" * 32, "2026:" + "a1" * 31, f"{AUDIT},{AUDIT}", "2026:zz", ":" + "a1" * 32])
def test_an_audit_key_has_a_name_and_32_bytes(folder: Path, key: str) -> None:
    assert "AUDIT_KEY" in problems(AUDIT_KEY=key)


def test_older_audit_keys_follow(folder: Path) -> None:
    keys = read(complete(HOMEROUND_AUDIT_KEY=f"2027:{'b2' * 32},{AUDIT}")).audit_keys
    assert list(keys) == ["2027", "2026"]


def test_the_owner_is_of_the_same_database(folder: Path) -> None:
    assert "another database" in problems(OWNER_DATABASE_URL="postgresql://o@db/other")["OWNER_DATABASE_URL"]
    assert "PostgreSQL only" in problems(DATABASE_URL="sqlite:///x.sqlite3")["OWNER_DATABASE_URL"]


def test_live_is_given_everything(folder: Path) -> None:
    settings = read({"HOMEROUND_DATABASE_URL": "postgresql://one@db/homeround", "HOMEROUND_BASE_URL": "http://rounds"})
    assert {problem.variable for problem in missing_for_live(settings)} == {
        "HOMEROUND_SECRET_KEY",
        "HOMEROUND_AUDIT_KEY",
        "HOMEROUND_MAIL_URL",
        "HOMEROUND_BASE_URL",
    }


def test_a_folder_that_cannot_be_written_is_said(folder: Path) -> None:
    (folder / "taken").write_text("a file, not a folder")
    with pytest.raises(NotReady, match="cannot hold one made for a demo"):
        read({"HOMEROUND_DATA_DIR": str(folder / "taken")})


def test_no_secret_is_shown(folder: Path) -> None:
    shown = repr(read(complete()))
    assert not [word for word in (SECRET, "pass", "p/w", "a1a1") if word in shown]


@pytest.mark.parametrize(
    ("variable", "words"),
    [
        ("HOMEROUND_DATABSE_URL", "Did you mean HOMEROUND_DATABASE_URL?"),
        ("HOMEROUND_AUDIT_KEYS", "Did you mean HOMEROUND_AUDIT_KEY?"),
        ("HOMEROUND_QQQQQQQQ", "Settings are HOMEROUND_DATABASE_URL"),
    ],
)
def test_a_variable_that_is_no_setting_is_named(folder: Path, variable: str, words: str) -> None:
    with pytest.raises(NotReady) as refused:
        read(complete(**{variable: "x"}))
    (problem,) = refused.value.problems
    assert problem.variable == variable
    assert words in str(problem)
    assert not list(folder.iterdir()), "nothing is made beside a slip"


def test_a_path_that_names_no_database_is_said_and_nothing_is_made(folder: Path) -> None:
    typo = {"HOMEROUND_DATABASE_URL": "sqlite:///var/dmeo.sqlite3"}
    assert "there is no database at var/dmeo.sqlite3" in environment.no_database(typo)
    (folder / "var").mkdir()
    assert "is a folder" in environment.no_database({"HOMEROUND_DATABASE_URL": "sqlite:///var"})
    (folder / "var" / "dmeo.sqlite3").touch()
    assert environment.no_database(typo) == ""
    assert environment.no_database({"HOMEROUND_DATABASE_URL": "postgresql://worker@db/homeround"}) == ""


def test_a_trusted_proxy_is_an_address_or_a_network(folder: Path) -> None:
    assert "not an address" in problems(TRUSTED_PROXY="10.0.0.5, proxy.example")["TRUSTED_PROXY"]
    assert [str(proxy) for proxy in read(complete(HOMEROUND_TRUSTED_PROXY="10.0.0.5, fd00::/8")).trusted_proxies] == [
        "10.0.0.5/32",
        "fd00::/8",
    ]
    assert [str(proxy) for proxy in read(complete()).trusted_proxies] == ["127.0.0.1/32", "::1/128"]
    assert read({}).trusted_proxies == ()


def test_the_spool_has_a_folder_of_its_own_where_one_is_given(folder: Path) -> None:
    assert read({}).spool_dir == folder / "var" / "audit-spool"
    assert read({"HOMEROUND_SPOOL_DIR": str(folder)}).spool_dir == folder / "audit-spool"
    assert "is not a folder" in problems(SPOOL_DIR="/no/such/folder")["SPOOL_DIR"]


def test_unsigned_is_served_only_for_a_plain_yes(folder: Path) -> None:
    assert not read(complete()).serve_unsigned
    assert read(complete(HOMEROUND_SERVE_UNSIGNED="yes")).serve_unsigned
    assert "is not an answer" in problems(SERVE_UNSIGNED="1")["SERVE_UNSIGNED"]
