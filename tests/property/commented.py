"""Random documents as people write them, with comments everywhere, and random edits of them."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from random import Random
from typing import Any

WORDS = [
    "early",
    "No surprise",
    "it's fine",
    "10 of us",
    "a: b",
    "no",
    "10:00",
    "x # y",
    "é",
    "[odd]",
    "two  words",
    "2026-11-01",
    "-",
    "",
]
NUMBERS = [0, 1, -5, 30, 2.5, True, False]


class Scribe:
    """Writes random plain data as YAML in random styles."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.count = 0
        self.keys = 0

    def key(self) -> str:
        self.keys += 1
        return self.random.choice([f"k{self.keys}", f"k{self.keys}", f"a key {self.keys}"])

    def comment(self) -> str:
        self.count += 1
        return f"# c{self.count}."

    def maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    def end(self) -> str:
        return f"{' ' * self.random.choice([1, 2, 5])}{self.comment()}" if self.maybe(0.3) else ""

    def between(self, indent: int) -> list[str]:
        lines: list[str] = []
        while self.maybe(0.25):
            lines.append(self.random.choice([" " * indent + self.comment(), " " * indent + self.comment(), ""]))
        return lines

    def scalar(self, *, in_flow: bool = False) -> str:
        value = self.random.choice([*WORDS, *NUMBERS])
        if not isinstance(value, str):
            return json.dumps(value)
        style = self.random.choice(["plain", "'", '"'])
        if style == "plain" and value in (
            "early",
            "No surprise",
            "it's fine",
            "two  words",
            "é",
            *(() if in_flow else ("10 of us",)),
        ):
            return value
        return json.dumps(value, ensure_ascii=False) if style != "'" else "'" + value.replace("'", "''") + "'"

    def flow(self, depth: int) -> str:
        parts = [
            self.flow(depth - 1) if depth and self.maybe(0.2) else self.scalar(in_flow=True)
            for _ in range(self.random.randrange(4))
        ]
        if self.maybe(0.5):
            return "[" + ", ".join(parts) + "]"
        return "{" + ", ".join(f"{self.key()}: {part}" for part in parts) + "}"

    def tall_flow(self, indent: int) -> list[str]:
        pad = " " * (indent + 2)
        lines = [f"{pad}{self.scalar(in_flow=True)},{self.end()}" for _ in range(self.random.randrange(1, 4))]
        return [f"[{self.end()}", *lines, f"{pad}]{self.end()}"]

    def block_text(self, indent: int) -> list[str]:
        lines = [
            " " * (indent + 2) + self.random.choice(["Some words here.", "# no comment", "- more: of it"])
            for _ in range(self.random.randrange(1, 4))
        ]
        return [self.random.choice(["|", "|-", ">", ">-"]) + self.end(), *lines, *([""] if self.maybe(0.3) else [])]

    def value(self, indent: int, depth: int) -> tuple[list[str], bool]:
        """Return the lines of a value, and whether the first one stands on the line of its key."""
        kind = self.random.random()
        if depth and kind < 0.25:
            return self.mapping(indent + 2, depth - 1), False
        if depth and kind < 0.45:
            return self.items(indent + self.random.choice([0, 2]), depth - 1), False
        if kind < 0.53:
            return self.block_text(indent), True
        if kind < 0.58:
            return self.tall_flow(indent), True
        return [(self.flow(2) if kind < 0.7 else self.scalar()) + self.end()], True

    def mapping(self, indent: int, depth: int) -> list[str]:
        lines: list[str] = []
        for _ in range(self.random.randrange(1, 5)):
            lines += self.between(indent)
            body, inline = self.value(indent, depth)
            head = f"{' ' * indent}{self.key()}:"
            lines += [f"{head} {body[0]}", *body[1:]] if inline else [head + self.end(), *body]
        return lines + (self.between(indent) if self.maybe(0.3) else [])

    def items(self, indent: int, depth: int) -> list[str]:
        lines: list[str] = []
        for _ in range(self.random.randrange(1, 4)):
            lines += self.between(indent)
            if depth and self.maybe(0.35):
                body = self.mapping(indent + 2, depth - 1)
                while not body[0].strip() or body[0].lstrip().startswith("#"):
                    body.pop(0)
                lines += [f"{' ' * indent}- {body[0].lstrip()}", *body[1:]]
            else:
                body = (
                    self.block_text(indent)
                    if self.maybe(0.1)
                    else [(self.flow(1) if self.maybe(0.2) else self.scalar()) + self.end()]
                )
                lines += [f"{' ' * indent}- {body[0]}", *body[1:]]
        return lines

    def document(self) -> str:
        lines = [*self.between(0), *self.mapping(0, 4)]
        text = "\n".join(lines) + self.random.choice(["\n", "\n", "\n", ""])
        text = text if self.maybe(0.8) else text.replace("\n", "\r\n")
        return text if self.maybe(0.95) else "\ufeff" + text


@dataclass
class Edit:
    """One change: what was touched, and the value that is wanted."""

    kind: str
    path: tuple[str | int, ...]
    wanted: Any


NEW: list[Any] = [
    "fresh",
    "no",
    7,
    2.5,
    True,
    "two\nlines\n",
    "a\nb",
    ["x", "10:00"],
    {"n1": "v", "n2": ["w"]},
    [{"n3": 1, "n4": 2}],
    [],
    {},
    "x: y",
    "it's",
    " s ",
]


def places(value: Any, *path: str | int) -> list[tuple[str | int, ...]]:
    """Return the paths of every part of *value* but the whole."""
    pairs: list[tuple[str | int, Any]] = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    return [place for token, part in pairs for place in ((*path, token), *places(part, *path, token))]


def make_edit(random: Random, value: Any) -> Edit:
    """Return a random edit of *value*."""
    wanted = copy.deepcopy(value)
    path = random.choice(places(value))
    parent = wanted
    for token in path[:-1]:
        parent = parent[token]
    kind = random.choice(["set", "set", "remove", "add", "insert"])
    if kind == "set":
        parent[path[-1]] = copy.deepcopy(random.choice(NEW))
    elif kind == "remove" and len(wanted) > 1:
        del parent[path[-1]]
    elif kind == "insert" and isinstance(parent, list):
        parent.insert(path[-1], copy.deepcopy(random.choice(NEW)))
        path = path[:-1]
    else:
        kind = "add"
        parent = parent[path[-1]] if isinstance(parent[path[-1]], (dict, list)) and parent[path[-1]] else parent
        new = copy.deepcopy(random.choice(NEW))
        parent.append(new) if isinstance(parent, list) else parent.update({f"added {random.randrange(99)}": new})
    return Edit(kind, path, wanted)
