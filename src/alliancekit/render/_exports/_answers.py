"""From what SurveyJS collected back to requests: the names and shapes that `to_surveyjs` gave are the only ones known here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from alliancekit.errors import UnknownNameError, require
from alliancekit.flow import Answer, Task, View
from alliancekit.model import ChoiceAnswer, ChoicesAnswer, ClausesAnswer
from alliancekit.render._exports._form import SHARE, question_name
from alliancekit.values import is_list

__all__ = ["answers_from_surveyjs"]

_NOTE: Final = "-Comment"  # SurveyJS's own name for what stands in the comment area of a question


def answers_from_surveyjs(view: View, data: Mapping[str, Any], *, at: datetime) -> tuple[Answer, ...]:
    """
    Return the requests that give the answers in *data*, for `Session.send`, which says what does not suit.

    Args:
        view: The view of which `to_surveyjs` made the survey.
        data: What SurveyJS collected: the ``data`` of its model.
        at: Now.

    Raises:
        UnknownNameError: An answer has the name of no question of that survey: the member may have gone on elsewhere.
        InvalidValueError: It is no view, *data* is no mapping, or there is something in it that JSON cannot say.

    .. versionadded:: 0.1
    """
    require(view, View, "answers_from_surveyjs", "view")
    require(data, Mapping, "answers_from_surveyjs", "data")
    asked = [task for task in view.tasks if task.kind == "answer"]
    known = {name: task for task in asked for name in _names(task)}
    if stranger := next((name for name in data if name not in known), None):
        raise UnknownNameError("question", stranger, tuple(known))
    return tuple(answer for task in asked for answer in _answers(task, data, at))


def _names(task: Task) -> Iterator[str]:
    name = question_name(task.about, for_=task.for_)
    yield from (name, f"{name}{_NOTE}", f"{name}{SHARE}", *_follow_ups(task).values())


def _follow_ups(task: Task) -> dict[str, str]:
    prompts = task.prompt.follow_ups if task.prompt is not None else ()
    return {one.id: question_name(task.about, one.id, for_=task.for_) for one in prompts}


def _answers(task: Task, data: Mapping[str, Any], at: datetime) -> Iterator[Answer]:
    name = question_name(task.about, for_=task.for_)
    value = _value(task, data.get(name), data.get(f"{name}{_NOTE}"))
    if value is not None:
        yield task.answer(value, at=at, share=data.get(f"{name}{SHARE}") is True)
    for follow_up, question in _follow_ups(task).items():
        if (text := data.get(question)) is not None:
            yield task.answer(text, at=at, follow_up=follow_up)


def _value(task: Task, value: Any, note: Any) -> Any:
    kind = task.prompt and task.prompt.answer
    if isinstance(kind, ClausesAnswer) and is_list(value):
        return [entry for entry in value if entry != {}] or None  # a panel that was opened and left empty is no clause
    if note is not None and isinstance(kind, ChoiceAnswer | ChoicesAnswer):
        # Without a choice it suits nobody, and the engine says so: what was written is not passed over.
        key = "choice" if isinstance(kind, ChoiceAnswer) else "choices"
        return {"note": note} if value is None else {key: value, "note": note}
    return value
