"""`homeround import`: read official open-data files and load what they say of homes, PCNs, practices and areas."""

import csv
import getpass
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from homeround.directory.rows import RowKind, Taken, TakenIn
from homeround.gateways.open_data.reading import FileRead
from homeround.gateways.open_data.recognise import read_file

if TYPE_CHECKING:
    from homeround.directory.actions import Tell

COUNTS: Final = tuple(field.name for field in fields(Taken))
_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_REJECTS_SHOWN: Final = 3
_PROPOSALS_SHOWN: Final = 20
ONE_REJECTED_IN: Final = 50
FEW_ROWS: Final = 10
"""In so few rows one that is wrong says nothing about the file."""


@click.command("import", epilog="Example: homeround import HSCA_Active_Locations.ods ePCN.xlsx --rejects rejected.csv")
@click.argument(
    "files", metavar="FILE...", type=click.Path(exists=True, dir_okay=False, path_type=Path), nargs=-1, required=True
)
@click.option(
    "--fewer-rows",
    "is_whole",
    is_flag=True,
    help="Load a file with far fewer rows than the last of its kind: it is whole.",
)
@click.option("--json", "as_json", is_flag=True, help="Write a list of objects, one a file, for another program.")
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write the rows that were rejected, each with its line and the reason, to this CSV file.",
)
def command(files: tuple[Path, ...], is_whole: bool, as_json: bool, rejects: Path | None) -> None:
    """Load official files of homes, PCNs, practices and areas.

    FILE is CQC's list of active locations (.ods, .csv), the ePCN workbook (.xlsx) or epraccur (.zip, .csv) of the NHS
    Organisation Data Service, or the ONS lookup of sub-ICB locations, ICBs and regions (.csv). What a file is, is seen
    from what is in it. When one of the files cannot be read, none is loaded. Loading a file again changes nothing.
    Exit status 1 when of one file all rows, or more than one in fifty, were rejected; the others are loaded.
    """
    from django.utils import timezone  # noqa: PLC0415 - Django has started

    from homeround.gateways.open_data.loading import load  # noqa: PLC0415
    from homeround.kernel.audit.actor import SystemActor  # noqa: PLC0415

    read = [_read(path) for path in files]
    if rejects is not None:
        _write_rejects(rejects, read)
    by = SystemActor("import", getpass.getuser())
    results = [
        (file, load(file, by=by, at=timezone.now(), tell=_progress_of(file), is_whole=is_whole)) for file in read
    ]
    if as_json:
        click.echo(json.dumps([_as_json(file, result) for file, result in results], indent=2))
    else:
        for file, result in results:
            click.echo("\n".join(_as_table(file, result, rejects)))
    if bad := [file for file in read if _is_mostly_wrong(file)]:
        raise click.ClickException(" ".join(_too_many_rejected(file) for file in bad))


def _is_mostly_wrong(file: FileRead) -> bool:
    """Whether so many rows were rejected that the file as a whole was hardly taken in."""
    rejected = len(file.rejected)
    return rejected == file.row_count or rejected * ONE_REJECTED_IN > file.row_count > FEW_ROWS


def _too_many_rejected(file: FileRead) -> str:
    which = "all" if len(file.rejected) == file.row_count else f"{len(file.rejected):,} of {file.row_count:,}"
    first = file.rejected[0]
    return f"{file.path.name}: {which} rows were rejected; line {first.line}: {first.reason}"


def _read(path: Path) -> FileRead:
    file = read_file(path, lambda count: _show(f"Reading {path.name}: {count:,} rows", is_last=False))
    _show(f"Read {path.name}: {file.what}, rows: {file.row_count:,}", is_last=True)
    return file


def _progress_of(file: FileRead) -> "Tell":
    def tell(kind: RowKind, done: int, of: int) -> None:
        _show(f"Loading {file.path.name}: {kind} {done:,} of {of:,}", is_last=done == of)

    return tell


def _show(words: str, *, is_last: bool) -> None:
    """Progress on stderr: in place on a terminal, only what is done elsewhere."""
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{words}", err=True, nl=is_last)
    elif is_last:
        click.echo(words, err=True)


def _as_json(file: FileRead, result: TakenIn) -> dict[str, object]:
    return {
        "file": str(file.path),
        "kinds": {kind.value: asdict(taken) for kind, taken in _in_order(result)},
        "notes": result.notes,
        "proposals": result.proposals,
    }


def _in_order(result: TakenIn) -> Iterable[tuple[RowKind, Taken]]:
    return ((kind, result.kinds[kind]) for kind in RowKind if kind in result.kinds)


def _as_table(file: FileRead, result: TakenIn, rejects: Path | None) -> Sequence[str]:
    lines = ["", f"{file.path.name}: {file.what}"]
    lines.append(f"{'':10}" + "".join(f"{name.replace('_', ' '):>11}" for name in COUNTS))
    for kind, taken in _in_order(result):
        lines.append(f"{kind.value:10}" + "".join(f"{getattr(taken, name):>11,}" for name in COUNTS))
    lines.extend(result.notes)
    lines.extend(f"  {proposal}" for proposal in result.proposals[:_PROPOSALS_SHOWN])
    if len(result.proposals) > _PROPOSALS_SHOWN:
        lines.append(f"  and {len(result.proposals) - _PROPOSALS_SHOWN} more: --json lists them all.")
    lines.extend(_rejects_in_words(file, rejects))
    return lines


def _rejects_in_words(file: FileRead, rejects: Path | None) -> Sequence[str]:
    if not file.rejected:
        return ()
    where = f"See {rejects}." if rejects else "Give --rejects FILE to have them all, with the rows as they are."
    return [
        *(f"  rejected, line {row.line}: {row.reason}" for row in file.rejected[:_REJECTS_SHOWN]),
        f"{len(file.rejected)} rejected in all. {where}",
    ]


def _write_rejects(path: Path, files: Sequence[FileRead]) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("file", "sheet", "line", "kind", "reason", "row"))
            for read in files:
                for row in read.rejected:
                    head = (read.path.name, row.sheet, str(row.line), row.kind.value, row.reason)
                    writer.writerow([_inert(cell) for cell in (*head, *row.cells)])
    except OSError as problem:
        raise click.ClickException(f"{path} cannot be written ({problem.strerror}).") from problem


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_STARTS_A_FORMULA) else cell
