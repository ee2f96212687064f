"""
A bank, or what one member may see, as the JSON of a survey that SurveyJS shows.

Texts are plain there: SurveyJS shows titles and descriptions as text, unless a host teaches it Markdown. It puts answers
where a text has the name of a question in braces, and no text of ours means that, so a brace is kept from being one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any, Final, TypeAlias, final

from attrs import frozen

from alliancekit.errors import InvalidValueError
from alliancekit.flow import Said, View
from alliancekit.model import (
    Bank,
    BankTranslation,
    ChoiceAnswer,
    ChoicesAnswer,
    ClausesAnswer,
    DateAnswer,
    NumberAnswer,
    PromptTranslation,
    ScaleAnswer,
    YesNoAnswer,
)
from alliancekit.render._exports._clause_fields import clause_fields
from alliancekit.render._exports._form import SHARE, SHARED, Form, Page, Question, form_of

__all__ = ["to_surveyjs"]

Words: TypeAlias = "str | dict[str, str]"
"""A text; or, where there are several, one for each language and one for ``default``."""

Others: TypeAlias = Mapping[str, PromptTranslation]

_OURS: Final = 5  # the points of a scale for which SurveyJS needs to be told nothing
# What SurveyJS itself means by these in a condition: whether a question of that name was answered, it cannot say.
_TAKEN: Final = frozenset({
    "self", "locale", "equals", "notequals", "pageno", "pagecount", "questioncount", "correctanswers", "correctedanswers",
    "correctedanswercount", "incorrectanswers", "incorrectedanswers", "incorrectedanswercount",
})  # fmt: skip
_NO_WIDTH: Final = "\u200b"
_BRACE: Final = re.compile(r"\{(?=[^{}]*\})")


def to_surveyjs(source: Bank | View, translations: Iterable[BankTranslation] = ()) -> dict[str, Any]:
    """
    Return a bank, or what one member is to answer now, as a survey for SurveyJS: plain data for `json.dumps`.

    A page for each section, or for each step; a question for each prompt, named ``prompt``, and after it one for each
    follow-up, named ``prompt_follow-up``; inside a repeat both end in ``_for_subject``. No question has to be answered.
    What a private answer is to be shared for is a question of its own, whose name ends in ``-Share``.

    Args:
        source: The bank, whole; or the view of the member who fills the form in.
        translations: The words of the bank in other languages, among which SurveyJS chooses by its ``locale``.

    Raises:
        InvalidValueError: It is neither, or a view comes with translations: it is in the member's language already.

    .. versionadded:: 0.1
    """
    form = form_of(source, "to_surveyjs")
    others = {one.language: one for one in translations}
    if others and isinstance(source, View):
        raise InvalidValueError("to_surveyjs", "translations", "go with a bank; a view is in one language already")
    return _Writer(form, others).survey()


@final
@frozen
class _Writer:
    """
    Writes one form.

    Attributes:
        form: What is asked.
        others: The words of the bank in other languages.
    """

    form: Form
    others: Mapping[str, BankTranslation]

    def survey(self) -> dict[str, Any]:
        language = self.form.language
        title = self._words(self.form.title, {one.language: one.title for one in self.others.values()})
        own = {} if language is None or _is_english(language) else {"locale": language}
        return {**own, "title": title, "pages": [self._page(page) for page in self.form.pages]}

    def _page(self, page: Page) -> dict[str, Any]:
        titles = {
            one.language: part.title for one in self.others.values() for part in one.sections if part.id == page.section
        }
        head = {"title": self._words(page.title, titles)} if page.title else {}
        elements = [
            element for number, part in enumerate(page.parts, 1) for element in self._elements(part, page, number)
        ]
        return {"name": page.name, "elements": elements, **head}

    def _elements(self, part: Said | Question, page: Page, number: int) -> Iterator[dict[str, Any]]:
        if isinstance(part, Said):
            yield {"type": "html", "name": f"{page.name}-Text{number}", "html": _as_html(part)}
            return
        prompt = part.prompt
        others = {language: one.prompts[prompt.id] for language, one in self.others.items() if prompt.id in one.prompts}
        kind = self._kind(part, others)
        head = {"type": kind.pop("type"), "name": part.name, **self._title(part, others)}
        yield {**head, **kind}
        if part.may_share:
            yield {"type": "boolean", "name": f"{part.name}{SHARE}", "title": SHARED}
        for one in prompt.follow_ups:
            asked = {language: {f.id: f.text for f in other.follow_ups} for language, other in others.items()}
            title = self._words(one.text, {language: texts.get(one.id) for language, texts in asked.items()})
            then = {} if part.name in _TAKEN else {"visibleIf": f"{{{part.name}}} notempty"}
            yield {"type": "comment", "name": part.follow_up_name(one.id), **then, "title": title}

    def _title(self, asked: Question, others: Others) -> dict[str, Any]:
        prompt = asked.prompt
        title = self._words(prompt.text, {language: one.text for language, one in others.items()})
        why = self._words(prompt.why or "", {language: one.why for language, one in others.items()})
        about = _plain(asked.about)
        description = f"{about}\n{why}".strip() if about and isinstance(why, str) else why
        return {"title": title, **({"description": description} if description else {})}

    def _kind(self, asked: Question, others: Others) -> dict[str, Any]:
        """Return the type of a question, and what only this type has."""
        match asked.prompt.answer:
            case ChoiceAnswer() | ChoicesAnswer() as choice:
                kind = "radiogroup" if isinstance(choice, ChoiceAnswer) else "checkbox"
                note = {"showCommentArea": True} if choice.note else {}
                choices = [self._choice(*one, others) for one in choice.options.items()]
                return {"type": kind, **note, **({"choices": choices} if choices else {})}
            case ScaleAnswer() as scale:
                points = {} if scale.points == _OURS else {"rateCount": scale.points, "rateMax": scale.points}
                return {"type": "rating", **points, **self._ends(scale, others)}
            case YesNoAnswer():
                return {"type": "boolean"}
            case NumberAnswer() as number:
                return {"type": "text", "inputType": "number", **self._bounds(number, others)}
            case DateAnswer():
                return {"type": "text", "inputType": "date"}
            case ClausesAnswer():
                fields = clause_fields(asked.schema)
                return {"type": "paneldynamic", **({"templateElements": fields} if fields else {})}
            case _:
                return {"type": "comment"}

    def _choice(self, name: str, label: str, others: Others) -> Any:
        text = self._words(label, {language: one.options.get(name) for language, one in others.items()})
        return name if text == name else {"value": name, "text": text}

    def _ends(self, scale: ScaleAnswer, others: Others) -> dict[str, Any]:
        low = self._words(scale.low or "", {language: one.low for language, one in others.items()})
        high = self._words(scale.high or "", {language: one.high for language, one in others.items()})
        ends = {"minRateDescription": low, "maxRateDescription": high}
        return {name: text for name, text in ends.items() if text}

    def _bounds(self, number: NumberAnswer, others: Others) -> dict[str, Any]:
        unit = self._words(number.unit or "", {language: one.unit for language, one in others.items()})
        bounds = {"min": number.least, "max": number.most, "placeholder": unit or None}
        return {name: value for name, value in bounds.items() if value is not None}

    def _words(self, text: str, others: Mapping[str, str | None]) -> Words:
        """
        Return *text*, and the same in other languages.

        English is what SurveyJS takes for its default, and shows in place of a language that a text lacks.
        """
        own = _plain(text)
        told = {language: _plain(other) for language, other in others.items() if other}
        language = self.form.language
        if language is not None and not _is_english(language) and "en" in told:
            own, told = told.pop("en"), {language: own, **told}
        differing = {name: other for name, other in told.items() if other != own}
        return {"default": own, **differing} if differing else own


def _is_english(language: str) -> bool:
    return language.lower().partition("-")[0] == "en"


def _plain(text: str) -> str:
    return _BRACE.sub(f"{{{_NO_WIDTH}", text)


def _as_html(said: Said) -> str:
    """Return what is read, for the one kind of question whose text is HTML; somebody's words are none."""
    title, *lines = [escape(_plain(line)) for line in (said.title, *said.text.split("\n"))]
    return (f"<h4>{title}</h4>" if title else "") + f"<p>{'<br>'.join(lines)}</p>"
