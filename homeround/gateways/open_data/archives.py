"""Zip archives (spreadsheets are archives too), opened without trusting what they say of themselves.

Everything is read as a counted stream: never more than 512 MB, never more than 200 times what the file weighs (the real
.ods of CQC unpacks 44:1). No archive inside an archive, no member that names a place outside.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Final

from homeround.gateways.open_data.refused import UnreadableFile, unreadable

MOST_BYTES: Final = 512 * 1024 * 1024
MOST_TIMES: Final = 200
_ARCHIVES: Final = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")
_ENCRYPTED: Final = 0x1
_CHUNK: Final = 1 << 16


class Budget:
    """How many bytes may still come out of one file."""

    def __init__(self, path: Path, *, is_archive: bool) -> None:
        self._path = path
        size = path.stat().st_size
        self._left = min(MOST_BYTES, size * MOST_TIMES) if is_archive else MOST_BYTES

    def spend(self, size: int) -> None:
        """Count bytes that were read; refuses the file once there are too many."""
        self._left -= size
        if self._left < 0:
            raise unreadable(
                self._path, f"unpacks to more than 512 MB, or to more than {MOST_TIMES} times its size, and is refused."
            )


class CountedStream(io.RawIOBase):
    """Bytes that are counted while they are read."""

    def __init__(self, inner: IO[bytes], budget: Budget) -> None:
        super().__init__()
        self._inner = inner
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._inner.read(len(buffer))
        self._budget.spend(len(data))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._inner.close()
        super().close()


@contextmanager
def refusing_damage(path: Path) -> Iterator[None]:
    """Turn whatever a damaged file makes the readers below raise into one clear sentence."""
    try:
        yield
    except UnreadableFile:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError) as damage:
        raise unreadable(path, "is damaged or was cut short. Download it again.") from damage
    except NotImplementedError as unknown:
        raise unreadable(path, "is packed in a way that cannot be read.") from unknown
    except OSError as problem:
        raise unreadable(path, f"cannot be read ({problem.strerror or problem}).") from problem


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open an archive whose members have been looked at: plain names, none encrypted, none an archive."""
    with refusing_damage(path), zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            _refuse_strange(path, archive, member)
        yield archive


def _refuse_strange(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    name = PurePosixPath(member.orig_filename)
    if name.is_absolute() or ".." in name.parts or "\\" in member.orig_filename or ":" in member.orig_filename:
        raise unreadable(path, "holds a part that names a place outside the archive, and is refused.")
    if member.flag_bits & _ENCRYPTED:
        raise unreadable(path, "is protected by a password. Save it without one.")
    if member.is_dir():
        return
    with archive.open(member) as part:
        if part.read(8).startswith(_ARCHIVES):
            raise unreadable(path, "holds another archive. Unpack it and give the file inside.")


def count_through(path: Path, archive: zipfile.ZipFile) -> None:
    """Read every member once and throw it away, counting: for a library that reads members without counting."""
    budget = Budget(path, is_archive=True)
    for member in archive.infolist():
        if not member.is_dir():
            with archive.open(member) as part:
                while data := part.read(_CHUNK):
                    budget.spend(len(data))
