"""Laws of reading agreements: whatever the source, nothing is lost, nothing is made up, and the draft is a document."""

import json
from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import alliancekit as ak
from alliancekit import intake
from alliancekit.errors import DocumentError
from tests.property.test_outline import TEXTS
from tests.unit.intake.laws import lost, made_up

HEADINGS = (
    *(
        "Agreement",
        "Values",
        "Purpose",
        "Members",
        "Commitments",
        "Conflict",
        "What do you each do well?",
        "Ada",
        "Goals",
    ),
    *(
        "Be kind",
        "Signed",
        "Werte",
        "メンバー",
        "Regras",
        "Ada Quill (she/her), lead",
        "Our aim is to help",
        "Concerns",
    ),
)
LINES = (
    *(
        "Ada: reads",
        "Ben: writes at night",
        "How do we decide? By vote.",
        "When do we meet?",
        "We rest.",
        "Purpose: tea",
    ),
    *(
        "Members: Ada, Ben",
        "Respect: we listen",
        "~~no~~",
        "[a](b)",
        "Signed: Ada",
        "正直：早く言う",
        "Feedback: soon",
        "TBD",
    ),
    *(
        "Rules:",
        "How we know: nobody asks",
        "1. one",
        "**Bold**",
        "Ada and Ben",
        "we revisit this every quarter",
        "`x` *y*",
    ),
)
ROWS = st.lists(
    st.sampled_from(["Name", "Role", "Rule", "Who", "By when", "Ada", "Ben", "2024-05-01", "we wait", "chat", ""]),
    min_size=1,
    max_size=4,
)
TABLES = st.lists(ROWS, min_size=1, max_size=4).map(
    lambda rows: "\n".join(
        [f"| {' | '.join(rows[0])} |", "|---" * len(rows[0]) + "|", *(f"| {' | '.join(row)} |" for row in rows[1:])]
    )
)
PARTS = (
    st.tuples(st.sampled_from(["# ", "## ", "### "]), st.sampled_from(HEADINGS)).map("".join)
    | st.tuples(
        st.sampled_from(["", "- ", "  - ", "    - ", "1. ", "- [ ] ", "- [x] ", "> "]), st.sampled_from(LINES)
    ).map("".join)
    | TABLES
)
AGREEMENTS = st.lists(st.tuples(PARTS, st.sampled_from(["\n", "\n\n"])).map("".join), max_size=14).map("".join)

TITLED = st.dictionaries(
    st.sampled_from(["title", "name", "rules", "items", "values", "owner", "since", "Ada"]),
    st.deferred(lambda: CHARTERS),
    max_size=3,
)
CHARTERS: st.SearchStrategy[Any] = st.deferred(
    lambda: st.sampled_from([*HEADINGS, *LINES, 3, None, True]) | st.lists(CHARTERS, max_size=3) | TITLED
)


@settings(max_examples=250, deadline=None)
@given(AGREEMENTS)
def test_an_agreement_loses_nothing(text: str) -> None:
    """Every word is in the draft or was kept aside, the draft has no words of its own, and it loads as it was written."""
    imported = intake.read_alliance(text)
    assert lost(text, imported) == {}
    assert made_up(text, imported) == {}
    assert ak.loads(ak.dumps(imported.alliance)) == imported.alliance


@settings(max_examples=100, deadline=None)
@given(CHARTERS)
def test_a_charter_loses_nothing(charter: Any) -> None:
    """So it is with a charter in JSON, whatever its shape."""
    text = json.dumps(charter, ensure_ascii=False)
    imported = intake.read_alliance(text, format="json")
    assert lost(text, imported, "a.json") == {}
    assert made_up(text, imported, "a.json") == {}
    assert ak.loads(ak.dumps(imported.alliance)) == imported.alliance


@settings(max_examples=150, deadline=None)
@given(TEXTS | st.binary(max_size=60))
def test_any_source_gives_a_draft_or_an_error_of_ours(source: str | bytes) -> None:
    """A draft that is a document, or one family of errors."""
    with suppress(DocumentError):
        imported = intake.read_alliance(source)
        assert ak.loads(ak.dumps(imported.alliance)) == imported.alliance


@settings(max_examples=100, deadline=None)
@given(AGREEMENTS)
def test_nobody_is_made_an_owner(text: str) -> None:
    """Whoever gives, asks or fears something is named in the source, and so is every day."""
    alliance = intake.read_alliance(text).alliance
    given_by = [*alliance.commitments.values(), *alliance.expectations.values(), *alliance.concerns.values()]
    assert all(alliance.members[name].name.split()[0] in text for one in given_by for name in one.by)
    assert all(one.due is None or one.due.isoformat() in text for one in alliance.commitments.values())
    assert not alliance.ratifications
    assert alliance.status == "draft"
