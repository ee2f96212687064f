"""
From the outline of an agreement to its clauses: what each heading, list, table and paragraph comes to.

The rules stand in ``docs/how-to/bring-an-agreement.md``. What none of them places is kept aside, and nothing is made up:
an owner, a date or an intention comes of words of the source, or not at all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final, final

from attrs import evolve

from alliancekit.intake._draft import Draft, Heading
from alliancekit.intake._members import GIVEN, Members
from alliancekit.intake._outline import Block
from alliancekit.intake._people import People, Person, is_each, is_members
from alliancekit.intake._sayings import is_question, names_in, split_label, split_person, split_question
from alliancekit.intake._shape import LEAD
from alliancekit.intake._tables import Tables
from alliancekit.intake._under import Under, element_of, is_label, role_of, topic_in, topic_of
from alliancekit.intake._vocabulary import lexicon

__all__ = ["Clauses"]

_PROSE: Final = frozenset({"paragraph", "code"})
_LISTED: Final = frozenset({"item", "row"})
_NO_TEXT: Final = frozenset({"html", "definition", "rule", "front-matter", "code", "data"})
_STRUCK: Final = re.compile(r"[\s>]*(?:(?:[-+*]|\d+[.)])\s+)?~~[^~]+~~[.\s]*")
_ONLY_LINK: Final = re.compile(r"!?\[[^\]]*\]\([^)\s]*(?: \"[^\"]*\")?\)|https?://\S+")
_BLANKS: Final = re.compile(r"[\W_]*|[<\[({].*[>\])}]")
_CONDUCT: Final = {"values", "atmosphere", "success", "rules", "commitments", "expectations", "concerns"}


@final
class Clauses:
    """One reading of an agreement: it walks the outline, and tells a draft what it finds."""

    def __init__(self, draft: Draft, people: People) -> None:
        self._draft = draft
        self._people = people
        self._members = Members(draft, self._statements)
        self._tables = Tables(draft, people, self._members)

    def read(self, blocks: Sequence[Block], title: Block | None) -> None:
        """Read *blocks*, of which *title* is the title."""
        listed = [
            one
            for top in blocks
            for one in top.walk()
            if one.kind in _LISTED or (one.kind == "heading" and one is not title)
        ]
        for block in blocks:
            if block is title:
                has_sections = any(one.kind == "heading" for one in block.children)
                under = Under().titled(block.text, has_sections=has_sections)
                self._title(block.children, under, has_more=bool(listed))
        rest = [one for one in blocks if one is not title]
        self._title(rest, Under(), has_more=bool(listed)) if title is None else self._several(rest, Under())

    def _title(self, blocks: Sequence[Block], under: Under, *, has_more: bool) -> None:
        """Read what stands below the title: what comes before the first heading or list introduces it."""
        start = next((n for n, one in enumerate(blocks) if one.kind not in _NO_TEXT | {"paragraph"}), len(blocks))
        start = start if has_more else 0
        first, rest = blocks[:start], blocks[start:]
        for block in first:
            if block.kind in _NO_TEXT or not self._special(block, under, None):
                self._draft.keep(block, _KINDS.get(block.kind, "it introduces the agreement"))
        self._several(rest, under)

    def _several(self, blocks: Sequence[Block], under: Under, heading: Heading | None = None) -> None:
        tables: dict[int, list[Block]] = defaultdict(list)
        for block in blocks:
            if block.kind == "row":
                tables[block.group].append(block)
        unticked = _unticked(blocks)
        bare = _bare_rules(blocks)
        for number, block in enumerate(blocks):
            if block.kind == "row":
                if rows := tables.pop(block.group, []):
                    self._tables.read(rows, under, heading)
            elif block.kind == "heading":
                self._section(block, under, heading, is_rule=block.line in bare)
            elif block.kind == "item" and block.checked is False and block.group in unticked:
                self._draft.keep(block, "its box is not ticked, and others are")
            elif block.kind == "paragraph" and _introduces(blocks[number:], under):
                if not self._special(block, under, heading):
                    self._draft.keep(block, "it introduces the list below it")
            else:
                self._statement(block, under, heading)

    def _section(self, block: Block, under: Under, above: Heading | None, *, is_rule: bool) -> None:
        person = self._person_headed(block, under)
        role = role_of(block.text)
        if person:
            self._members.section(block, person, above)
        elif block.children and (pair := self._people.expecting(block.text)):
            inner = under.expected(*pair)
            self._several(block.children, inner, self._draft.heading(block, above, about=_about(inner)))
        elif role in {"signatures", "goals"}:
            self._draft.keep(block, _ASIDE[role])
        elif not block.children:
            if is_rule and not (role or is_question(block.text)):
                self._clause(block.text, block, under, above)
            elif not self._special(block, under, above):
                why = "a question without an answer" if is_question(block.text) else "nothing stands below it"
                self._draft.keep(block, why)
        elif _is_rule(block):
            self._headed_clause(block, under.below(block.text), above)
        else:
            self._filled(block, under, above)

    def _filled(self, block: Block, under: Under, above: Heading | None) -> None:
        inner = under.below(block.text)
        named = self._people.within(block.text) if inner.role in {"commitments", "concerns"} else []
        inner = evolve(inner, by=named[0].id if len(named) == 1 else inner.by)
        heading = self._draft.heading(block, above, about=_about(inner))
        if inner.role == "intention":
            self._aim(block.children, inner, heading)
        elif not inner.role and inner.is_label and all(map(_is_plain, block.children)):
            first, *more = block.children
            text = "\n\n".join(_text(one) for one in block.children)
            self._clause(text, evolve(first, children=(*first.children, *more)), inner, heading)
        else:
            self._several(block.children, inner, heading)

    def _headed_clause(self, block: Block, under: Under, above: Heading | None) -> None:
        text = "\n\n".join([block.text, *map(_text, block.children)])
        self._draft.note(block.line, block.text, "a heading with paragraphs below it is one clause")
        self._clause(text, block, under, above)

    def _person_headed(self, block: Block, under: Under) -> Person | None:
        name, pronouns, _ = split_person(block.text)
        person = self._people.called(name)
        whole = person and (
            name.casefold() == person.name.casefold() or under.role == "members" or pronouns or under.each
        )
        return person if whole or (person and " " not in name) else None

    def _aim(self, blocks: Sequence[Block], under: Under, heading: Heading) -> None:
        """Read what stands below a heading like "Purpose"."""
        said = [one for one in blocks if one.kind in {"paragraph", "item"} and not _unusable(one)]
        first = said[0] if said and (said[0].kind == "paragraph" or len(said) == 1) else None
        for block in blocks:
            if block is first:
                self._draft.intend(_joined(block), block, heading)
            elif block.kind == "heading":
                self._section(block, under, heading, is_rule=False)
            elif not first and block.kind == "item":
                self._draft.keep(block, "several aims, and none of them is the first")
            else:
                self._draft.keep(block, "the intention is the first paragraph; this is the rest")

    def _statements(self, blocks: Iterable[Block], under: Under, heading: Heading | None) -> None:
        self._several(list(blocks), under, heading)

    def _statement(self, block: Block, under: Under, heading: Heading | None) -> None:
        """Read an item or a paragraph."""
        if block.kind in _NO_TEXT:
            self._draft.keep(block, _KINDS.get(block.kind, ""))
        elif why := _unusable(block):
            self._draft.keep(block, why)
        elif not self._special(block, under, heading):
            question, answer = split_question(block.text)
            if question:
                self._answered(block, question, answer, under, heading)
            elif block.children and _is_section(block):
                self._filled(evolve(block, text=block.text), under, heading)
            else:
                self._clause(_joined(block), block, under, heading)

    def _answered(self, block: Block, question: str, answer: str, under: Under, heading: Heading | None) -> None:
        inner = under.asked(question)
        if answer:
            text = _joined(evolve(block, text=answer))
            self._clause(text, block, inner, heading, question=question)
        elif block.children:
            self._several(block.children, inner, self._draft.heading(block, heading))
        else:
            self._draft.keep(block, "a question without an answer")

    def _special(self, block: Block, under: Under, heading: Heading | None) -> bool:
        """Read what a label, or a name before a colon, makes something else than a rule; return whether it was that."""
        label, rest = split_label(block.text)
        if not label:
            return self._alone(block, under, heading)
        role = role_of(label) if len(label.split()) <= 4 else ""
        if role == "signatures":
            self._draft.keep(block, _ASIDE[role])
        elif is_members(label) and self._all_known(rest):
            self._members.place(names_in(rest), self._people, block, self._draft.heading(block, heading))
            self._several(block.children, under, heading)
        elif under.field == "role" and (named := self._people.named(rest)) and not self._people.called(label):
            return not block.children and self._members.in_role(named, label, block, heading)
        elif role == "intention" and rest and not block.children:
            self._draft.intend(rest, block, self._draft.heading(block, heading))
        elif under.role in GIVEN and rest and (givers := self._people.before_colon(label)):
            self._members.given(under.role, rest, block, givers, heading)
        elif under.role not in GIVEN and (person := self._people.called(split_person(label)[0])):
            return self._members.item(block, person, rest, under, heading)
        else:
            return False
        return True

    def _alone(self, block: Block, under: Under, heading: Heading | None) -> bool:
        if under.role == "members" or under.each:
            name, _, rest = split_person(block.text)
            if self._all_known(block.text) and not block.children:
                self._listed(block, heading)
                return True
            if person := self._people.called(name):
                return self._members.item(block, person, rest, under, heading)
            if under.role == "members" and block.kind != "heading":
                self._draft.keep(block, "it stands with the members, and names none")
                return True
        names = names_in(block.text)
        if len(names) > 1 and self._all_known(block.text) and not block.children:
            self._listed(block, heading)
            return True
        if role_of(block.text) == "signatures" and len(block.text.split()) <= 4:
            self._draft.keep(block, _ASIDE["signatures"])
            return True
        return False

    def _listed(self, block: Block, heading: Heading | None) -> None:
        names = names_in(block.text)
        over = self._draft.heading(block, heading) if len(names) > 1 else heading
        self._members.place(names, self._people, block, over)

    def _all_known(self, text: str) -> bool:
        names = names_in(text)
        return bool(names) and all(self._people.called(split_person(one)[0]) for one in names)

    def _clause(self, text: str, block: Block, under: Under, heading: Heading | None, question: str = "") -> None:
        for one in block.walk():
            if one.kind == "data":
                self._draft.keep(one, _KINDS["data"])
        known_by = _known_by(block)
        if question:
            self._draft.note(block.line, question, "a question: the clause is the answer, and the question goes along")
        if known_by:
            text = _joined(evolve(block, children=[one for one in block.children if one is not known_by[0]]))
        element = under.role if under.by else element_of(under.role)
        label = split_label(text)[0]
        topic = topic_of(question) or topic_of(label) or under.topic or topic_in(text)
        rest: dict[str, Any] = {
            "known_by": known_by[1] if known_by else None,
            "extra": {"x-question": question} if question else None,
        }
        if element == "ground_rules":
            rest["topic"] = topic
        elif under.by:
            rest |= {"by": (under.by,), "of": (under.of,) if under.of else None}
        if id := self._draft.add(element, text, block, heading, **rest):
            if known_by:
                self._draft.heading(known_by[0], heading).hold(id)
            self._explain(text, block, under, element)

    def _explain(self, text: str, block: Block, under: Under, element: str) -> None:
        note = self._draft.note
        if block.kind == "item" and block.children:
            note(block.line, block.text, "what stands indented below it belongs to it: one clause")
        if under.role in GIVEN and element == "ground_rules":
            note(
                block.line,
                block.text,
                f"nobody is named who gives it, so it is a ground rule and none of the {under.role}",
            )
        if lexicon("words").has("review", text):
            note(block.line, block.text, "speaks of a review; it stays text: write cadence.review yourself")
        if block.checked is not None:
            note(block.line, block.text, "the box before it is left out")


_ASIDE: Final = {
    "signatures": "a signature is no ratification: each member says yes to what the file says",
    "goals": "goals, links and the like have no place in an alliance",
}
_KINDS: Final = {
    "html": "HTML is kept as it stands",
    "code": "code is kept as it stands",
    "definition": "it gives the address of a link",
    "data": "it says something about the document, or is no text",
    "front-matter": "it stands before the document",
}


def _about(under: Under) -> str:
    if under.role and under.role != "rules":
        return (
            f"stands over the {under.role}" if under.role in {"members", "intention"} else f"stands over {under.role}"
        )
    return f"stands over ground rules about {under.topic}" if under.topic else "stands over ground rules"


def _is_plain(block: Block) -> bool:
    return block.kind in _PROSE and not split_question(block.text)[0]


def _text(block: Block) -> str:
    return block.raw if block.kind == "code" else block.text


def _joined(block: Block) -> str:
    """Return the words of *block* with what stands below it, one line for each."""
    return "\n".join([block.text, *_lines(block.children, "")]).strip()


def _lines(blocks: Iterable[Block], indent: str) -> Iterable[str]:
    for block in blocks:
        if block.kind in {"rule", "data"}:
            continue
        mark = (f"{block.number}. " if block.number is not None else "- ") if block.kind == "item" else ""
        box = "" if block.checked is None else "[x] " if block.checked else "[ ] "
        yield f"{indent}{mark}{box}{_text(block)}"
        yield from _lines(block.children, f"{indent}  ")


def _unusable(block: Block) -> str:
    """Return why the words of *block* are no clause, or an empty text."""
    text = block.text
    if not text and not block.children:
        return "nothing stands there"
    if _STRUCK.fullmatch(block.raw):
        return "it is struck out"
    if _ONLY_LINK.fullmatch(text):
        return "a link and nothing else"
    if text and (_BLANKS.fullmatch(text) or lexicon("words").is_one("unfilled", text)):
        return "a blank that nobody has filled in"
    return ""


def _unticked(blocks: Sequence[Block]) -> set[int]:
    """Return the lists in which some boxes are ticked and some are not."""
    boxes: dict[int, set[bool]] = defaultdict(set)
    for block in blocks:
        if block.checked is not None:
            boxes[block.group].add(block.checked)
    return {group for group, found in boxes.items() if len(found) == 2}


def _bare_rules(blocks: Sequence[Block]) -> set[int]:
    """Return the lines of headings with nothing below them that are rules: there are several of them."""
    bare = [one for one in blocks if one.kind == "heading" and not one.children and not role_of(one.text)]
    stated = [one for one in bare if not is_label(one.text)]
    siblings = [one for one in blocks if one.kind == "heading" and one.children and _is_rule(one)]
    return {one.line for one in stated} if len(stated) + len(siblings) > 1 else set()


def _is_rule(block: Block) -> bool:
    """Return whether a heading and its paragraphs are one rule: "Keep it short", and why below it."""
    if block.level >= LEAD or role_of(block.text) or is_question(block.text) or is_each(block.text):
        return False
    return not is_label(block.text) and all(one.kind in _PROSE for one in block.children)


def _introduces(blocks: Sequence[Block], under: Under) -> bool:
    """Return whether the first of *blocks* is a paragraph that only introduces the list after it."""
    after = next((one for one in blocks[1:] if one.kind != "paragraph"), None)
    return under.role in _CONDUCT and not under.topic and after is not None and after.kind in _LISTED


def _is_section(block: Block) -> bool:
    """Return whether the items below *block* are clauses of their own: it only names what they are about."""
    label, rest = split_label(block.text)
    name = label if label and not rest else block.text
    if is_question(block.text):
        return True
    known = bool(role_of(name) or topic_of(name)) or is_each(name)
    return (len(name.split()) <= 4 and known) or bool(label and not rest and len(name.split()) <= 2)


def _known_by(block: Block) -> tuple[Block, str] | None:
    """Return what stands below *block* and says how one would know, with those words."""
    for child in block.children:
        label, rest = split_label(child.text)
        if label and rest and not child.children and lexicon("words").has("known_by", label):
            return child, rest
    return None
