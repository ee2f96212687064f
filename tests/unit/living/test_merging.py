import pytest

from alliancekit import Alliance, dumps, loads
from alliancekit.errors import DocumentError
from alliancekit.living import merge_texts
from tests.unit.cli.terminal import ALLIANCE

SOON = ("the same day", "within the hour")


def edited(*pairs: tuple[str, str], text: str = ALLIANCE) -> str:
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def merged(ours: str, theirs: str, base: str = ALLIANCE) -> str:
    """Return the text of a clean merge, which is the same from both sides."""
    found = merge_texts(base, ours, theirs)
    assert found.is_clean, found.reasons
    assert found.alliance == loads(found.text, Alliance)
    assert merge_texts(base, theirs, ours).alliance == found.alliance
    return found.text


class TestClean:
    def test_a_comment_in_the_line_that_the_other_changed(self) -> None:
        """The new words get the comment that stood behind the old ones."""
        ours = edited(("    to: [ana]", "    to: [ana] # her"))
        assert "    to: [ana, ben] # her\n" in merged(ours, edited(("to: [ana]", "to: [ana, ben]")))

    def test_another_indentation(self) -> None:
        """Where one side indents an element in another way, what the other adds to it is indented so too."""
        old = "  ana:\n    name: Ana Silva\n  ben:\n    name: Ben Osei\n"
        wide = "    ana:\n        name: Ana Silva\n    ben:\n        name: Ben Osei\n"
        theirs = edited(("Ben Osei\n", "Ben Osei\n    # at night\n    timezone: Europe/Lisbon\n"))
        text = merged(edited((old, wide)), theirs)
        assert wide.removesuffix("        name: Ben Osei\n") in text
        assert "      # at night\n" in text

    def test_an_element_on_both_sides(self) -> None:
        """A new element is there once, with the clauses and comments of both."""
        ours, theirs = (
            f"{ALLIANCE}# {one}\nvalues:\n  {one}:\n    text: {one}\n  # below {one}\n" for one in ("a", "b")
        )
        text = merged(ours, theirs)
        assert text == f"{ALLIANCE}# a\n# b\nvalues:\n  a:\n    text: a\n  b:\n    text: b\n  # below a\n  # below b\n"

    def test_two_comments_behind_one_key(self) -> None:
        """Of two comments behind the key of an element, the second goes above it."""
        ours, theirs = (edited(("commitments:\n", f"commitments: # {one}\n")) for one in ("a", "b"))
        assert "# b\ncommitments: # a\n" in merged(ours, theirs)

    def test_brackets_and_lines(self) -> None:
        """An element that one side put into brackets is merged too."""
        ours = edited(
            (
                "members:\n  ana:\n    name: Ana Silva\n  ben:\n    name: Ben Osei\n",
                "members: {ana: {name: Ana Silva}, ben: {name: Ben Osei}}\n",
            )
        )
        assert "members: {ana: {name: Ana Silva}, ben: {name: Ben O.}}\n" in merged(
            ours, edited(("Ben Osei", "Ben O."))
        )

    def test_the_whole_document_in_brackets(self) -> None:
        """So is a document that has no lines of its own for anything."""
        text = dumps(loads(ALLIANCE), format="json")
        found = merge_texts(text, text.replace(*SOON), text.replace("Ben Osei", "Ben O."), format="yaml")
        assert found.text == text.replace(*SOON).replace("Ben Osei", "Ben O.")

    def test_habits(self) -> None:
        """Line ends, the byte order mark and the last line end are those of the side that changed them."""
        theirs = "\ufeff" + edited(("Ben Osei", "Ben O.")).replace("\n", "\r\n").rstrip()
        text = merge_texts(ALLIANCE, edited(SOON), theirs).text
        assert text == "\ufeff" + edited(SOON, ("Ben Osei", "Ben O.")).replace("\n", "\r\n").rstrip()

    def test_a_block_at_the_end(self) -> None:
        """A text that is the last line and has no end keeps saying the same when something comes below it."""
        base = f"{ALLIANCE}intention: |\n  Ship it."
        base = base.replace("intention: Ship hard things together without burning out.\n", "")
        text = merge_texts(base, f"{base}\nx-a: 1\n".replace("|", "|-"), base.replace("Ben Osei", "Ben O."))
        assert text.is_clean
        assert text.alliance is not None
        assert text.alliance.intention == "Ship it."

    def test_a_block_that_only_its_end_changes(self) -> None:
        """A text that has the same lines as before, and says something else since they end, is not called unchanged."""
        head = ALLIANCE.replace("intention: Ship hard things together without burning out.\n", "")
        base, theirs = f"{head}intention: |\n  Ship it.", f"{head}intention: Ship it."
        found = merge_texts(base, f"{base}\nx-a: 1\n", theirs)
        assert found.is_clean
        assert found.alliance is not None
        assert found.alliance.intention == loads(found.text, Alliance).intention == "Ship it.\n"

    def test_the_last_clause_of_each(self) -> None:
        """An element of which each side took away what the other kept is gone."""
        two = f"{ALLIANCE}values:\n  a:\n    text: a\n  b:\n    text: b\n"
        one, other = (two.replace(f"  {name}:\n    text: {name}\n", "") for name in "ab")
        assert merged(one, other, two) == ALLIANCE

    def test_free_keys(self) -> None:
        """Free keys are merged each for itself, wherever they stand."""
        ours = edited(("members:\n", "x-a: [1, 2]\nmembers:\n  x-note: {b: 1}\n"))
        text = merged(ours, f"{ALLIANCE}x-b: true\n")
        assert text == f"{ours}x-b: true\n"


class TestConflicts:
    def test_an_element_that_would_be_empty(self) -> None:
        """Where no clause is sure to stay, the key of the element is in the conflict too."""
        concerns = ALLIANCE[ALLIANCE.index("concerns:") : ALLIANCE.index("commitments:")]
        found = merge_texts(ALLIANCE, edited((concerns, "")), edited(("one more meeting", "two")))
        assert f"<<<<<<< ours\n=======\n{concerns.replace('one more meeting', 'two')}>>>>>>> theirs\n" in found.text

    def test_a_comment_in_what_the_other_took_away(self) -> None:
        """It is not lost: both are kept, though the values do not differ."""
        concerns = ALLIANCE[ALLIANCE.index("concerns:") : ALLIANCE.index("commitments:")]
        found = merge_texts(
            ALLIANCE,
            edited((concerns, "")),
            edited(("    by: [ben]\n    text: This", "    by: [ben] # me\n    text: This")),
        )
        assert (found.is_clean, found.conflicts) == (False, ())
        assert "concerns: overload: one side took it away" in found.reasons[0]
        assert "# me" in found.text

    def test_a_comment_around_clauses_that_are_gone(self) -> None:
        """So is one behind the key of an element whose clauses are all gone."""
        two = f"{ALLIANCE}values:\n  a:\n    text: a\n  b:\n    text: b\n"
        one, other = (two.replace(f"  {name}:\n    text: {name}\n", "") for name in "ab")
        one = one.replace("values:", "values: # why")
        found = merge_texts(two, one, other)
        assert not found.is_clean
        assert "values: its clauses are gone, and its comments are not" in found.reasons

    def test_in_brackets(self) -> None:
        """A conflict in an element on one line has the whole element twice, each with what is clean."""
        base = f"{ALLIANCE}values: {{a: {{text: a}}, b: {{text: b}}}}\n"
        found = merge_texts(
            base,
            base.replace("text: a}", "text: o}"),
            base.replace("text: a}", "text: t}").replace("text: b", "text: c"),
        )
        assert (
            "<<<<<<< ours\nvalues: {a: {text: o}, b: {text: c}}\n=======\nvalues: {a: {text: t}, b: {text: c}}\n"
            in found.text
        )
        assert "not written clause by clause" in found.reasons[0]

    def test_markers_that_are_there_already(self) -> None:
        """Where a side has markers already, ours are longer, so that each half can be found again."""
        left = edited(("title: Ana and Ben\n", "<<<<<<< a\ntitle: A\n=======\ntitle: B\n>>>>>>> b\n"))
        found = merge_texts(ALLIANCE, left, edited(SOON))
        assert "ours cannot be read" in found.reasons[0]
        assert ("<<<<<<<< ours\n" in found.text, "\n========\n" in found.text, ">>>>>>>> theirs\n" in found.text) == (
            True,
        ) * 3

    def test_another_kind_of_document(self) -> None:
        """What is no alliance is kept as it is, beside the other."""
        found = merge_texts(ALLIANCE, edited(SOON), "alliancekit: check-in/1\n")
        assert "theirs cannot be read" in found.reasons[0]
        assert "alliancekit: check-in/1\n>>>>>>> theirs\n" in found.text
        assert not merge_texts("alliancekit: bank/1\n", edited(SOON), ALLIANCE).is_clean

    def test_an_empty_side(self) -> None:
        """A file of which nothing is left is no alliance."""
        found = merge_texts(ALLIANCE, edited(SOON), "")
        assert "theirs cannot be read" in found.reasons[0]
        assert not found.is_clean

    def test_labels_cannot_break_lines(self) -> None:
        """The name of a side is one line, whatever is in it."""
        found = merge_texts(ALLIANCE, edited(("the same", "that")), edited(SOON), names=("a\nb\x1b", "\n"))
        assert ("<<<<<<< a b\n" in found.text, ">>>>>>> theirs\n" in found.text) == (True, True)


def test_sessions() -> None:
    """A session is refused without a word of what it holds."""
    with pytest.raises(DocumentError, match="private") as caught:
        merge_texts("", '{"alliancekit": "session/1", "id": "secret"}', ALLIANCE)
    assert "secret" not in str(caught.value)


def test_long_files() -> None:
    """Thousands of clauses are merged as few are."""
    rules = "".join(f"  r{i}:\n    text: Rule {i}.   # why {i}\n" for i in range(1_000))
    base = f"{ALLIANCE}ground_rules:\n{rules}"
    theirs = edited(("Rule 500.", "Rule 500, now."), text=base)
    assert merge_texts(base, edited(SOON, text=base), theirs).text == edited(SOON, text=theirs)
