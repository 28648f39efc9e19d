"""CSV files, alone or in a zip archive, as sheets. UTF-8, else the code page of Windows that older files use."""

import codecs
import csv
import io
import zipfile
from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path
from typing import IO, Final

from homeround.gateways.open_data.archives import Budget, CountedStream
from homeround.gateways.open_data.refused import UnreadableFile, unreadable
from homeround.gateways.open_data.sheets import NumberedRow, Sheet

_CHUNK: Final = 1 << 16
Opener = Callable[[], IO[bytes]]


def csv_sheet(path: Path) -> Sheet:
    """The one sheet of a CSV file."""

    def open_counted() -> IO[bytes]:
        return io.BufferedReader(CountedStream(path.open("rb"), Budget(path, is_archive=False)))

    return _sheet(path, open_counted)


def csv_sheet_in(path: Path, archive: zipfile.ZipFile) -> Sheet:
    """The one sheet of a zip archive that holds one CSV file (and perhaps a description beside it)."""
    names = [member.filename for member in archive.infolist() if member.filename.lower().endswith(".csv")]
    if not names:
        raise unreadable(path, "is a zip archive without a CSV file, so it is not one of the files Homeround reads.")
    if len(names) > 1:
        raise unreadable(path, f"holds {len(names)} CSV files. Give the one to be read.")

    def open_counted() -> IO[bytes]:
        return io.BufferedReader(CountedStream(archive.open(names[0]), Budget(path, is_archive=True)))

    return _sheet(path, open_counted)


def _sheet(path: Path, open_counted: Opener) -> Sheet:
    encoding, ends_open = _look_through(path, open_counted)
    return Sheet("", _rows(path, open_counted, encoding), is_exact=True, ends_open=ends_open)


def _rows(path: Path, open_counted: Opener, encoding: str) -> Generator[NumberedRow, None, None]:
    with closing(io.TextIOWrapper(open_counted(), encoding=encoding, newline="")) as text:
        reader = csv.reader(text, strict=True)
        line = 1
        try:
            for cells in reader:
                yield line, cells
                line = reader.line_num + 1
        except csv.Error as problem:
            raise _torn(path, line, problem) from problem
        except UnicodeDecodeError as problem:
            raise unreadable(path, f"holds unknown letters after line {line}. Save it as UTF-8.") from problem


def _torn(path: Path, line: int, problem: csv.Error) -> UnreadableFile:
    if "unexpected end of data" in str(problem):
        return unreadable(path, f"was cut short: a quotation mark of line {line} is never closed. Download it again.")
    return unreadable(path, f"is not a proper CSV file: line {line}, {problem}.")


def _look_through(path: Path, open_counted: Opener) -> tuple[str, bool]:
    """Read once through: UTF-8 or Windows-1252, text or none at all; and whether the last line lacks its end."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8, holds_nul, last = True, False, b""
    with closing(open_counted()) as stream:
        while chunk := stream.read(_CHUNK):
            last = chunk[-1:]
            holds_nul = holds_nul or b"\x00" in chunk
            if is_utf8:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    is_utf8 = False
    if not last:
        raise unreadable(path, "is empty.")
    if holds_nul:
        raise unreadable(
            path, "is neither a spreadsheet nor a text file, so it is not one of the files Homeround reads."
        )
    if is_utf8 and decoder.getstate()[0]:
        raise unreadable(path, "was cut short in the middle of a letter. Download it again.")
    return "utf-8-sig" if is_utf8 else "cp1252", last not in (b"\n", b"\r")
