"""What a YAML parser's complaint means, in words that say what to do."""

from __future__ import annotations

from typing import Final

from alliancekit.documents._notes import Notes
from alliancekit.documents._slips import find_slip
from alliancekit.documents._tree import Node

__all__ = ["explain_syntax"]

IN_FLOW: Final = (
    "inside { } a comma ends a value and a colon begins one: put the value in quotes, "
    "or write each entry on a line of its own"
)

# The first part that is found in the parser's problem decides.
_PROBLEMS: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "mapping values are not allowed here",
        "a colon stands where no value can begin",
        "put the value in quotes if the colon is part of it; else check the indentation",
    ),
    (
        "could not find expected ':'",
        "a key without a colon",
        "write a colon and a space after the key, or indent the line",
    ),
    ("found unexpected end of stream", "a quoted text is not closed", "close the quote"),
    (
        "found unexpected document separator",
        "a quoted text is not closed before the end of the document",
        "close the quote",
    ),
    (
        "found unknown escape character",
        "a backslash before a character that has no escape",
        "write two backslashes, or put the text in single quotes",
    ),
    (
        "expected escape sequence of",
        "an escape that is not complete",
        r"write \x with two hexadecimal digits, \u with four, or \U with eight",
    ),
    (
        "sequence entries are not allowed here",
        "a list entry stands where none can begin",
        "put the dash on a line of its own, below its key",
    ),
    ("mapping keys are not allowed here", "a key stands where none can begin", "check the indentation"),
    (
        "expected <block end>, but found '-'",
        "a list entry stands at another indentation than the entries beside it",
        "give all entries the same indentation",
    ),
    (
        "expected <block end>",
        "this line does not fit what is above it",
        "give it the indentation of its neighbours; put a text in quotes that begins with a quote, a bracket or a brace",
    ),
    ("expected ',' or '}'", "the braces are not closed here, and no comma follows", IN_FLOW),
    (
        "expected ',' or ']'",
        "the brackets are not closed here, and no comma follows",
        "close the bracket, or put the entry in quotes",
    ),
    ("expected chomping or indentation", "something stands behind | or >", "begin the text on the next line"),
    ("expected a comment or a line break", "something stands where the line should end", "move it to the next line"),
    (
        "more indented follow up",
        "lines of spaces stand above the first line of this text",
        "delete the spaces on the empty lines",
    ),
    ("indentation indicator", "the number behind | or > cannot be an indentation", "leave it out"),
    ("non-comment content after document end", "something stands behind the end of the document", "delete it"),
    ("undefined tag handle", "a tag", "delete it"),
    ("expected the node content", "a value was expected here", "write one, or put it in quotes"),
    ("found unexpected ':'", "a colon stands where no value can begin", IN_FLOW),
)
# Complaints about what is not supported at all.
_UNSUPPORTED: Final = (
    ("while scanning a tag", "a tag"),
    ("while parsing a tag", "a tag"),
    ("tag handle", "a tag"),
    ("while scanning an alias", "an alias"),
    ("while scanning an anchor", "an anchor"),
    ("<document start>", "a second document"),
)


def explain_syntax(notes: Notes, error: Exception, at: int, *, in_flow: Node | None) -> None:
    """
    Note what *error* of the parser means.

    Args:
        notes: Where to.
        error: Anything that the parser raised.
        at: How far reading had come, for errors that do not say where.
        in_flow: The innermost open collection in brackets, if there is one.
    """
    problem, context = (str(getattr(error, part, None) or "") for part in ("problem", "context"))
    offset = _offset(notes.text, error, at)
    end = min(offset + 1, len(notes.text))
    for part, what in _UNSUPPORTED:
        if part in context or part in problem:
            notes.note(
                "unsupported-yaml", f"{what} is not supported, and this one is broken", offset, end, hint="delete it"
            )
            return
    if (slip := find_slip(notes.text, problem, offset, _context(notes.text, error))) is not None:
        notes.note("syntax", slip.message, slip.start, slip.end, hint=slip.hint)
        return
    message, hint = _meaning(notes.text, offset, problem)
    if in_flow is not None and in_flow.keys is not None:
        hint = IN_FLOW
        message = message if "braces" in message else f"the braces are broken here: {message}"
    notes.note("syntax", message, offset, end, hint=hint)


def _offset(text: str, error: Exception, at: int) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return min(getattr(mark, "index", at), len(text))


def _context(text: str, error: Exception) -> int | None:
    index = getattr(getattr(error, "context_mark", None), "index", None)
    return None if index is None else min(index, len(text))


def _meaning(text: str, offset: int, problem: str) -> tuple[str, str]:
    line = text[text.rfind("\n", 0, offset) + 1 : offset + 1]
    if "\t" in line[: len(line) - len(line.lstrip())] or text[offset : offset + 1] == "\t":
        where = "where a space is expected" if line.strip() else "where the indentation is"
        return f"a tab stands {where}", "use spaces; a tab may stand only inside a text"
    if "cannot start any token" in problem:
        return f"a value cannot begin with {text[offset : offset + 1]!r}", "put the value in quotes"
    for part, message, hint in _PROBLEMS:
        if part in problem:
            return message, hint
    return "this cannot be read as YAML", "put texts with unusual characters in quotes"
