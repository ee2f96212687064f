"""What would mend a finding, and mending a text."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from alliancekit import check
from alliancekit.check import Hit, Rule, Settings, fix_text
from alliancekit.documents import loads
from alliancekit.findings import Edit, Fix, Position, Severity, Span
from alliancekit.model import Alliance
from alliancekit.values import FrozenMap
from tests.documents.base import BASE

SAFE = {
    "yaml-trap": ("    name: Ben Osei", "    name: Ben Osei\n    joined: {}", "2026-11-01", '"2026-11-01"'),
    "bad-date": ("    name: Ben Osei", "    name: Ben Osei\n    joined: {}", "2026-1-5", '"2026-01-05"'),
    "bad-date with slashes": ("    name: Ben Osei", "    name: Ben Osei\n    joined: {}", "2026/11/1", '"2026-11-01"'),
    "bad-date in quotes": ("    name: Ben Osei", "    name: Ben Osei\n    joined: {}", "'2026-1-5'", "'2026-01-05'"),
    "bad-time": ("    weekly:\n", "    weekly:\n      at: {}\n", "9:30", '"09:30"'),
    "bad-language": ("id: ana-ben", "id: ana-ben\nlanguage: {}", "en_US", "en-US"),
    "wrong-value": ("    by: [ben]", "    by: {}", "[ben, ben]", "[ben]"),
    "wrong-value in lines": ("    by: [ben]", "    by:\n{}", "      - ben\n      - ben", "      - ben"),
    "unknown-field": ("    by: [ben]", "    by: [ben]{}", "\n    id: flag-slips", ""),
    "duplicate-key": ("title: Ana and Ben", "title: Ana and Ben{}", "\ntitle: 'Ana and Ben'", ""),
    "syntax": ("title: Ana and Ben", "title: {}", "'Ana and Ben'# both", "'Ana and Ben' # both"),
    "unused-suppression": ("id: ana-ben", "id: ana-ben{}", " # alliancekit: ignore[no-steward] x", ""),
    "unused-suppression of several": (
        "expires", "expires: 2027-01-01 # alliancekit: ignore[{}] x", "no-steward, yaml-trap", "yaml-trap",
    ),
    "unused-suppression alone": ("id: ana-ben", "{}id: ana-ben", "# alliancekit: ignore[no-steward] x\n", ""),
}  # fmt: skip

UNSAFE = {
    "unknown-field": ("intention: Ship", "{}: Ship", "intension", "intention"),
    "wrong-value": ("kind: one-to-one", "kind: {}", "One-To-One", "one-to-one"),
    "wrong-value with another word": ("  review:\n    frequency: monthly", "  review:\n    frequency: {}", "annually", "yearly"),
    "wrong-value in curly quotes": ("kind: one-to-one", "kind: {}", "“one-to-one”", "one-to-one"),
    "wrong-type of a number": ("title: Ana and Ben", "title: {}", "12", '"12"'),
    "wrong-type of a text": ("    interval: 3", "    interval: {}", '"3"', "3"),
    "wrong-type of a word": ("    name: Ben Osei", "    name: Ben Osei\n    agent: {}", "yes", "true"),
    "wrong-type of one name": ("    by: [ben]", "    by: {}", "ben", "[ben]"),
    "wrong-type of two names": ("    by: [ben]", "    by: {}", "ben, ana", "[ben, ana]"),
    "wrong-type of nothing": ("    by: [ben]", "    by: [ben]{}", "\n    due:", ""),
    "bad-timezone": ("    name: Ben Osei", "    name: Ben Osei\n    timezone: {}", "europe/lisbon", "Europe/Lisbon"),
    "empty-text": ("    name: Ben Osei", "    name: Ben Osei{}", "\n    why: ''", ""),
    "unknown-member": ("    by: [ben]", "    by: [{}]", "bne", "ben"),
    "unknown-member in quotes": ("    by: [ben]", "    by: ['{}']", "bne", "ben"),
    "to-nobody": ("    by: [ben]", "    by: [ben]{}", "\n    to: []", ""),
    "self-commitment": ("    by: [ben]", "    by: [ben]{}", "\n    to: [ben]", ""),
    "unknown-document": ("alliance/1", "{}", "aliance/1", "alliance/1"),
    "unsupported-yaml": ("    by: [ben]", "    by: [ben]\n    x-scale:\n      {}: never", "1", '"1"'),
    "unknown-suppression": (
        "intention: Ship the payments platform together by June 2027.",
        "intention: TBD # alliancekit: ignore[{}] x", "placeholdr", "placeholder",
    ),
}  # fmt: skip


def written(row: tuple[str, str, str, str]) -> tuple[str, str]:
    """Return the sound alliance with a fault, and the one that it should become."""
    place, form, wrong, right = row
    base = BASE if place in BASE else BASE.replace("intention: ", f"{place}\nintention: ", 1)
    return base.replace(place, form.format(wrong), 1), base.replace(place, form.format(right), 1)


@pytest.mark.parametrize("case", SAFE)
def test_safe(case: str) -> None:
    """A safe fix is made by default; the rest of the text stays, and nothing else is found."""
    before, after = written(SAFE[case])
    rule = case.partition(" ")[0]
    assert rule in {one.rule for one in check.check_text(before)}
    done = fix_text(before)
    assert done.text == after
    assert [one.rule for one in done.fixed] == [rule]
    assert all(one.fix and one.fix.is_safe for one in done.fixed)


@pytest.mark.parametrize("case", UNSAFE)
def test_unsafe(case: str) -> None:
    """A fix that is not safe is made only where that is asked for."""
    before, after = written(UNSAFE[case])
    assert fix_text(before).text == before
    done = fix_text(before, unsafe=True)
    assert done.text == after
    assert done.fixed[0].rule == case.partition(" ")[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    by: [ben]", "    by: [bob]"),
        ("    by: [ben]", "    by: []"),
        ("    name: Ben Osei", "    name: Ben Osei\n    joined: 01.02.2026"),
        ("    name: Ben Osei", "    name: Ben Osei\n    joined: 2026-02-30"),
        ("    weekly:\n", "    weekly:\n      at: 9:5\n"),
        ("    by: [ben]", "    by: [ben]\n    id: other"),
        ("    by: [ben]", "    by: [ben]\n    by: [ana]"),
        ("    by: [ben]", "    by: [ben]\n    by: [ben] # both\n"),
        ("    by: [ben]", "    by: [bne, ben]"),
        ("    text: Say it", "    txt: again\n    text: Say it"),
        ("  flag-slips:", "  Flag_Slips:\n    by: [ana]\n    text: Sing.\n    known_by: A tune.\n  flag-slips:"),
        ("intention: Ship", "intention: TBD"),
    ],
)
def test_no_guess(old: str, new: str) -> None:
    """Where a fix would be a guess, or cost a comment, there is none."""
    text = BASE.replace(old, new, 1)
    done = fix_text(text, unsafe=True)
    assert (done.text, done.fixed) == (text, ())
    assert done.findings != ()


def test_a_clause_that_is_named_elsewhere_is_not_taken_out() -> None:
    """The second of two equal clauses stays where something names it, or where it says more."""
    again = "  flag-again:\n    by: [ben]\n    text: Say it the same day when a date moves.\n"
    text = BASE.replace("ground_rules:\n", f"{again}ground_rules:\n")
    assert fix_text(text, unsafe=True).text == BASE
    waiver = "waivers:\n  off:\n    clause: flag-again\n    members: [ben]\n    reason: On call.\n"
    assert fix_text(text + waiver, unsafe=True).fixed == ()
    assert fix_text(text.replace("ground_rules", "    due: '2027-01-01'\nground_rules"), unsafe=True).fixed == ()


def test_an_id_goes_with_what_names_it() -> None:
    """An id is written anew together with every place that names it."""
    text = BASE.replace("  ben:", "  Ben O:").replace("[ben]", "[Ben O]").replace("  ana:", "  ana:", 1)
    done = fix_text(text, unsafe=True)
    assert done.text == BASE.replace("  ben:", "  ben-o:").replace("[ben]", "[ben-o]")
    assert done.findings == ()


def test_numbers_that_readers_take_for_others() -> None:
    """A number stays a number: it is written in the way in which all read the same."""
    text = BASE.replace("interval: 3", "interval: 03")
    (found,) = check.check_text(text)
    assert found.hint == "write it as 3"
    assert fix_text(text).text == BASE


def test_names_in_keys_and_values_of_objections() -> None:
    """Of an objection the name is mended, and never what was said."""
    part = 'unresolved:\n  remote:\n    element: ground_rules\n    text: Fridays.\n    objections:\n      {}: "no"\n'
    assert fix_text(BASE + part.format("bne"), unsafe=True).text == BASE + part.format("ben")


class TestJson:
    def test_both_formats(self) -> None:
        """JSON is mended too, in its own way of writing."""
        data = {"alliancekit": "alliance/1", "id": "a", "kind": "tema", "title": 12, "members": {}}
        done = fix_text(json.dumps(data, indent=2), path="a.alliance.json", unsafe=True)
        assert done.text == json.dumps({**data, "kind": "team", "title": "12"}, indent=2)

    def test_an_entry_goes_with_its_comma(self) -> None:
        """What is taken out of braces takes its comma along, wherever it stands."""
        form = '{"alliancekit": "alliance/1", "id": "a", "commitments": {"c": %s}}'
        for wrong, right in (
            ('{"to": [], "text": "x"}', '{"text": "x"}'),
            ('{"text": "x",\n"to": []}', '{"text": "x"}'),
            ('{"text": "x", "text": "x"}', '{"text": "x"}'),
        ):
            assert fix_text(form % wrong, unsafe=True).text == form % right


class TestTexts:
    def test_line_ends_mark_and_missing_end(self) -> None:
        """Windows line ends, a byte order mark and a missing last line end stay."""
        text = BASE.replace("interval: 3\n", "interval: 03").replace("id: ana", "x-on: 10:00\nid: ana")
        text = "\ufeff" + text.replace("\n", "\r\n")
        done = fix_text(text)
        assert done.text == text.replace("10:00", '"10:00"').replace("interval: 03", "interval: 3")

    def test_the_last_line_without_an_end(self) -> None:
        """A comment on the last line is taken out with its line, and the text ends as it did."""
        done = fix_text(f"{BASE}# alliancekit: ignore[no-steward] x")
        assert done.text == BASE.removesuffix("\n")

    def test_nothing_to_do(self) -> None:
        """A sound text stays as it is, and so does one that cannot be read."""
        for text in (BASE, "a: [", "", "\ufeff"):
            done = fix_text(text)
            assert (done.text, done.is_changed, done.diff()) == (text, False, "")

    def test_a_session_is_never_touched(self) -> None:
        """A session is private, and stays as it is."""
        text = '{"alliancekit": "session/1", "alliancekit": "session/1"}'
        assert fix_text(text, path="a.session.json", unsafe=True).text == text

    def test_silenced_findings_stay(self) -> None:
        """What a comment silences is not mended."""
        text = BASE.replace("id: ana", "x-on: 10:00 # alliancekit: ignore[yaml-trap] read by us alone\nid: ana")
        assert fix_text(text).text == text

    def test_more_than_are_told(self) -> None:
        """All are mended, also where so many are there that not all are told at once."""
        text = BASE + "x-times:\n" + "  - 10:00\n" * 2_500
        done = fix_text(text)
        assert done.text == text.replace("10:00", '"10:00"')
        assert len(done.fixed) == 2_500

    def test_settings(self) -> None:
        """A rule that is switched off mends nothing."""
        text = BASE.replace("interval: 3", "interval: 03")
        assert fix_text(text, settings=Settings(severities=FrozenMap({"yaml-trap": None}))).text == text

    def test_diff(self) -> None:
        """The diff shows what was changed, in the form that `patch` takes."""
        done = fix_text("x-a: 1\nx-on: 10:00", path="a.yaml")
        no_end = "\\ No newline at end of file\n"
        hunk = '@@ -1,2 +1,2 @@\n x-a: 1\n-x-on: 10:00\n{0}+x-on: "10:00"\n{0}'
        assert done.diff() == f"--- a.yaml\n+++ a.yaml\n{hunk.format(no_end)}"

    def test_a_hint_of_the_finding(self) -> None:
        """The finding itself says what would mend it."""
        (found,) = check.check_text(BASE.replace("interval: 3", "interval: 03"))
        assert found.fix == Fix(
            message="write 3", edits=(Edit(Span(Position(48, 15), Position(48, 17)), "3"),), is_safe=True
        )


class TestVerified:
    """Rules of others may propose what does not hold; that is left out, and the finding remains."""

    @staticmethod
    def proposing(new: str, *, is_safe: bool) -> Rule:
        def find(subject: check.Subject) -> Iterator[Hit]:
            if "Ship the payments" in subject.alliance.intention:
                yield Hit(pointer="/intention", message="say it otherwise")

        def fix(tree, finding) -> Fix:  # type: ignore[no-untyped-def]
            return Fix(message="say it", edits=(Edit(finding.span, new),), is_safe=is_safe)

        return Rule(code="say-otherwise", find=find, fix=fix, severity=Severity.WARNING)

    def test_a_change_of_meaning_is_not_safe(self) -> None:
        """What says that it is safe, and changes what the document means, is not made."""
        done = fix_text(BASE, rules=[self.proposing("Sell it by June 2027.", is_safe=True)])
        assert (done.text, [one.rule for one in done.findings]) == (BASE, ["say-otherwise"])
        assert fix_text(BASE, rules=[self.proposing("Sell it.", is_safe=False)], unsafe=True).is_changed

    @pytest.mark.parametrize("new", ["[", "12", "a: b: c", '"', "Ship the payments"])
    def test_a_broken_change_is_not_made(self, new: str) -> None:
        """What would break the text or its structure, or mends nothing, is not made; everything else still is."""
        text = BASE.replace("interval: 3", "interval: 03")
        done = fix_text(text, rules=[self.proposing(new, is_safe=False)], unsafe=True)
        assert done.text == BASE

    def test_a_fix_that_raises(self) -> None:
        """A rule of somebody else whose fix raises an error is told without one."""
        rule = self.proposing("x", is_safe=True)

        def fail(_tree, _finding):  # type: ignore[no-untyped-def]
            raise ValueError("no")

        broken = Rule(code="broken", find=rule.find, fix=fail)
        assert [one.fix for one in check.check_text(BASE, rules=[broken])] == [None]


def test_explained() -> None:
    """The explanation of a rule says what can be done about it, and whether that is safe."""
    assert "Fix: Write an hour of one digit with two (safe, by `--fix`)." in check.explain("bad-time").to_text()
    assert check.explain("unknown-member").fix.endswith("(by `--fix --unsafe-fixes`).")
    assert check.explain("missing-field").fix == ""
    assert all(check.explain(code).fix for code, rule in check.RULES.items() if rule.fix)


def test_typed_value() -> None:
    """A text that was sound says the same after safe fixes."""
    text = BASE.replace("interval: 3", "interval: 03").replace("id: ana", "expires: 2027-01-01\nid: ana")
    assert loads(fix_text(text).text, Alliance) == loads(text, Alliance)


class TestCost:
    def test_many_equal_clauses(self) -> None:
        """Each of eight hundred but the first is found."""
        rules = "".join(f"  c{i}: {{topic: other, text: {'same text here ' * 10}}}\n" for i in range(800))
        found = check.check_text(BASE.replace("ground_rules:\n", f"ground_rules:\n{rules}"))
        assert sum(one.rule == "duplicate-clause" for one in found) == 799


class TestDiff:
    def test_a_line_break_in_a_name(self) -> None:
        """It begins no line of the diff, where `patch` would take it for the name of another file."""
        text = BASE.replace("title: Ana and Ben", "title: no")
        diff = fix_text(text, path="a\n+++ b.alliance.yaml").diff()
        assert diff.startswith("--- a\\n+++ b.alliance.yaml\n+++ a\\n+++ b.alliance.yaml\n@@")
