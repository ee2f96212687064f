"""
Writing a changed value into the text it came from, and touching nothing else.

The old value and the new one are compared part by part; the smallest part that differs is replaced where it stands.
Afterwards the text is read again: what does not say exactly the new value is refused, never reformatted.

What happens to comments: a comment goes only with the entry whose own lines it stands in, that is, at the end of one
of its lines, between them, or directly below them and indented further than the entry. A comment above an entry, or
at its own indentation below it, stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, final

from alliancekit.documents._brackets import changed_flow
from alliancekit.documents._differ import first_difference, steps
from alliancekit.documents._reading import Format, examine_tree
from alliancekit.documents._tree import Node, Tree
from alliancekit.documents._writer import block_lines, checked, inline_text, is_exact_literal, literal_lines
from alliancekit.errors import DocumentError, EditRefusedError
from alliancekit.limits import LIMITS, Limits
from alliancekit.typing import Json
from alliancekit.values import is_list, is_mapping, is_same, pointer_of

__all__ = ["splice"]

_BOM: Final = "\ufeff"
_REST: Final = re.compile(r"[ \t]*(#[^\r\n]*)?(?=\r?\n|\Z)")
_HEADER: Final = re.compile(r"[|>][-+0-9]*([ \t]+#[^\r\n]*)?")


def splice(text: str, new_value: Json, *, format: Format, limits: Limits = LIMITS) -> str:  # noqa: A002 - as in `dumps`
    """
    Return *text* changed so that it says *new_value*, with every other line as it was.

    Comments, order, quoting, line ends, the byte order mark and a missing last line feed are kept; an equal value
    gives the identical text.

    Args:
        text: A sound document.
        new_value: Plain data that it shall say.
        format: How it is written.
        limits: As it was read with.

    Raises:
        DocumentError: If *text* is not sound.
        EditRefusedError: If the change cannot be written without harm to the rest.
        InvalidValueError: If *new_value* holds what a document may not.

    .. versionadded:: 0.1
    """
    new = checked(new_value)
    mark, body = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
    tree = examine_tree(body, format=format, limits=limits)
    if tree.findings:
        raise DocumentError(tree.findings)
    if is_same(tree.value, new):
        return text
    for candidate in _candidates(body, tree, new, format, limits):
        again = examine_tree(candidate, format=format, limits=limits)
        if again.findings and again.findings[0].rule == "limit":
            raise EditRefusedError("", f"it would pass a limit: {again.findings[0].message}")
        if not again.findings and is_same(again.value, new):
            return mark + candidate
    raise EditRefusedError(
        first_difference(tree.value, new), "its style leaves no exact place for the new value; edit it by hand"
    )


def _candidates(body: str, tree: Tree, new: Any, format: Format, limits: Limits) -> Iterator[str]:  # noqa: A002 - as above
    """Yield texts that may say *new*, the best first."""
    is_json = format == "json"
    assert tree.root is not None
    if is_json or body.endswith("\n"):
        yield _Edits(body, is_json=is_json).apply(tree.root, new)
        return
    # Edits count in whole lines, so the last one gets its end, and loses it again where the value allows.
    ending = _line_break(body)
    yield _Edits(body + ending, is_json=False).apply(tree.root, new).removesuffix(ending)
    # A block text at the end of the file says something else once its last line has an end.
    whole = examine_tree(body + ending, format=format, limits=limits).root
    assert whole is not None
    result = _Edits(body + ending, is_json=False).apply(whole, new)
    yield from (result.removesuffix(ending), result)


def _line_break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


@final
class _Edits:
    """Replacements in one text, gathered and made from the last to the first."""

    def __init__(self, text: str, *, is_json: bool) -> None:
        self.text = text
        self.is_json = is_json
        self.line_break = _line_break(text)
        self.edits: list[tuple[int, int, int, str]] = []

    def apply(self, root: Node, new: Any) -> str:
        """Return the text with *root* changed to say *new*."""
        if type(root.value) is not type(new) or not self._descend(root, new):
            self._replace_root(root, new)
        text = self.text
        for start, end, _, replacement in sorted(self.edits, reverse=True):
            text = text[:start] + replacement + text[end:]
        return text

    def _edit(self, start: int, end: int, replacement: str) -> None:
        self.edits.append((start, end, len(self.edits), replacement))

    def _replace_root(self, root: Node, new: Any) -> None:
        if self.is_json or root.style == "flow" or not (is_mapping(new) or is_list(new)):
            self._edit(root.start, root.end, changed_flow(self.text, root, new, is_json=self.is_json))
        else:
            self._edit(self._bol(root.start), self._eol(root.end), self.line_break.join(_split(block_lines(new, 0))))

    # Where lines begin and end.

    def _bol(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _eol(self, at: int) -> int:
        """Return the end of the line that *at* is in, before its line break."""
        end = self.text.find("\n", at)
        if end < 0:
            return len(self.text)
        return end - 1 if end > at and self.text[end - 1] == "\r" else end

    def _below(self, at: int) -> int:
        """Return the begin of the line below the one that *at* is in."""
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end + 1

    def _column(self, at: int) -> int:
        return at - self._bol(at)

    def _leads(self, at: int) -> bool:
        """Return whether nothing but spaces stands before *at* on its line."""
        return not self.text[self._bol(at) : at].strip(" ")

    def _bottom(self, end: int, column: int) -> int:
        """Return the begin of the line below an entry at *column* that ends at *end*, its own comments included."""
        bottom = here = self._below(end)
        while here < len(self.text):
            line = self.text[here : self._eol(here)]
            if line.strip(" \t"):
                if not line.lstrip(" ").startswith("#") or len(line) - len(line.lstrip(" ")) <= column:
                    break
                bottom = self._below(here)
            here = self._below(here)
        return bottom

    # Going down to what differs.

    def _descend(self, node: Node, new: Any) -> bool:
        """Change *node* into *new* of the same type; return False if it must be replaced as a whole."""
        if is_same(node.value, new):
            return True
        if node.style == "flow":
            if not node.items or not new:
                return False
            self._edit(node.start, node.end, changed_flow(self.text, node, new, is_json=self.is_json))
            return True
        if node.items is None or not new:
            return False
        if node.keys is not None:
            self._change_mapping(node, new)
        else:
            self._change_list(node, new)
        return True

    def _change(self, node: Node, new: Any, column: int, mark: int) -> None:
        """
        Change one value in block style.

        Args:
            node: The old value.
            new: The new one.
            column: Where its entry begins: its key or its dash.
            mark: The place after its colon or its dash.
        """
        if type(node.value) is type(new) and self._descend(node, new):
            return
        is_block_text = node.style in ("|", ">")
        if isinstance(new, str) and is_block_text and self._change_block_text(node, new, column):
            return
        if new and (is_mapping(new) or is_list(new)):
            self._put_collection(node, new, column, mark)
        else:
            self._put_inline(node, new, column, mark)

    # One value.

    def _put_inline(self, node: Node, new: Any, column: int, mark: int) -> None:
        rest = _REST.match(self.text, self._tail(node))
        if isinstance(new, str) and is_exact_literal(new) and rest is not None and not self._comment_in_header(node):
            return self._put_literal(node, new, column, mark)
        text = self._restyled(node, new, column)
        if node.style == "block":
            below = self.text.find("\n", mark, node.start)
            if below < 0:
                self._edit(mark, self._eol(node.end), f" {text}")
            else:
                self._edit(mark, mark, f" {text}")
                self._edit(self._bol(node.start), self._bottom(node.end, column), "")
            return None
        if node.style in ("|", ">"):
            header = _HEADER.match(self.text, node.start)
            self._edit(node.start, node.end, text + ((header and header[1]) or ""))
        else:
            self._edit(node.start, node.end, text if node.start > mark else f" {text}")
        return None

    def _tail(self, node: Node) -> int:
        return node.end if node.style != "block" else self._eol(node.end)

    def _comment_in_header(self, node: Node) -> bool:
        if node.style == "block":
            return True
        if node.style in ("|", ">"):
            header = _HEADER.match(self.text, node.start)
            return bool(header and header[1])
        rest = _REST.match(self.text, node.end)
        return bool(rest and rest[1])

    def _put_literal(self, node: Node, new: str, column: int, mark: int) -> None:
        text = self.line_break.join(
            ["|" if new.endswith("\n") else "|-", *self._indented(literal_lines(new, 0), column + 2)]
        )
        self._edit(node.start, node.end, text if node.start > mark else f" {text}")

    def _indented(self, lines: Iterable[str], column: int) -> list[str]:
        return [" " * column + line if line else "" for line in lines]

    def _change_block_text(self, node: Node, new: str, column: int) -> bool:
        """Write *new* into a block text: its style, indentation and the comment in its header stay."""
        header = _HEADER.match(self.text, node.start)
        if header is None or not new.strip() or not is_exact_literal(new if "\n" in new else f"{new}\n"):
            return False
        chomp = "" if new.endswith("\n") else "-"
        lines = new.removesuffix("\n").split("\n")
        style = node.style
        if style == ">":
            if any(line.startswith((" ", "\t")) for line in lines):
                style = "|"
            else:
                # In a folded text a line break is a blank line.
                lines = [part for i, line in enumerate(lines) for part in (([""] if i and line else []) + [line])]
        indent = self._body_indent(node, header.end(), column)
        body = self.line_break.join(self._indented(lines, indent))
        self._edit(node.start, node.end, f"{style}{chomp}{header[1] or ''}{self.line_break}{body}")
        return True

    def _body_indent(self, node: Node, at: int, column: int) -> int:
        for line in self.text[at : node.end].splitlines():
            if line.strip():
                return max(len(line) - len(line.lstrip(" ")), column + 1)
        return column + 2

    def _restyled(self, node: Node, new: Any, column: int) -> str:
        """Return *new* in the quotes that the old text had, where it can stand in them."""
        text = inline_text(new, (column + 2) // 2)
        if isinstance(new, str):
            if node.style == "'" and new.isprintable() and len(new) < 200:
                return "'" + new.replace("'", "''") + "'"
            if node.style in ("'", '"') and not text.startswith('"'):
                return f'"{text}"'
        return text.replace("\n", self.line_break)

    def _put_collection(self, node: Node, new: Any, column: int, mark: int) -> None:
        """Put a block collection in the place of *node*."""
        is_item = self.text[mark - 1 : mark] == "-"
        lines = _split(block_lines(new, 0))
        if node.style == "block":
            # The dashes of a list may stand below its key; the keys of a mapping may not.
            start = self._column(node.start)
            start = start if start > column else column + 2
            first, *rest = self._indented(lines, start)
            if self._leads(node.start):
                self._edit(self._bol(node.start), self._eol(node.end), self.line_break.join([first, *rest]))
            else:
                self._edit(node.start, self._eol(node.end), self.line_break.join([first.lstrip(" "), *rest]))
            return
        body = self._indented(lines, column + 2)
        rest_of_line = _REST.match(self.text, node.end)
        comment = (rest_of_line and rest_of_line[1]) or ""
        if node.style in ("|", ">"):
            header = _HEADER.match(self.text, node.start)
            comment = ((header and header[1]) or "").strip()
        if is_item and not comment and "\n" not in self.text[mark : node.start]:
            self._edit(mark, self._eol(node.end), self.line_break.join([" " + body[0].lstrip(" "), *body[1:]]))
        elif "\n" in self.text[mark : node.start]:
            self._edit(
                node.start,
                self._eol(node.end),
                self.line_break.join([*([comment] if comment else []), *body]).lstrip(" "),
            )
        else:
            head = f" {comment}" if comment else ""
            self._edit(mark, self._eol(node.end), self.line_break.join([head, *body]))

    # Mappings.

    def _change_mapping(self, node: Node, new: dict[str, Any]) -> None:
        assert node.keys is not None and node.items is not None  # noqa: PT018 - it is a mapping
        column = self._column(node.keys[0].start)
        gone: list[int] = []
        for i, (key, item) in enumerate(zip(node.keys, node.items, strict=True)):
            if key.value in new:
                self._change(item, new[key.value], column, self._after_colon(key))
            else:
                gone.append(i)
        starts = [self._key_start(key) for key in node.keys]
        added = {key: value for key, value in new.items() if key not in node.value}
        self._remove(gone, starts, [item.end for item in node.items], column)
        self._append(node, starts, added, column)

    def _key_start(self, key: Node) -> int:
        """Return where the entry of *key* begins: at its question mark, if it has one."""
        before = re.search(r"\?[ ]+\Z", self.text[self._bol(key.start) : key.start])
        return key.start if before is None else self._bol(key.start) + before.start()

    def _after_colon(self, key: Node) -> int:
        found = re.compile(r"(?:[ \t]*+(?:#[^\n]*)?\r?\n)*+[ \t]*:").match(self.text, key.end)
        if found is None:
            raise EditRefusedError(pointer_of(str(key.value)), "its colon was not found; edit it by hand")
        return found.end()

    def _append(self, node: Node, starts: Sequence[int], added: dict[str, Any], column: int) -> None:
        if not added:
            return
        lines = _split(block_lines(added, 0))
        self._insert(lines, starts, node, column, len(starts))

    def _insert(self, lines: list[str], starts: Sequence[int], node: Node, column: int, index: int) -> None:
        """Insert *lines* before entry *index*, after the own lines of the one before it."""
        assert node.items is not None
        if index == 0:
            body = self._indented(lines, column)
            text = "".join(f"{line}{self.line_break}" for line in body)
            self._edit(starts[0], starts[0], text.lstrip(" ") + " " * column)
            return
        below = self._bottom(node.items[index - 1].end, column)
        text = "".join(f"{line}{self.line_break}" for line in self._indented(lines, column))
        self._edit(below, below, text)

    def _remove(self, gone: list[int], starts: Sequence[int], ends: list[int], column: int) -> None:
        """Remove the entries *gone*, each with its own lines; at least one entry stays or is added."""
        for i in gone:
            bottom = self._bottom(ends[i], column)
            if self._leads(starts[i]):
                self._edit(self._bol(starts[i]), bottom, "")
            else:
                self._remove_first(i, gone, starts, bottom)

    def _remove_first(self, i: int, gone: list[int], starts: Sequence[int], bottom: int) -> None:
        """Remove an entry that shares its line with the dash before it: the next one moves up, if it can."""
        follower = next((k for k in range(i + 1, len(starts)) if k not in gone), None)
        if follower is None or self.text[bottom : starts[i + 1]].strip():
            # The dash stays alone on its line; the entries below it keep their indentation.
            end = bottom - len(self.line_break)
            self._edit(len(self.text[: starts[i]].rstrip(" ")), max(end, starts[i]), "")
            return
        if follower == i + 1:
            self._edit(starts[i], starts[i + 1], "")
        else:
            end = bottom - len(self.line_break)
            self._edit(len(self.text[: starts[i]].rstrip(" ")), max(end, starts[i]), "")

    # Lists.

    def _change_list(self, node: Node, new: list[Any]) -> None:
        assert node.items is not None
        column = self._column(node.dashes[0])
        gone: list[int] = []
        for kind, low, high, new_low, new_high in steps(node.value, new):
            if kind == "equal":
                continue
            both = min(high - low, new_high - new_low)
            for k in range(both):
                self._change(node.items[low + k], new[new_low + k], column, node.dashes[low + k] + 1)
            gone += range(low + both, high)
            extra = new[new_low + both : new_high]
            if extra:
                self._insert(_split(block_lines(extra, 0)), node.dashes, node, column, low + both)
        self._remove(
            gone,
            node.dashes,
            [max(item.end, dash + 1) for item, dash in zip(node.items, node.dashes, strict=True)],
            column,
        )


def _split(lines: list[str]) -> list[str]:
    return "\n".join(lines).split("\n")
