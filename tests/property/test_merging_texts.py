"""Laws of merging texts: random edits of an agreement full of comments, on two sides."""

import json
import re
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

import pytest

from alliancekit import consent
from alliancekit.documents import comments_in, examine, examine_tree, read_tree, splice, to_plain
from alliancekit.errors import EditRefusedError
from alliancekit.living import MergedText, merge_texts
from alliancekit.living._cutting import Piece, cut
from alliancekit.living._mixing import places_of, units_in
from alliancekit.model import Alliance
from alliancekit.values import is_same

BASE = """\
# yaml-language-server: $schema=alliance-1.schema.json
alliancekit: alliance/1
id: ana-ben
kind: one-to-one   # just two
title: "Ana and Ben"
status: draft

intention: >-
  Ship hard things together
  without burning out.

# --- Who ---
members:
  ana:
    name: Ana Silva
    x-badge: 7

  # He joined later.
  ben:
    name: 'Ben Osei'
    joined: "2026-11-01"   # a Sunday
atmosphere:
  direct: {text: We say the hard thing early., known_by: "In the room, and not after it."}
expectations:
  early-warning:
    by: [ana]
    text: Tell me when a date slips.
  # Below the last one.

commitments:   # what we give
  # Ben's idea.
  flag-slips:
    by: [ben]
    # to whom
    to: [ana]
    text: |
      Say it the same day.
      # this is no comment
  plan:
    by: [ana]
    text: Send the plan on Friday.
    repeats:
      frequency: weekly
    # inside the plan
ground_rules:
    cool-off:
        topic: conflict
        text: We stop, and go on the next day.
    lunch:
        text: Lunch is at noon.
cadence:
  check_ins:
    weekly: {frequency: weekly, at: "10:00"}
    monthly:
      frequency: monthly
  # about the review
  review:
    frequency: monthly
    interval: 3
responses:
- prompt: trust
  by: ana
  # said slowly
  answer: Tell me early.
- prompt: trust
  by: ben
  answer: 4
x-tool: {colour: [red, blue]}
# the end
"""
WORDS = ("Now.", "a: b", "no", "x # y", "two\nlines", "two\nlines\n", "é", "Every day, at 10:00.", "- not a list")


def comments(text: str) -> set[str]:
    tree = examine_tree(text, format="yaml")
    return {tree.text[start:end].strip() for start, end in comments_in(tree)}


def plain(text: str, form: Any = "yaml") -> dict[str, Any]:
    return read_tree(text, format=form).value


class Editor:
    """Makes random edits, each of which leaves a sound document."""

    def __init__(self, random: Random, side: str) -> None:
        self.random = random
        self.side = side
        self.count = 0

    def edited(self, text: str, edits: int) -> str:
        for _ in range(edits):
            kind: Callable[[str], str] = self.random.choice(
                [
                    self.reword,
                    self.reword,
                    self.add,
                    self.remove,
                    self.move,
                    self.remark,
                    self.remark,
                    self.remark_end,
                    self.turn,
                    self.brackets,
                    self.looks,
                ]
            )
            new = kind(text)
            text = new if sound(new) else text
        return text

    def name(self) -> str:
        self.count += 1
        return f"{self.side}{self.count}"

    def splice(self, text: str, value: dict[str, Any]) -> str:
        try:
            return splice(text, value, format="yaml")
        except EditRefusedError:
            return text

    def element(self, value: dict[str, Any]) -> dict[str, Any]:
        held = [
            value[key]
            for key in ("members", "atmosphere", "expectations", "commitments", "ground_rules")
            if value.get(key)
        ]
        return self.random.choice([*held, value.get("cadence", {}).get("check_ins") or value["members"]])

    def reword(self, text: str) -> str:
        value = deepcopy(plain(text))
        if self.random.random() < 0.3:
            value[self.random.choice(["title", "intention"])] = self.random.choice(WORDS).strip()
            return self.splice(text, value)
        element = self.element(value)
        entry = element[self.random.choice(list(element))]
        key = self.random.choice([key for key in entry if isinstance(entry[key], str)] or ["x-more"])
        entry[key] = self.random.choice(WORDS)
        if key in ("frequency", "topic", "at", "joined"):
            entry[key] = {"frequency": "daily", "topic": "repair", "at": "11:00", "joined": "2026-12-01"}[key]
        return self.splice(text, value)

    def add(self, text: str) -> str:
        value = deepcopy(plain(text))
        new = {"text": self.random.choice(WORDS)}
        if self.random.random() < 0.3:
            value.setdefault(self.random.choice(["values", "success"]), {})[
                self.random.choice(["v1", "v2", "plan"])
            ] = new
        else:
            value.setdefault("ground_rules", {})[self.random.choice(["g1", "g2", self.name()])] = new
        return self.splice(text, value)

    def remove(self, text: str) -> str:
        value = deepcopy(plain(text))
        if self.random.random() < 0.3:
            value.pop(
                self.random.choice(["atmosphere", "expectations", "cadence", "x-tool", "responses", "status"]), None
            )
        else:
            element = self.element(value)
            del element[self.random.choice(list(element))]
        return self.splice(text, value)

    def move(self, text: str) -> str:
        value = deepcopy(plain(text))
        rules = value.get("ground_rules") or {}
        if not rules:
            return text
        name = self.random.choice(list(rules))
        value.setdefault(self.random.choice(["values", "success"]), {})[name] = {"text": rules.pop(name)["text"]}
        return self.splice(text, value)

    def remark(self, text: str) -> str:
        lines = text.split("\n")
        at = self.random.randrange(len(lines))
        indent = self.random.choice([len(lines[at]) - len(lines[at].lstrip()), 0, 2, 4])
        return "\n".join([*lines[:at], f"{' ' * indent}# {self.name()}.", *lines[at:]])

    def remark_end(self, text: str) -> str:
        lines = text.split("\n")
        at = self.random.randrange(len(lines))
        lines[at] += f" # {self.name()}."
        return "\n".join(lines)

    def turn(self, text: str) -> str:
        piece = cut(examine_tree(text, format="yaml"))
        if piece is None or piece.parts is None:
            return text
        index = self.random.randrange(len(piece.parts))
        inner = piece.parts[index].parts
        if inner is None or self.random.random() < 0.2:
            first, *rest = piece.parts
            self.random.shuffle(rest)
            return piece.above + Piece("", 0, "", "", (first, *rest), piece.below).body
        mixed = list(inner)
        self.random.shuffle(mixed)
        one = piece.parts[index]
        turned = Piece(one.key, one.column, one.above, one.text, tuple(mixed), one.below)
        return (
            piece.above
            + Piece("", 0, "", "", (*piece.parts[:index], turned, *piece.parts[index + 1 :]), piece.below).body
        )

    def brackets(self, text: str) -> str:
        key = self.random.choice(["commitments", "ground_rules", "atmosphere", "responses"])
        value = plain(text)
        if not value.get(key):
            return text
        found = re.search(rf"^{key}:.*\n(?:[ \-#].*\n|\n)*", text, re.MULTILINE)
        assert found is not None
        if comments(text[found.start() : found.end()]):
            return text
        return f"{text[: found.start()]}{key}: {json.dumps(value[key], ensure_ascii=False)}\n{text[found.end() :]}"

    def looks(self, text: str) -> str:
        return self.random.choice(
            [
                text.replace("name: Ana Silva", 'name: "Ana Silva"'),
                text.replace("\n\n", "\n"),
                text.replace("status: draft\n", ""),
            ]
        )


def sound(text: str) -> bool:
    return not examine(text, Alliance, format="yaml").findings


def dressed(random: Random, text: str) -> str:
    """Return *text* now and then with other line ends, a byte order mark, or without its last line end."""
    if random.random() < 0.2 and sound(shorter := text.removesuffix("\n")):
        text = shorter
    text = text.replace("\n", "\r\n") if random.random() < 0.15 else text
    return f"\ufeff{text}" if random.random() < 0.1 else text


def half(text: str, side: int) -> str:
    """Return *text* without its markers and one half of what is between them."""
    found: list[str] = []
    within = -1
    for line in text.splitlines(keepends=True):
        if re.match(r"<{7,} ours\r?$", line):
            within = 0
        elif within == 0 and re.match(r"={7,}\r?$", line):
            within = 1
        elif within == 1 and re.match(r">{7,} theirs\r?$", line):
            within = -1
        elif within in (-1, side):
            found.append(line)
    return "".join(found)


def value(text: str, form: Any = "yaml") -> Alliance:
    found = examine(text, Alliance, format=form)
    assert not found.findings, text
    assert found.value is not None
    return found.value


def units(alliance: Alliance) -> dict[Any, Any]:
    return {
        key: repr(sorted(map(repr, one))) if key == ("responses",) else one for key, one in units_in(to_plain(alliance))
    }


def check_laws(base: str, ours: str, theirs: str, found: MergedText, form: Any = "yaml") -> None:
    wanted = consent.merge(value(base, form) if base else None, value(ours, form), value(theirs, form))
    halves = [value(half(found.text, side), form) for side in (0, 1)]
    if found.is_clean:
        assert found.text == half(found.text, 0)
        assert is_same(to_plain(halves[0]), to_plain(wanted.alliance))
        assert found.alliance == wanted.alliance
        assert not wanted.conflicts
    else:
        assert wanted.conflicts or found.reasons
        assert re.search(r"^<{7,} ours\r?$", found.text, re.MULTILINE)
        assert examine_tree(found.text, format=form).findings
        check_units(halves, wanted, value(ours, form), value(theirs, form))
    assert found.conflicts == wanted.conflicts
    if form == "yaml":
        b, o, t = map(comments, (base, ours, theirs))
        assert (o - b) | (t - b) | (o & t) <= comments(half(found.text, 0)) | comments(half(found.text, 1))


def check_units(halves: list[Alliance], wanted: consent.Merged, ours: Alliance, theirs: Alliance) -> None:
    """Hold both halves to the merged value, or to what their side has; and each conflict to both sides."""
    one, other, mine, yours, first, second = map(units, (*halves, wanted.alliance, wanted.alternative, ours, theirs))
    for key in {*one, *other, *mine, *yours}:
        assert any(is_same(one.get(key), side.get(key)) for side in (mine, first)), key
        assert any(is_same(other.get(key), side.get(key)) for side in (yours, second)), key
    for place in places_of(wanted.conflicts):
        if place[0] != "responses":
            assert is_same(one.get(place), first.get(place))
            assert is_same(other.get(place), second.get(place))


@pytest.mark.parametrize("part", range(4))
def test_random_edits(part: int) -> None:
    """What is clean says the merged value; else each half is sound; no change and no comment of either side is lost."""
    for seed in range(part * 12, part * 12 + 12):
        random = Random(seed)
        texts = base, *_ = three(random)
        ours, theirs = texts[1:]

        found, turned = merge_texts(base, ours, theirs, format="yaml"), merge_texts(base, theirs, ours, format="yaml")

        check_laws(base, ours, theirs, found)
        check_laws(base, theirs, ours, turned)
        assert {(one.element, one.id) for one in found.conflicts} == {(one.element, one.id) for one in turned.conflicts}


def three(random: Random) -> tuple[str, str, str]:
    base = Editor(random, "b").edited(BASE, random.randrange(4))
    ours, theirs = (Editor(random, side).edited(base, random.randrange(1, 6)) for side in ("o", "t"))
    base = "" if random.random() < 0.05 else dressed(random, base)
    return base, dressed(random, ours), dressed(random, theirs)


def test_json() -> None:
    """The same holds for JSON, on many lines and on one."""
    for seed in range(20):
        random = Random(seed)
        indent = random.choice([2, 2, 2, None])
        texts = [
            json.dumps(plain(text), indent=indent, ensure_ascii=False) + "\n" if text else "" for text in three(random)
        ]
        check_laws(*texts, merge_texts(*texts, format="json"), "json")  # type: ignore[arg-type, call-arg, misc]


def test_what_only_one_side_changed_is_as_that_side_wrote_it() -> None:
    """Where the other side only wrote a comment at the top, every other line is as in the changed text."""
    for seed in range(20):
        random = Random(seed)
        ours = Editor(random, "o").edited(BASE, 4)
        if not ours.startswith(BASE[: BASE.index("id:")]):
            continue
        theirs = f"# Read this first.\n{BASE}"
        for found in (merge_texts(BASE, ours, theirs), merge_texts(BASE, theirs, ours)):
            assert found.text == f"# Read this first.\n{ours}"
