"""No code deletes or overwrites what is kept.

The database refuses it (tests/kernel); here the code is read, so that nobody finds out in production. What may be
deleted or changed in place is listed with the reason.
"""

import ast
import re

from django.apps import apps

from homeround.kernel.record.kept import Kept
from tests.architecture.source import Module, called, calls, functions, modules, nodes

# module: why it may delete rows. None of these tables is part of the record.
MAY_DELETE = {
    "homeround.kernel.audit.disposal": "the payload of a log entry, by a logged disposal; the head stays",
    "homeround.kernel.record.drafts": "a draft is its owner's until it is sent or ends",
    "homeround.kernel.delivery.outbox": "only clears what was delivered",
    "homeround.kernel.delivery.heartbeat": "what was found of the machine and is over; it is about nobody",
    "homeround.kernel.record.actions": "a token whose action was refused is free again",
    "homeround.accounts.actions.ways_in": "an authenticator app that is lost; that it was taken off is written down",
    "homeround.accounts.sessions": "a sign-in that was ended or is over",
    "homeround.accounts.tries": "a try that was right, or counts for nothing any more",
    "homeround.accounts.sign_in_events": "who signed in from where, once its time is over; the log keeps who and when",
}
# module: why it may save or update rows in place. None of these tables is part of the record.
MAY_OVERWRITE = {
    "homeround.kernel": "tokens, drafts, outbox and heartbeats are machinery, not record; its kept rows have triggers",
    "homeround.directory": "bodies are as their registers publish them; the log keeps what they were",
    "homeround.accounts.actions": "a user's password and name",
    "homeround.accounts.models": "a password hash made with older settings is made anew",
}
# What events and corrections may change in a kept row, through an update that names them.
ENDS = {"ended_at", "ended_how", "ended_by", "ended_by_id"}
STANDS = {"stands"}
KEPT_COLUMNS = {
    name
    for model in apps.get_models()
    if issubclass(model, Kept)
    for field in model._meta.concrete_fields
    for name in (field.name, field.attname)
}
REWRITES = re.compile(
    r"^\s*(UPDATE|DELETE\s+FROM|TRUNCATE|INSERT\s+OR\s+REPLACE|REPLACE\s+INTO|DROP\s+TABLE)\b", re.IGNORECASE
)


def allowed(module: Module, list_: dict[str, str]) -> bool:
    return any(module.name == name or module.name.startswith(f"{name}.") for name in list_)


def method(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def is_update_of_rows(call: ast.Call) -> bool:
    """Whether `.update(...)` is a queryset's: it names columns, or passes some on; a dict's or a digest's does not."""
    return method(call) in ("update", "aupdate") and any(
        keyword.arg is None or keyword.arg in KEPT_COLUMNS for keyword in call.keywords
    )


def deletions(module: Module) -> list[str]:
    return [module.at(call) for call in calls(module.tree) if method(call) in ("delete", "adelete", "_raw_delete")]


def columns(call: ast.Call) -> set[str]:
    """Which columns an update names; `**ended(...)` names the three of an end, anything else passed on names `**`."""
    named: set[str] = set()
    for keyword in call.keywords:
        if keyword.arg is not None:
            named.add(keyword.arg)
        elif isinstance(keyword.value, ast.Call) and called(keyword.value) == "ended":
            named |= {"ended_at", "ended_how", "ended_by_id"}
        else:
            named.add("**")
    return named


def is_overwriting(call: ast.Call) -> bool:
    """Whether a call changes rows in place, other than an end or `stands` alone. A save that must insert does not."""
    if is_update_of_rows(call):
        return not (columns(call) <= ENDS or columns(call) <= STANDS)
    if method(call) in ("save", "asave"):
        return not any(keyword.arg == "force_insert" for keyword in call.keywords)
    return method(call) in ("bulk_update", "abulk_update", "update_or_create", "aupdate_or_create")


def overwriting(module: Module) -> list[str]:
    return [module.at(call) for call in calls(module.tree) if is_overwriting(call)]


def raw_rewriting(module: Module) -> list[str]:
    return [
        module.at(node)
        for node in nodes(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and REWRITES.match(node.value)
    ]


def test_nothing_kept_is_deleted() -> None:
    assert not [place for module in modules() if not allowed(module, MAY_DELETE) for place in deletions(module)]


def test_nothing_kept_is_overwritten() -> None:
    assert not [place for module in modules() if not allowed(module, MAY_OVERWRITE) for place in overwriting(module)]


def test_no_sql_rewrites_rows() -> None:
    kernel = {"homeround.kernel": "triggers, seals and tokens are written in SQL"}
    assert not [place for module in modules() if not allowed(module, kernel) for place in raw_rewriting(module)]


def test_only_actions_and_their_corrections_end_rows() -> None:
    """An end and `stands` change in actions, never in a page, a query, a command or a job."""
    found = [
        module.at(call)
        for module in modules()
        if module.part not in ("actions", "corrections")
        for call in calls(module.tree)
        if is_update_of_rows(call) and columns(call) & (ENDS | STANDS)
    ]
    assert not found


def test_only_corrections_turn_stands() -> None:
    """`stands` changes inside `with correcting():` only."""
    found = []
    for module in modules():
        inside = {
            id(call)
            for node in nodes(module.tree)
            if isinstance(node, ast.With)
            and any(isinstance(i.context_expr, ast.Call) and called(i.context_expr) == "correcting" for i in node.items)
            for call in calls(node)
        }
        found += [
            module.at(call)
            for call in calls(module.tree)
            if is_update_of_rows(call) and columns(call) & STANDS and id(call) not in inside
        ]
    assert not found


def test_saving_a_row_has_no_side_effects() -> None:
    """No business flow in `save`, `delete` or signals: whoever reads an action sees all that it does."""
    found = [
        module.at(function)
        for module in modules()
        for function in functions(module.tree)
        if function.name in ("save", "delete", "save_base") and module.part == "models"
    ]
    signals = re.compile(r"^(django\.dispatch|django\.db\.models\.signals|django\.core\.signals)")
    for module in modules():
        if module.name.startswith("homeround.kernel"):
            continue  # the triggers stand up again after a migration, and each connection learns who acts
        found += [
            module.at(node)
            for node in nodes(module.tree)
            if isinstance(node, ast.ImportFrom) and signals.match(node.module or "")
        ]
    assert not found


WHOM = {"resident", "resident_id"}
FOLLOWS = {
    field.name
    for model in apps.get_models()
    if issubclass(model, Kept)
    for field in model._meta.concrete_fields
    if field.related_model is model
}
"""Keys of kept rows to the row before them: `moved_from`, `passed_from`."""


def copied_by_hand(module: Module) -> list[str]:
    """A new row that follows another of its table (`moved_from=first`) and takes a column from it by name."""
    found = []
    for call in calls(module.tree):
        if method(call) == "create":
            given = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
            follows = {value.id for name, value in given.items() if name in FOLLOWS and isinstance(value, ast.Name)}
            taken = [
                name
                for name, value in given.items()
                if name not in WHOM and isinstance(value, ast.Attribute) and ast.unparse(value.value) in follows
            ]
            found += [module.at(call)] if taken else []
    return found


def test_no_row_is_copied_column_by_column() -> None:
    """A column that comes later would be lost when an entry is moved or passed on."""
    assert not [place for module in modules() for place in copied_by_hand(module)], "said_again(row, ...)"


def test_what_copies_by_hand_would_be_found() -> None:
    text = "Row.objects.create(words=first.words, moved_from=first)\nRow.objects.create(**said_again(first))"
    module = Module(modules()[0].path, "homeround.ehch.made_up.actions", text, ast.parse(text))
    assert [place.rsplit(":")[-1] for place in copied_by_hand(module)] == ["1"]


REWRITING = """\
rows.filter(pk=1).delete()
rows.filter(pk=1).update(happened_at=at)
rows.filter(pk=1).update(ended_at=at, ended_how='moved', happened_at=at)
rows.update(**values)
row.save()
rows.bulk_update(many, ['stands'])
cursor.execute('UPDATE residents_stay SET stands = 0')
rows.filter(pk=1).update(ended_at=at, ended_how='moved')
rows.filter(pk=1).update(**ended(by=by, at=at, how='moved'))
row.save(force_insert=True)
digest.update(b'bytes')
"""


def test_what_rewrites_would_be_found() -> None:
    module = Module(modules()[0].path, "homeround.ehch.made_up.actions", REWRITING, ast.parse(REWRITING))
    lines = {place.rsplit(":")[-1] for place in (*deletions(module), *overwriting(module), *raw_rewriting(module))}
    assert lines == set("1234567")
