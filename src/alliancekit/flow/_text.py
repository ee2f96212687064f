"""A view as plain text: for a terminal, a log of one's own, a message."""

from __future__ import annotations

from collections.abc import Iterator

from alliancekit.flow._answers import chosen_of, note_of
from alliancekit.flow._view import Given, OnTable, Said, Task, View
from alliancekit.typing import Json
from alliancekit.values import FrozenMap

__all__ = ["as_text", "value_text"]


def as_text(view: View) -> str:
    """Return *view* as plain text."""
    return "\n".join(_lines(view)).strip() + "\n"


def _lines(view: View) -> Iterator[str]:
    yield f"{view.title}: {view.progress.done} of {view.progress.total} answered"
    for shown in view.revealed:
        yield from ("", shown.title or shown.step)
        yield from (_given(one) for one in shown.answers)
    open_items = [one for one in view.table if one.outcome == "open"]
    if open_items:
        yield from ("", "On the table")
        yield from (_on_table(one) for one in open_items)
    for item in view.items:
        yield ""
        yield item.text if isinstance(item, Said) else _task(item)
    if view.waiting:
        yield from ("", view.waiting)
    if view.is_done:
        yield from ("", "Everything is done.")


def _given(one: Given) -> str:
    late = " (late)" if one.is_late else ""
    return f"  {one.by or 'together'}{late}, {one.prompt}: {value_text(one.value)}"


def _on_table(one: OnTable) -> str:
    said = "".join(f"; {who}: {response}" for who, response in one.responses.items())
    reasons = "".join(f"\n    {who} objects: {reason}" for who, reason in one.objections.items())
    return f"  {one.id} ({one.element}, version {one.version} of {one.rounds}): {one.text}{said}{reasons}"


def _task(task: Task) -> str:
    match task.kind:
        case "answer":
            return f"? {task.text}"
        case "respond":
            return f"? {task.about}: {task.text} ({', '.join(task.may)})"
        case "submit" if task.elements:
            return f"? Propose something ({', '.join(task.elements)}), or say that you have nothing more: {task.step}"
        case _:
            return f"? {task.kind}: {task.step}"


def value_text(value: Json) -> str:
    """Return an answer in words, on one line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, FrozenMap):
        note = note_of(value)
        return ", ".join(chosen_of(value)) + (f" ({note})" if note else "")
    if isinstance(value, tuple):
        return "; ".join(
            str(one.get("text", one.get("purpose", "…"))) if isinstance(one, FrozenMap) else str(one) for one in value
        )
    return str(value)
