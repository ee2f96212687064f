"""
What a form asks, whatever it is written in: pages of questions, from a bank or from what one member may see.

A form made of a view depends on the view alone: it holds what the member is to read and answer now, and nobody's answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, final

from attrs import evolve, field, frozen

from alliancekit.errors import InvalidValueError
from alliancekit.flow import Said, Task, View, answer_schema
from alliancekit.model import Bank, Prompt
from alliancekit.render._exports._columns import loose, shelved
from alliancekit.shapes import many
from alliancekit.values import EMPTY, FrozenMap

__all__ = ["SHARE", "SHARED", "Form", "Page", "Question", "form_of", "question_name"]

SHARED: Final = "Share my answer, under my name, with the others"
"""What is asked beside a question whose author decides about sharing the answer."""

SHARE: Final = "-Share"
"""What the name of that question ends in; no id has a capital letter."""

_LOOSE: Final = "no_section"  # no id of a section has that line in it


@final
@frozen(kw_only=True, repr=False)
class Question:
    """
    A prompt in a form.

    Attributes:
        prompt: The prompt.
        for_: Inside a repeat, for which clause or member.
        subject: The same in words.
        may_share: Whether the member decides about sharing the answer.
        amendable: The clauses that an answer may change or drop.
    """

    prompt: Prompt
    for_: str | None = None
    subject: str = ""
    may_share: bool = False
    amendable: FrozenMap[str] = EMPTY

    @property
    def name(self) -> str:
        """Unique in a form."""
        return question_name(self.prompt.id, for_=self.for_)

    @property
    def about(self) -> str:
        """For whom or what it is asked, where the question itself does not say so."""
        return "" if self.subject in self.prompt.text else self.subject

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of an answer."""
        return answer_schema(self.prompt, self.amendable)

    def follow_up_name(self, follow_up: str) -> str:
        """Return what the question after it is called."""
        return question_name(self.prompt.id, follow_up, for_=self.for_)


@final
@frozen(kw_only=True, repr=False)
class Page:
    """
    A part of a form.

    Attributes:
        name: Unique in a form.
        section: The section of the bank that it is; empty elsewhere.
        title: What stands above it; empty when nothing does.
        parts: What is read and asked, in order.
    """

    name: str
    section: str = ""
    title: str = ""
    parts: tuple[Said | Question, ...] = field(default=(), converter=many)


@final
@frozen(kw_only=True, repr=False)
class Form:
    """
    What is asked, page by page.

    Attributes:
        title: What it is called.
        language: The language that it is in; None where nobody said.
        pages: Its parts, in their order.
    """

    title: str
    language: str | None = None
    pages: tuple[Page, ...] = field(default=(), converter=many)

    def questions(self) -> Iterator[Question]:
        """Yield what is asked, in order."""
        return (part for page in self.pages for part in page.parts if isinstance(part, Question))


def question_name(prompt: str, follow_up: str = "", *, for_: str | None = None) -> str:
    """Return ``prompt``, ``prompt_follow-up``, or either with ``_for_subject``; no id has that line in it, so all differ."""
    parts = [prompt, *([follow_up] if follow_up else ()), *(("for", for_) if for_ else ())]
    return "_".join(parts)


def form_of(source: Bank | View, caller: str) -> Form:
    """
    Return what *source* asks.

    Raises:
        InvalidValueError: It is neither a bank nor a view; *caller* says who was given it.
    """
    match source:
        case Bank():
            return _of_bank(source)
        case View():
            return _of_view(source)
        case _:
            raise InvalidValueError(caller, "source", f"must be a Bank or a View, not {type(source).__name__}")


def _of_bank(bank: Bank) -> Form:
    pages = [Page(name=_LOOSE, parts=[_question(bank.prompts[name]) for name in loose(bank)])]
    for section, own in shelved(bank):
        parts = [_question(bank.prompts[name]) for name in own]
        pages.append(Page(name=section.id, section=section.id, title=section.title, parts=parts))
    return Form(title=bank.title, language=bank.language, pages=[page for page in pages if page.parts])


def _question(prompt: Prompt) -> Question:
    return Question(prompt=prompt, may_share=prompt.visibility == "private")


def _of_view(view: View) -> Form:
    pages: dict[str, Page] = {}
    heard: list[Said] = []
    for item in view.items:
        if isinstance(item, Said):
            heard.append(item)
        elif item.kind == "answer":
            name = question_name(item.step, for_=item.for_)
            page = pages.get(name, Page(name=name, title=item.title))
            pages[name] = evolve(page, parts=[*page.parts, *heard, *_asked(item)])
            heard.clear()
    if heard:
        name = question_name(heard[-1].step, for_=heard[-1].for_)
        pages[name] = Page(name=name, parts=heard)
    member = view.draft.members.get(view.member)
    language = (member and member.language) or view.draft.language
    return Form(title=view.title, language=language, pages=pages.values())


def _asked(task: Task) -> Iterator[Question]:
    if task.prompt is not None:  # it is there for every answer
        yield Question(
            prompt=task.prompt,
            for_=task.for_,
            subject=task.subject,
            may_share=task.may_share,
            amendable=task.amendable,
        )
