"""What the environment says, read once and checked as a whole.

Every setting is a variable that begins with HOMEROUND_; one that is not a setting is named and not passed over. What is
wrong is reported together: which variable, what is wrong, what to do. What a demo lacks it makes itself, in the folder
beside its database, readable by nobody else; a live database must be given everything (`missing_for_live`).
"""

import difflib
import ipaddress
import os
import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

DEMO_DATABASE = "sqlite:///var/demo.sqlite3"
DEFAULT_PORT = 8000
SHORTEST_SECRET = 50
AUDIT_KEY_BYTES = 32
LOOPBACK = ("127.0.0.1", "localhost", "::1")
DATABASES = ("sqlite", "postgres", "postgresql")
MAIL_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
SETTINGS = (
    "HOMEROUND_DATABASE_URL",
    "HOMEROUND_OWNER_DATABASE_URL",
    "HOMEROUND_SECRET_KEY",
    "HOMEROUND_AUDIT_KEY",
    "HOMEROUND_BASE_URL",
    "HOMEROUND_PORT",
    "HOMEROUND_TRUSTED_PROXY",
    "HOMEROUND_MAIL_URL",
    "HOMEROUND_OPEN_DATA",
    "HOMEROUND_DATA_DIR",
    "HOMEROUND_SPOOL_DIR",
    "HOMEROUND_SERVE_UNSIGNED",
)
"""Every setting there is; another variable of this kind is a slip of the keyboard."""

OF_TESTS = "HOMEROUND_TEST_"
Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one variable, in words for the person who sets it."""

    variable: str
    wrong: str
    do: str

    def __str__(self) -> str:
        return f"{self.variable}: {self.wrong} {self.do}"


class NotReady(ImproperlyConfigured):
    """The environment cannot be used; `problems` names everything that is wrong with it at once."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass(frozen=True)
class Mail:
    """Where outgoing mail is handed over."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    starttls: bool
    tls: bool


@dataclass(frozen=True)
class Environment:
    """The checked settings. `made` names the variables that were not given and were made for a demo."""

    database_url: str = field(repr=False)
    owner_database_url: str | None = field(repr=False)
    secret_key: str = field(repr=False)
    audit_keys: Mapping[str, bytes] = field(repr=False)
    base_url: str
    port: int
    mail: Mail | None
    open_data: Path | None
    data_dir: Path
    spool_dir: Path
    trusted_proxies: tuple[Network, ...]
    serve_unsigned: bool
    made: frozenset[str]

    @property
    def database_kind(self) -> str:
        """`sqlite` or `postgresql`."""
        return kind_of(self.database_url)

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        """The name people type, without the port."""
        return urlsplit(self.base_url).hostname or "127.0.0.1"

    @property
    def is_this_machine_only(self) -> bool:
        return self.host in LOOPBACK


def read(variables: Mapping[str, str]) -> Environment:
    """Read and check the variables; raise NotReady with every problem. Makes what a demo lacks beside its database."""
    return _Reader(variables).environment()


def missing_for_live(environment: Environment) -> list[Problem]:
    """Say what a live database still needs; a demo makes these itself, live never does (trust.md, demo and live)."""
    problems = [
        Problem(variable, "is not set, and a live database must be given it.", "Set it and start again.")
        for variable in sorted(environment.made)
    ]
    if not environment.is_https and not environment.is_this_machine_only:
        problems.append(
            Problem(
                "HOMEROUND_BASE_URL",
                f"{environment.base_url} is plain HTTP beyond this machine.",
                "Give the https address that people use.",
            )
        )
    return problems


def no_database(variables: Mapping[str, str]) -> str:
    """Say that the SQLite file that is asked for is not there; nothing when it is, or on PostgreSQL.

    Asked before anything is made, so that a mistyped path leaves no empty database and no keys behind.
    """
    url = variables.get("HOMEROUND_DATABASE_URL", "").strip() or DEMO_DATABASE
    if not url.startswith("sqlite:"):
        return ""
    file = sqlite_file(url)
    if not file.name or file.name == ":memory:" or file.is_file():
        return ""
    if file.is_dir():
        return f"HOMEROUND_DATABASE_URL: {file} is a folder, and must be the file of a database."
    return f"HOMEROUND_DATABASE_URL: there is no database at {file}. Look at the path, or make one: homeround migrate."


def kind_of(database_url: str) -> str:
    """`sqlite` or `postgresql`."""
    return "sqlite" if database_url.startswith("sqlite:") else "postgresql"


def sqlite_file(database_url: str) -> Path:
    """Return the file of a SQLite database: sqlite:///relative.sqlite3 or sqlite:////absolute.sqlite3."""
    return Path(unquote(urlsplit(database_url).path.removeprefix("/")))


class _Reader:
    """Reads one variable a method and collects what is wrong."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = variables
        self.problems: list[Problem] = []
        self.made: set[str] = set()

    def environment(self) -> Environment:
        self.unknown()
        database_url = self.database_url()
        owner = self.owner_database_url(database_url)
        data_dir = self.data_dir(database_url)
        port = self.port()
        base_url = self.base_url(port)
        mail = self.mail()
        open_data = self.open_data()
        spool_dir = self.spool_dir(data_dir)
        trusted_proxies = self.trusted_proxies(base_url)
        serve_unsigned = self.serve_unsigned()
        given_secret = self.given_secret_key()
        given_audit = self.given_audit_keys()
        if self.problems:
            raise NotReady(self.problems)
        secret_key = given_secret or self.made_beside(data_dir, "secret-key", "HOMEROUND_SECRET_KEY", _new_secret)
        made_audit = (
            "" if given_audit else self.made_beside(data_dir, "audit-key", "HOMEROUND_AUDIT_KEY", _new_audit_key)
        )
        if self.problems:
            raise NotReady(self.problems)
        return Environment(
            database_url=database_url,
            owner_database_url=owner,
            secret_key=secret_key,
            audit_keys=given_audit or audit_keys_of(made_audit),
            base_url=base_url,
            port=port,
            mail=mail,
            open_data=open_data,
            data_dir=data_dir,
            spool_dir=spool_dir,
            trusted_proxies=trusted_proxies,
            serve_unsigned=serve_unsigned,
            made=frozenset(self.made),
        )

    def given(self, variable: str) -> str:
        return self.variables.get(variable, "").strip()

    def wrong(self, variable: str, wrong: str, do: str) -> None:
        self.problems.append(Problem(variable, wrong, do))

    def unknown(self) -> None:
        """Name what looks like a setting and is none: passed over, it would leave a setting at its default."""
        for variable in sorted(self.variables):
            if not variable.startswith("HOMEROUND_") or variable.startswith(OF_TESTS) or variable in SETTINGS:
                continue
            near = difflib.get_close_matches(variable, SETTINGS, n=1, cutoff=0.8)
            do = f"Did you mean {near[0]}?" if near else f"Remove it. Settings are {', '.join(SETTINGS)}."
            self.wrong(variable, "is not a setting of Homeround.", do)

    def database_url(self) -> str:
        url = self.given("HOMEROUND_DATABASE_URL") or DEMO_DATABASE
        scheme = url.partition(":")[0]
        if scheme not in DATABASES:
            self.wrong(
                "HOMEROUND_DATABASE_URL",
                "is neither a SQLite file nor a PostgreSQL database.",
                "Write sqlite:///FILE, sqlite:////FULL/PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME.",
            )
        elif scheme == "sqlite" and (not sqlite_file(url).name or sqlite_file(url).name == ":memory:"):
            self.wrong(
                "HOMEROUND_DATABASE_URL",
                "names no file; a database in memory would be lost.",
                "Write sqlite:///FILE or sqlite:////FULL/PATH.",
            )
        return url

    def owner_database_url(self, database_url: str) -> str | None:
        url = self.given("HOMEROUND_OWNER_DATABASE_URL")
        if not url:
            return None
        if kind_of(url) == "sqlite" or kind_of(database_url) == "sqlite" or url.partition(":")[0] not in DATABASES:
            self.wrong(
                "HOMEROUND_OWNER_DATABASE_URL",
                "is for PostgreSQL only: the role that owns the tables.",
                "Leave it out with SQLite; with PostgreSQL write postgresql://OWNER:PASSWORD@HOST:PORT/NAME.",
            )
        elif urlsplit(url).path != urlsplit(database_url).path:
            self.wrong(
                "HOMEROUND_OWNER_DATABASE_URL",
                "names another database than HOMEROUND_DATABASE_URL.",
                "Both name the same database, with two roles.",
            )
        return url

    def data_dir(self, database_url: str) -> Path:
        given = self.given("HOMEROUND_DATA_DIR")
        if given:
            return Path(given).absolute()
        if kind_of(database_url) == "sqlite":
            return sqlite_file(database_url).absolute().parent
        return Path("var").absolute()

    def port(self) -> int:
        given = self.given("HOMEROUND_PORT")
        if not given:
            return DEFAULT_PORT
        if given.isascii() and given.isdigit() and 0 < int(given) < 65536:
            return int(given)
        self.wrong("HOMEROUND_PORT", f"{given} is not a port.", "Give a number from 1 to 65535.")
        return DEFAULT_PORT

    def base_url(self, port: int) -> str:
        given = self.given("HOMEROUND_BASE_URL").rstrip("/")
        if not given:
            return f"http://127.0.0.1:{port}"
        parts = _split(given)
        if parts is None or parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
            self.wrong(
                "HOMEROUND_BASE_URL",
                f"{given} is not the address of a site.",
                "Write https://NAME or http://127.0.0.1:PORT, without anything after it.",
            )
        return given

    def mail(self) -> Mail | None:
        given = self.given("HOMEROUND_MAIL_URL")
        if not given:
            self.made.add("HOMEROUND_MAIL_URL")
            return None
        parts = _split(given)
        if parts is None or parts.scheme not in MAIL_PORTS or not parts.hostname:
            self.wrong(
                "HOMEROUND_MAIL_URL",
                "is not the address of a mail server.",
                "Write smtps://USER:PASSWORD@HOST, smtp+starttls://USER:PASSWORD@HOST or smtp://HOST:PORT.",
            )
            return None
        return Mail(
            host=parts.hostname,
            port=parts.port or MAIL_PORTS[parts.scheme],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            starttls=parts.scheme == "smtp+starttls",
            tls=parts.scheme == "smtps",
        )

    def open_data(self) -> Path | None:
        given = self.given("HOMEROUND_OPEN_DATA")
        if given and not Path(given).is_dir():
            self.wrong("HOMEROUND_OPEN_DATA", f"{given} is not a folder.", "Give the folder that holds the files.")
        return Path(given).absolute() if given else None

    def spool_dir(self, data_dir: Path) -> Path:
        given = self.given("HOMEROUND_SPOOL_DIR")
        if given and not Path(given).is_dir():
            self.wrong(
                "HOMEROUND_SPOOL_DIR", f"{given} is not a folder.", "Give a folder on another disk, or leave it out."
            )
        return Path(given).absolute() / "audit-spool" if given else data_dir / "audit-spool"

    def trusted_proxies(self, base_url: str) -> tuple[Network, ...]:
        """Whose word counts on where a request came from; with an https address and none named, this machine's."""
        given = self.given("HOMEROUND_TRUSTED_PROXY")
        if not given:
            given = "127.0.0.1,::1" if base_url.startswith("https://") else ""
        found = []
        for part in filter(None, (part.strip() for part in given.split(","))):
            try:
                found.append(ipaddress.ip_network(part))
            except ValueError:
                self.wrong(
                    "HOMEROUND_TRUSTED_PROXY",
                    f"{part} is not an address or a network.",
                    "Give the address of the proxy in front, such as 10.0.0.5 or 10.0.0.0/24; several after commas.",
                )
        return tuple(found)

    def serve_unsigned(self) -> bool:
        given = self.given("HOMEROUND_SERVE_UNSIGNED")
        if given not in ("", "yes"):
            self.wrong(
                "HOMEROUND_SERVE_UNSIGNED",
                f"{given} is not an answer.",
                "Write yes to serve a live database that no clinical safety officer has signed, or leave it out.",
            )
        return given == "yes"

    def given_secret_key(self) -> str | None:
        given = self.given("HOMEROUND_SECRET_KEY")
        if not given:
            return None
        if len(given) < SHORTEST_SECRET or len(set(given)) < SHORTEST_SECRET // 5:
            self.wrong(
                "HOMEROUND_SECRET_KEY",
                f"is too easy to guess: it needs {SHORTEST_SECRET} characters or more, chosen at random.",
                "For instance the output of: openssl rand -base64 60",
            )
        return given

    def given_audit_keys(self) -> Mapping[str, bytes] | None:
        given = self.given("HOMEROUND_AUDIT_KEY")
        if not given:
            return None
        try:
            return audit_keys_of(given)
        except ValueError as error:
            self.wrong(
                "HOMEROUND_AUDIT_KEY",
                f"{error}.",
                "Write NAME:KEY, the key as 64 hexadecimal digits (openssl rand -hex 32); older keys follow a comma.",
            )
            return None

    def made_beside(self, folder: Path, name: str, variable: str, make: Callable[[], str]) -> str:
        self.made.add(variable)
        try:
            return kept_or_made(folder / name, make)
        except OSError as error:
            self.wrong(
                variable,
                f"is not set, and {folder} cannot hold one made for a demo ({error.strerror}).",
                "Set it, or set HOMEROUND_DATA_DIR to a folder that can be written.",
            )
            return ""


def audit_keys_of(text: str) -> Mapping[str, bytes]:
    """Read NAME:HEX[,NAME:HEX]; the first seals, the others verify older seals. ValueError says what is wrong."""
    keys: dict[str, bytes] = {}
    for part in text.split(","):
        name, _, digits = part.strip().partition(":")
        try:
            key = bytes.fromhex(digits)
        except ValueError:
            key = b""
        if not name or len(key) != AUDIT_KEY_BYTES:
            raise ValueError("is not a name and a key of 32 bytes")
        if name in keys:
            raise ValueError(f"has two keys of the name {name}")
        keys[name] = key
    return keys


def kept_or_made(file: Path, make: Callable[[], str]) -> str:
    """Return what the file holds; make it first, readable by its owner only. Two processes at once get one answer."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, draft = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as stream:
                stream.write(make() + "\n")
            Path(file).hardlink_to(draft)
        except FileExistsError:
            pass  # another process made it first; its answer counts
        finally:
            Path(draft).unlink()
    return file.read_text(encoding="ascii").strip()


def _new_secret() -> str:
    return secrets.token_urlsafe(SHORTEST_SECRET)


def _new_audit_key() -> str:
    return f"demo:{secrets.token_hex(AUDIT_KEY_BYTES)}"


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - asking is what finds a wrong one
    except ValueError:
        return None
    return parts
