"""Rules that a caller or an installed package brings."""

import pickle
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from alliancekit import check, documents
from alliancekit.check import Hit, Patterns, PerFile, Rule, Subject
from alliancekit.check._custom import as_rules
from alliancekit.cli import main
from alliancekit.errors import InvalidValueError
from alliancekit.findings import Edit, Fix, Severity
from alliancekit.model import Alliance
from alliancekit.values import FrozenMap
from tests.documents.base import BASE, FLOW


def no_dates_in_titles(alliance: Alliance) -> Iterator[Hit]:
    """A title outlives its date."""
    if any(one.isdigit() for one in alliance.title or ""):
        yield Hit(pointer="/title", message="the title holds a number", hint="leave it out")


def raises(alliance: Alliance) -> Iterable[Hit]:
    return [Hit(pointer="", message=alliance.naem)]  # type: ignore[attr-defined]


def late(alliance: Alliance) -> Iterator[Hit]:
    yield Hit(pointer="/title", message=f"about {alliance.id}")
    raise ValueError("halfway")


DATED = BASE.replace("title: Ana and Ben", "title: Ana and Ben 2027")


class TestFunctions:
    def test_a_plain_function_is_a_rule(self) -> None:
        """It is called as it is named, and what it finds has its place like any other finding."""
        (found,) = check.check_text(DATED, rules=[no_dates_in_titles])
        assert str(found) == "4:8: the title holds a number (leave it out) [no-dates-in-titles]"
        assert found.severity is Severity.WARNING

    def test_in_files_and_values(self, tmp_path: Path) -> None:
        """It is heard wherever documents are checked."""
        path = tmp_path / "a.alliance.yaml"
        path.write_text(DATED, encoding="utf-8")
        (found,) = check.check_paths([path], rules=[no_dates_in_titles]).findings
        assert (found.rule, found.line) == ("no-dates-in-titles", 4)
        alliance = documents.loads(DATED, Alliance)
        (found,) = check.check_value(alliance, rules=[no_dates_in_titles])
        assert (found.rule, found.pointer) == ("no-dates-in-titles", "/title")

    def test_severity(self) -> None:
        """The settings say how bad it is, and switch it off, as with any other rule."""
        settings = check.Settings(severities=FrozenMap({"no-dates-in-titles": Severity.ERROR}))
        (found,) = check.check_text(DATED, rules=[no_dates_in_titles], settings=settings)
        assert found.severity is Severity.ERROR
        settings = check.Settings(severities=FrozenMap({"no-dates-in-titles": None}))
        assert check.check_text(DATED, rules=[no_dates_in_titles], settings=settings) == ()

    def test_a_rule_of_ones_own(self) -> None:
        """A rule says its code, its severity and what it looks at."""

        def find(subject: Subject) -> Iterator[Hit]:
            if subject.tree is not None and "\t" in subject.tree.text:
                yield Hit(pointer="", message="there is a tab")

        rule = Rule(code="acme-tabs", severity=Severity.ERROR, about="document", find=find)
        (found,) = check.check_text(BASE + "# \t\n", rules=[rule])
        assert (found.rule, found.severity) == ("acme-tabs", Severity.ERROR)

    @pytest.mark.parametrize(
        ("about", "text"),
        [
            ("bank", "alliancekit: bank/1\nid: a\ntitle: A\n"),
            ("bank-translation", "alliancekit: bank/1\ntranslates: one-to-one\nlanguage: pt\n"),
            ("flow", FLOW),
            ("flow-translation", "alliancekit: flow/1\ntranslates: one-to-one\nlanguage: pt\n"),
            ("answers", "alliancekit: answers/1\nflow: one-to-one\nalliance: ana-ben\nmembers:\n  ana:\n    name: A\n"),
        ],
    )
    def test_any_kind(self, about: Any, text: str) -> None:
        """A rule may look at any kind of document but a session, and at several kinds."""

        def find(subject: Subject) -> Iterator[Hit]:
            yield Hit(pointer="", message=subject.kind)

        rules = [
            Rule(code="acme-one", about=about, find=find),
            Rule(code="acme-two", about=("check-in", about), find=find),
            Rule(code="acme-other", about="check-in", find=find),
        ]
        found = [(one.rule, one.message) for one in check.check_text(text, rules=rules) if "acme" in one.rule]
        assert found == [("acme-one", about), ("acme-two", about)]

    def test_its_hint(self) -> None:
        """What would be right is said by the rule, where a hit does not say it."""
        rule = Rule(code="acme-id", find=lambda _: [Hit(pointer="/id", message="m")], hint="call it acme")
        ours = check.check_text(BASE, rules=[rule]), check.check_value(documents.loads(BASE, Alliance), rules=[rule])
        assert [one.hint for found in ours for one in found] == ["call it acme", "call it acme"]

    def test_its_page(self) -> None:
        """It has no page of ours, but perhaps one of its own."""
        rules = [Rule(code="acme-a", find=lambda _: [Hit(pointer="/id", message="m")]), no_dates_in_titles]
        assert [one.url for one in check.check_text(DATED, rules=rules)] == ["", ""]
        rule = Rule(code="acme-b", url="https://acme.example/b", find=lambda _: [Hit(pointer="/id", message="m")])
        (found,) = check.check_text(BASE, rules=[rule])
        assert found.url == "https://acme.example/b" == check.explain("acme-b", [rule]).url

    def test_about_time(self, tmp_path: Path) -> None:
        """One about time is asked with a day only, and fails only where that is asked for, as ours do."""
        path = tmp_path / "a.alliance.yaml"
        path.write_text(BASE, encoding="utf-8")
        hits = [Hit(pointer="/id", message="m")]
        rule = Rule(code="acme-late", group="Time", severity=Severity.ERROR, find=lambda _: hits)
        assert check.check_paths(path, rules=[rule]).findings == ()
        report = check.check_paths(path, rules=[rule], as_of=date(2026, 11, 1))
        assert (report.exit_code(), report.exit_code(fail_on_time=True)) == (0, 1)
        assert 'failures="0"' in report.to("junit")
        assert 'failures="1"' in report.to("junit", fail_on_time=True)

    def test_whatever_it_raises(self) -> None:
        """One that would end the program, or whose error cannot be told, has failed, and the others are heard."""

        class MuteError(Exception):
            def __str__(self) -> str:
                raise RuntimeError("no words")

        def leaves(_: Alliance) -> Iterable[Hit]:
            sys.exit(3)

        def mute(_: Alliance) -> Iterable[Hit]:
            raise MuteError

        found = check.check_text(DATED, rules=[leaves, mute, no_dates_in_titles])
        assert [one.rule for one in found] == ["plugin-failed", "plugin-failed", "no-dates-in-titles"]
        assert "the rule leaves failed: SystemExit: 3" in found[0].message
        assert "the rule mute failed: MuteError" in found[1].message

    def test_a_fix_of_nothing(self) -> None:
        """A fix whose edits are none is left out, and what was found stays."""
        fix = Fix(message="m", edits=cast("tuple[Edit, ...]", (5,)), is_safe=True)
        rule = Rule(code="acme-id", find=lambda _: [Hit(pointer="/id", message="m")], fix=lambda _tree, _finding: fix)
        (found,) = check.check_text(BASE, rules=[rule])
        assert (found.rule, found.fix) == ("acme-id", None)

    def test_one_that_stays(self) -> None:
        """One that is fixed is silenced neither by a comment nor by the settings."""
        rule = Rule(code="acme-id", find=lambda _: [Hit(pointer="/id", message="m")], is_fixed=True)
        text = BASE.replace("id: ana-ben", "id: ana-ben  # alliancekit: ignore[acme-id] why not")
        found = check.check_text(text, rules=[rule], settings=check.Settings(severities={"acme-id": None}))
        assert {one.rule for one in found} == {"acme-id", "unknown-suppression"}

    def test_can_be_sent(self) -> None:
        """A function that can be named is a rule that another process can be given."""
        (rule,) = as_rules([no_dates_in_titles])
        assert pickle.loads(pickle.dumps(rule)) == rule


class TestIsolation:
    def test_one_that_raises(self) -> None:
        """It is a finding about the rule; the others are heard."""
        found = check.check_text(DATED, rules=[raises, no_dates_in_titles])
        assert [one.rule for one in found] == ["plugin-failed", "no-dates-in-titles"]
        assert "the rule raises failed: AttributeError" in found[0].message

    def test_one_that_raises_halfway(self) -> None:
        """What it found before stands."""
        found = check.check_text(BASE, rules=[late])
        assert [one.rule for one in found] == ["plugin-failed", "late"]

    @pytest.mark.parametrize(
        "found",
        [
            ["a text"],
            [None],
            5,
            [Hit(pointer=3, message="m")],  # type: ignore[arg-type]
            [Hit(pointer="", message="m", span=(1, 2))],  # type: ignore[arg-type]
            [Hit(pointer="", message="m", related=(("/id", 3),))],  # type: ignore[arg-type]
            [Hit(pointer="", message="m", related=(5,))],  # type: ignore[arg-type]
        ],
    )
    def test_one_that_finds_what_is_no_finding(self, found: object) -> None:
        """What is no Hit, or holds no text, is said of the rule."""

        def odd(alliance: Alliance) -> object:
            return found if alliance else None

        (finding,) = check.check_text(BASE, rules=[odd])  # type: ignore[list-item]
        assert finding.rule == "plugin-failed"

    def test_in_many_files(self, tmp_path: Path) -> None:
        """A rule that fails on each file is one finding, at the first of them."""
        for name in ("a", "b", "c"):
            (tmp_path / f"{name}.alliance.yaml").write_text(DATED, encoding="utf-8")
        report = check.check_paths([tmp_path], rules=[raises, no_dates_in_titles])
        assert [one.rule for one in report.findings].count("plugin-failed") == 1
        assert [one.rule for one in report.findings].count("no-dates-in-titles") == 3
        assert [len(one.excerpts) for one in report.files] == [len(one.findings) for one in report.files]

    def test_in_a_file_that_is_spared(self, tmp_path: Path) -> None:
        """It is told at the first file that is not spared it."""
        for name in ("a", "b", "c"):
            (tmp_path / f"{name}.alliance.yaml").write_text(DATED, encoding="utf-8")
        spared = PerFile(patterns=Patterns(["a.*"], str(tmp_path)), rules=frozenset({"plugin-failed"}))
        report = check.check_paths([tmp_path], rules=[raises], settings=check.Settings(per_file=[spared]))
        failed = [one for one in report.findings if one.rule == "plugin-failed"]
        assert [Path(one.path or "").name for one in failed] == ["b.alliance.yaml"]

    def test_one_that_ends_the_program(self, tmp_path: Path) -> None:
        """It ends nothing."""

        def leaves(_given: object) -> Iterable[Hit]:
            raise SystemExit(0)

        path = tmp_path / "a.alliance.yaml"
        path.write_text(BASE, encoding="utf-8")
        across = Rule(code="acme-leaves", across=leaves)  # type: ignore[arg-type]
        found = check.check_paths(path, rules=[leaves, across]).findings
        assert [one.message.partition(" (")[0] for one in found] == [
            f"the rule {one} failed: SystemExit: 0" for one in ("leaves", "acme-leaves")
        ]

    @pytest.mark.parametrize("fix", ["write b", Fix(message="m", edits=("b",)), Fix(message=3, edits=())])  # type: ignore[arg-type]
    def test_one_whose_fix_is_none(self, fix: object) -> None:
        """What it finds is told all the same."""
        rule = Rule(code="odd", find=lambda _: [Hit(pointer="/id", message="m")], fix=lambda *_: fix)  # type: ignore[arg-type, return-value]
        (finding,) = check.check_text(BASE, rules=[rule])
        assert finding.fix is None

    def test_nothing(self) -> None:
        """A function that returns nothing has found nothing."""

        def silent(alliance: Alliance) -> None:
            assert alliance

        assert check.check_text(BASE, rules=[silent]) == ()  # type: ignore[list-item]


class TestRefusal:
    @pytest.mark.parametrize(
        ("rules", "reason"),
        [
            ([3], "must be a Rule, or a function"),
            ([Rule(code="syntax")], "another rule has this code"),
            ([late, late], "another rule has this code"),
            ([Rule(code="Not_One")], "lower-case words"),
            ([lambda alliance: ()], "lower-case words"),
        ],
    )
    def test_what_is_no_rule(self, rules: list[object], reason: str) -> None:
        """A caller is told at once, for it is their program that is wrong."""
        with pytest.raises(InvalidValueError, match=reason):
            check.check_text(BASE, rules=rules)  # type: ignore[arg-type]


PLUGIN = """
from alliancekit.check import Hit

def acme_rule(alliance):
    yield Hit(pointer="/title", message="from a package")

several = (acme_rule,)
clash = (acme_rule,)
number = 3
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with rules, as an installation leaves it."""
    (tmp_path / "acme_rules.py").write_text(PLUGIN, encoding="utf-8")
    (tmp_path / "acme_leaves.py").write_text("raise SystemExit('usage: acme FILE')", encoding="utf-8")
    mute = "class Mute(Exception):\n    def __str__(self):\n        raise self\n\n\nraise Mute\n"
    (tmp_path / "acme_mute.py").write_text(mute, encoding="utf-8")
    info = tmp_path / "acme_rules-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-rules\nVersion: 1.2\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "acme_rules", raising=False)
    return info / "entry_points.txt"


class TestInstalled:
    def test_are_found(self, installed: Path) -> None:
        """A package offers rules by an entry point."""
        installed.write_text("[alliancekit.rules]\nacme = acme_rules:several\n", encoding="utf-8")
        rules, findings = check.installed_rules()
        assert ([one.code for one in rules], findings) == (["acme-rule"], ())
        assert [one.message for one in check.check_text(BASE, rules=rules)] == ["from a package"]

    @pytest.mark.parametrize(
        ("value", "reason"),
        [
            ("acme_missing:x", "ModuleNotFoundError"),
            ("acme_rules:absent", "AttributeError"),
            ("acme_rules:number", "must be a Rule"),
            ("acme_leaves:x", "SystemExit"),
            ("acme_mute:x", "cannot be used: Mute"),
        ],
    )
    def test_one_that_cannot_be_had(self, installed: Path, value: str, reason: str) -> None:
        """What is wrong with a package is said with its name and version, and the others are heard."""
        installed.write_text(
            f"[alliancekit.rules]\nb-acme = acme_rules:acme_rule\na-broken = {value}\n", encoding="utf-8"
        )
        rules, (finding,) = check.installed_rules()
        assert [one.code for one in rules] == ["acme-rule"]
        assert finding.rule == "plugin-failed"
        assert "'a-broken' of acme-rules 1.2 cannot be used" in finding.message
        assert reason in finding.message

    def test_two_of_one_name(self, installed: Path) -> None:
        """The second of two rules with one code is not heard, and that is said."""
        installed.write_text("[alliancekit.rules]\na = acme_rules:several\nb = acme_rules:clash\n", encoding="utf-8")
        rules, (finding,) = check.installed_rules()
        assert [one.code for one in rules] == ["acme-rule"]
        assert "another rule has this code" in finding.message

    def test_on_the_command_line(self, installed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The command hears them, and says what is wrong with a package before all else."""
        installed.write_text("[alliancekit.rules]\na = acme_rules:several\nb = acme_missing:x\n", encoding="utf-8")
        path = tmp_path / "a.alliance.yaml"
        path.write_text(BASE, encoding="utf-8")
        assert main(["check", str(path)]) == 1
        told = capsys.readouterr().out
        assert told.startswith("-: error[plugin-failed] the rules 'b' of acme-rules 1.2 cannot be used")
        assert "warning[acme-rule] from a package" in told
        assert "1 file checked: 1 error, 1 warning" in told

    def test_as_bad_as_the_settings_say(
        self, installed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """That a package cannot be used is as bad as any other rule that failed."""
        installed.write_text("[alliancekit.rules]\nb = acme_missing:x\n", encoding="utf-8")
        path = tmp_path / "a.alliance.yaml"
        path.write_text(BASE, encoding="utf-8")
        config = tmp_path / "own.toml"
        config.write_text('[rules]\nplugin-failed = "info"\n', encoding="utf-8")
        assert main(["check", str(path), "--config", str(config)]) == 0
        assert "info[plugin-failed]" in capsys.readouterr().out
        assert main(["check", str(path), "--ignore", "plugin-failed"]) == 0
        assert capsys.readouterr().out == "1 file checked: nothing found\n"
