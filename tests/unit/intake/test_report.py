"""What an import says beside its result."""

from alliancekit.intake import Kept, Note
from alliancekit.intake._report import aside


def test_what_was_kept_fits_into_a_document() -> None:
    """Each part with its line, and one that is too long for one text in several entries."""
    kept = [Kept(3, 4, "a\nb"), Kept(9, 9, "c" * 10_001, pointer="/d")]
    assert aside(kept) == {
        "x-kept": [
            {"line": 3, "text": "a\nb"},
            {"line": 9, "pointer": "/d", "text": "c" * 10_000},
            {"line": 9, "pointer": "/d", "text": "c"},
        ]
    }
    assert aside([]) == {}


def test_a_note_says_line_part_and_rule() -> None:
    """As one line for people."""
    assert str(Note(2, "the heading", "is the title")) == "line 2: the heading: is the title"
