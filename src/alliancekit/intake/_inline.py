"""What a reader reads of a line of Markdown: emphasis without its marks, links and pictures whole, code with its ticks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["Reader", "one_line", "reader"]

# A longer text is no clause and no question, and to look for pairs in it would take long: it is read as it stands.
_MOST: Final = 20_000
_MOST_MARKS: Final = 500
_MARKS: Final = re.compile(r"[\[\]*_`<~&!\\]")
# They change how words look, and say nothing themselves.
_LOOKS: Final = re.compile(r"</?(?:b|i|u|s|em|strong|small|sub|sup|mark|span|center|p|div|font)\s*/?>", re.IGNORECASE)
_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
# Scripts without spaces between words: where a line of them goes on, nothing stands between its words.
_WIDE: Final = "[\u2e80-\u312f\u3190-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]"
_WRAPPED: Final = re.compile(rf"(?<={_WIDE})[ \t]*\n[ \t]*(?={_WIDE})")
_SPACE: Final = re.compile(r"\s+")

Reader = Callable[[str], str]
"""The reading text of the source of inline Markdown."""


def reader(environment: Mapping[str, Any]) -> Reader:
    """
    Return what reads inline Markdown; the package for it must be there.

    Args:
        environment: What the blocks of the document defined: the addresses that links name.
    """
    from markdown_it import MarkdownIt

    class Verbatim(MarkdownIt):
        # An address is encoded for HTML there; a person reads it as it was written.
        def normalizeLink(self, url: str) -> str:  # noqa: N802 - its name there
            return url

        def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - its name there
            return link

    markdown = Verbatim("commonmark").enable("strikethrough")
    references = dict(environment)

    def read(source: str) -> str:
        marks = len(_MARKS.findall(source[: _MOST + 1]))
        if len(source) > _MOST or marks > _MOST_MARKS or not marks:
            return one_line(source)
        return one_line("".join(_text(one.children or []) for one in markdown.parseInline(source, references)))

    return read


def one_line(text: str) -> str:
    """Return *text* on one line, every run of space a single one; what was broken on purpose is one text all the same."""
    return _SPACE.sub(" ", _WRAPPED.sub("", text)).strip()


def _text(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    opened: list[int] = []
    for token in tokens:
        if token.type == "link_open":
            opened.append(len(parts))
        if token.type != "link_close":
            parts.append(_part(token))
        elif opened:
            _close(parts, opened.pop())
    return "".join(parts)


def _part(token: Token) -> str:
    match token.type:
        case "softbreak" | "hardbreak":
            return "\n"
        case "code_inline":
            ticks = token.markup or "`"
            return f"{ticks}{token.content}{ticks}"
        case "html_inline":
            return " " if _BREAK.fullmatch(token.content) else _LOOKS.sub("", token.content)
        case "image":
            return f"![{_text(token.children or [])}]({_target(token, 'src')})"
        case "link_open":
            return "\0" if token.info == "auto" else f"\0{_target(token, 'href')}"
        case _:
            return token.content  # of emphasis it is empty


def _target(token: Token, name: str) -> str:
    target, title = str(token.attrGet(name) or ""), token.attrGet("title")
    return f'{target} "{title}"' if title else target


def _close(parts: list[str], start: int) -> None:
    """Write the link that began at *start*; an address that stands for itself is only that."""
    target, label = parts[start][1:], "".join(parts[start + 1 :])
    parts[start:] = [f"[{label}]({target})" if target else label]
