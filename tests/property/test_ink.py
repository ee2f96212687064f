"""Where a part of a text is written does not depend on how the text is written."""

from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from alliancekit.documents import examine_tree

WORD = st.text(alphabet="ab'\"\\éЖ日🙂:#-/u0nx", min_size=1, max_size=5)
BLANK = st.sampled_from([" ", "  ", "\n", "\n\n", " \n "])
# A letter that is nowhere else, so that its place can be found in both.
MARK = "QWQ"


@st.composite
def written(draw: st.DrawFn) -> str:
    """A text with the mark in it, in any style of YAML."""
    words = [*draw(st.lists(WORD, max_size=5)), f"{draw(WORD)}{MARK}{draw(WORD)}", *draw(st.lists(WORD, max_size=5))]
    text = "".join(f"{word}{draw(BLANK)}" for word in words[:-1]) + words[-1]
    style = draw(st.sampled_from(["json", "ascii", '"', "'", "|", ">-", "plain"]))
    indented = re.sub(r"[ \n]+", lambda gap: re.sub(r"\n(?! *\n)", "\n    ", gap[0]), text)
    match style:
        case "json" | "ascii":
            return json.dumps(text, ensure_ascii=style == "ascii")
        case '"':
            return '"' + indented.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case "'":
            return "'" + indented.replace("'", "''") + "'"
        case "plain":
            return f"a{indented}"
        case _:
            return f"{style}  # {MARK}\n    a{indented}"


@given(source=written())
def test_a_part_is_found(source: str) -> None:
    """Of every text that can be read the part is found, and nothing else is."""
    is_json = source.startswith('"') and "\n" not in source
    tree = examine_tree(f'{{"a": {source}}}\n' if is_json else f"a: {source}\n", format="json" if is_json else "yaml")
    if not tree.is_whole or MARK not in str(tree.value["a"]):
        return
    at = tree.value["a"].index(MARK)
    span = tree.part("/a", at, at + len(MARK))
    assert span is not None
    assert tree.text[tree.offset(span.start) : tree.offset(span.end)] == MARK
    assert tree.offset(span.start) == tree.text.rindex(MARK)
