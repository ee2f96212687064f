"""Changing a collection in brackets or braces: JSON, and YAML in flow style."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final, final

from alliancekit.documents._differ import steps
from alliancekit.documents._tree import Node
from alliancekit.documents._writer import flow_text
from alliancekit.values import is_list, is_mapping, is_same

__all__ = ["changed_flow"]

_COMMA: Final = re.compile(r"\s*,")
_REST_OF_LINE: Final = re.compile(r"[ \t]*(?:#[^\n]*)?\r?\n")


def changed_flow(text: str, node: Node, new: Any, *, is_json: bool) -> str:
    """Return the text of *node* changed to say *new*; what lies between its entries stays as it is."""
    return _Brackets(text, is_json=is_json).changed(node, new)


@final
class _Brackets:
    """Writes collections of one text; everything it returns goes into the place of a node."""

    def __init__(self, text: str, *, is_json: bool) -> None:
        self.text = text
        self.is_json = is_json
        self.line_break = "\r\n" if "\r\n" in text else "\n"

    def changed(self, node: Node, new: Any) -> str:
        if is_same(node.value, new):
            return self.text[node.start : node.end]
        if is_mapping(new) and node.keys is not None and new and node.items:
            return self._join(node, list(self._mapping(node, new)))
        if is_list(new) and node.keys is None and new and node.items:
            return self._join(node, list(self._list(node, new)))
        return self._written(node, new)

    def _written(self, node: Node, new: Any) -> str:
        if self.is_json:
            return self._json(new, self._indent(node.start))
        if isinstance(new, str) and node.style in ("'", '"') and not (text := flow_text(new)).startswith('"'):
            return f"{node.style}{text.replace(chr(39), chr(39) * 2) if node.style == chr(39) else text}{node.style}"
        return flow_text(new)

    def _json(self, value: Any, indent: str, *, is_compact: bool = False) -> str:
        if is_compact or not (is_mapping(value) or is_list(value)):
            return json.dumps(value, ensure_ascii=False, allow_nan=False)
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2)
        return text.replace("\n", self.line_break + indent)

    def _indent(self, at: int) -> str:
        line = self.text[self.text.rfind("\n", 0, at) + 1 : at]
        return line[: len(line) - len(line.lstrip(" \t"))]

    def _mapping(self, node: Node, new: dict[str, Any]) -> Iterator[tuple[int | None, str]]:
        """Yield the entries that there shall be: the place they had (None for new ones) and their text."""
        assert node.keys is not None
        assert node.items is not None
        for i, (key, item) in enumerate(zip(node.keys, node.items, strict=True)):
            if key.value in new:
                same = is_same(item.value, new[key.value])
                between = self.text[self._start(node, i) : item.start]
                if not same and item.start == item.end and not self.is_json:
                    between = f"{between.rstrip()}{'' if between.rstrip().endswith(':') else ':'} "
                yield i, between + self.changed(item, new[key.value])
        for name, value in new.items():
            if name not in node.value:
                yield None, self._entry(node, name, value)

    def _entry(self, node: Node, key: str, value: Any) -> str:
        if not self.is_json:
            return flow_text({key: value})[1:-1]
        indent = self._indent(node.items[-1].start if node.items else node.start)
        written = self._json(value, indent, is_compact=not self._is_open(node))
        return f"{json.dumps(key, ensure_ascii=False)}: {written}"

    def _is_open(self, node: Node) -> bool:
        """Return whether its first entry stands on a line below the bracket."""
        return bool(node.items) and "\n" in self.text[node.start : self._start(node, 0)]

    def _list(self, node: Node, new: list[Any]) -> Iterator[tuple[int | None, str]]:
        assert node.items is not None
        done = 0
        for _, low, high, new_low, new_high in steps(node.value, new):
            for i in range(done, low):
                yield i, self.text[node.items[i].start : node.items[i].end]
            done = high
            for k in range(new_high - new_low):
                if low + k < high:
                    yield low + k, self.changed(node.items[low + k], new[new_low + k])
                elif self.is_json:
                    indent = self._indent(node.items[-1].start)
                    yield None, self._json(new[new_low + k], indent, is_compact=not self._is_open(node))
                else:
                    yield None, flow_text(new[new_low + k])
        for i in range(done, len(node.items)):
            yield i, self.text[node.items[i].start : node.items[i].end]

    def _start(self, node: Node, i: int) -> int:
        assert node.items is not None
        if node.keys is None:
            return node.items[i].start
        start = node.keys[i].start
        above = node.items[i - 1].end if i else node.start
        before = re.search(r"\?\s+\Z", self.text[above:start])
        return start if before is None else above + before.start()

    def _join(self, node: Node, entries: list[tuple[int | None, str]]) -> str:
        """Return *node* with *entries* in place of its own."""
        assert node.items is not None
        starts = [self._start(node, i) for i in range(len(node.items))]
        gaps = [self.text[node.start : starts[0]]]
        gaps += [self.text[item.end : start] for item, start in zip(node.items, starts[1:], strict=False)]
        tail = self.text[node.items[-1].end : node.end]
        if any("#" in gap for gap in (*gaps, tail)):
            return self._commented(node, starts, entries)
        result = ""
        for i, text in entries:
            if not result:
                gap = gaps[0]
            elif i:
                gap = gaps[i]
            else:
                gap = gaps[-1] if len(gaps) > 1 else "," + (gaps[0][1:] if "\n" in gaps[0] else " ")
            result += gap + text
        return result + tail

    # Where there are comments, entries come and go in place; a comma may stay behind the last one.

    def _commented(self, node: Node, starts: list[int], entries: list[tuple[int | None, str]]) -> str:
        assert node.items is not None
        ends = [item.end for item in node.items]
        stays = {i: text for i, text in entries if i is not None}
        edits: list[tuple[int, int, str]] = []
        for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
            edits.append((start, end, stays[i]) if i in stays else (*self._own(node, start, end), ""))
        before: list[str] = []
        for place, text in entries:
            if place is None:
                before.append(text)
            elif before:
                edits.append(self._insertion(starts[place], before))
                before = []
        if before:
            edits += self._addition(node, starts, before)
        result = self.text
        for start, end, text in sorted(edits, key=lambda edit: edit[:2], reverse=True):
            result = result[:start] + text + result[end:]
        return result[node.start : len(result) - (len(self.text) - node.end)]

    def _own(self, node: Node, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of a removed entry: with its comma, and with its whole lines where they are its own."""
        comma = _COMMA.match(self.text, end)
        end = comma.end() if comma else end
        line = self.text.rfind("\n", 0, start) + 1
        rest = _REST_OF_LINE.match(self.text, end)
        if rest is not None and line > node.start and not self.text[line:start].strip():
            return line, rest.end()
        return start, end

    def _insertion(self, start: int, texts: list[str]) -> tuple[int, int, str]:
        """Return the edit that puts *texts* before the entry at *start*."""
        line = self.text.rfind("\n", 0, start) + 1
        pad = self.text[line:start]
        gap = " " if pad.strip() else f"{self.line_break}{pad}"
        return start, start, "".join(f"{text},{gap}" for text in texts)

    def _addition(self, node: Node, starts: list[int], texts: list[str]) -> list[tuple[int, int, str]]:
        """Return the edits that put *texts* after the last entry."""
        assert node.items is not None
        end = node.items[-1].end
        comma = _COMMA.match(self.text, end)
        line = self.text.rfind("\n", 0, starts[-1]) + 1
        pad = self.text[line : starts[-1]]
        rest = _REST_OF_LINE.match(self.text, comma.end() if comma else end)
        if rest is None or pad.strip():
            at = comma.end() if comma else end
            added = ", ".join(texts)
            return [(at, at, f" {added}," if comma else f", {added}")]
        added = "".join(f"{pad}{text},{self.line_break}" for text in texts)
        return [*([] if comma else [(end, end, ",")]), (rest.end(), rest.end(), added)]
