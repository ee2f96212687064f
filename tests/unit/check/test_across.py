"""Rules about several documents: what is said, where, and when nothing can be said."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from alliancekit import check
from alliancekit.check import Checked, Facts, Hit, Rule, Settings, Together
from alliancekit.check._across import checked_across
from alliancekit.check._judge import Job
from alliancekit.findings import Severity
from tests.documents.base import BASE, FLOW


def write(folder: Path, **texts: str) -> Path:
    """Write alliances into *folder*, each with other lines in place of its own."""
    for name, lines in texts.items():
        own = dict(line.split(": ", 1) for line in lines.splitlines())
        kept = [line for line in BASE.splitlines() if line.split(":")[0] not in own]
        (folder / f"{name}.alliance.yaml").write_text("\n".join([*kept, *lines.splitlines()]) + "\n", encoding="utf-8")
    return folder


def record(
    folder: Path, date: str, *, reviewed: str = "", alliance: str = "ana-ben", amended: str = "", more: str = ""
) -> None:
    """Write the record of a check-in: what it reviewed as ``id standing``, and amended as ``id action``, by commas."""
    lines = ["alliancekit: check-in/1", f"alliance: {alliance}", f'date: "{date}"', *filter(None, [more])]
    for part, key, told in (("reviewed", "standing", reviewed), ("amendments", "action", amended)):
        pairs = [one.split() for one in told.split(",") if one]
        lines += [f"{part}:"] * bool(pairs)
        for name, value in pairs:
            lines += [f"  {name}:", f"    {key}: {value}", *["    element: commitments"] * (key == "action")]
    (folder / f"{date}.check-in.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def of_rule(rule: str, *paths: Path, **options: object) -> list[str]:
    return [f"{one.pointer} {one.message}" for one in check.check_paths(paths, **options).findings if one.rule == rule]


def found(*paths: Path, **options: object) -> list[str]:
    findings = check.check_paths(paths, **options).findings
    return [f"{Path(one.path or '').name.partition('.')[0]} {one.rule} {one.line}" for one in findings]


class TestDuplicateId:
    def test_place(self, tmp_path: Path) -> None:
        """It is said of the later one by path, whoever was named first, with the place of the first."""
        write(tmp_path, a="id: same", b="id: same", c="id: same")
        paths = sorted(tmp_path.iterdir())
        for order in (paths, paths[::-1]):
            findings = {one.path: one for one in check.check_paths(order).findings}
            assert sorted(findings) == [str(path) for path in paths[1:]]
            one = findings[str(paths[1])]
            assert one.message == f"two alliances are called same: this one and {paths[0]}"
            assert [(path, span.start.line, what) for path, span, what in one.elsewhere] == [
                (str(paths[0]), one.line, "the first one")
            ]

    def test_kinds(self, tmp_path: Path) -> None:
        """An alliance and a flow may have the same id."""
        write(tmp_path, a="id: same")
        (tmp_path / "b.flow.yaml").write_text(FLOW.replace("id: example", "id: same"), encoding="utf-8")
        assert found(tmp_path) == []

    def test_settings(self, tmp_path: Path) -> None:
        """It is as bad as the settings say, and off where they say so."""
        write(tmp_path, a="id: same", b="id: same")
        quiet = Settings(severities={"duplicate-id": None})
        assert found(tmp_path, settings=quiet) == []
        worse = Settings(severities={"duplicate-id": check.explain("weasel-wording").severity})
        assert [one.severity.value for one in check.check_paths(tmp_path, settings=worse).findings] == ["warning"]

    def test_a_broken_id(self, tmp_path: Path) -> None:
        """What has no id that could be read has the id of nobody."""
        write(tmp_path, a="id: Not an id", b="id: Not an id", c="title: Without an id")
        (tmp_path / "c.alliance.yaml").write_text(BASE.replace("id: ana-ben\n", ""), encoding="utf-8")
        assert {one.rule for one in check.check_paths(tmp_path).findings} == {"bad-id", "missing-field"}


class TestMissing:
    @pytest.mark.parametrize(("part", "rule"), [("supersedes", "superseded-missing"), ("team", "team-missing")])
    def test_of_a_folder_only(self, tmp_path: Path, part: str, rule: str) -> None:
        """What was found in a folder has its others there; whoever names single files may have more than these."""
        write(tmp_path, a=f"id: a\n{part}: gone", b="id: b")
        assert found(tmp_path) == [f"a {rule} {len(BASE.splitlines()) + 1}"]
        assert found(*sorted(tmp_path.iterdir())) == []
        (tmp_path / "deeper").mkdir()
        write(tmp_path / "deeper", c="id: gone")
        assert found(tmp_path) == []

    def test_hint(self, tmp_path: Path) -> None:
        """The alliance that was meant is named."""
        write(tmp_path, a="id: a\nteam: harbor", b="id: harbour")
        assert [one.hint for one in check.check_paths(tmp_path).findings] == ["did you mean 'harbour'?"]

    def test_itself_is_not_meant(self, tmp_path: Path) -> None:
        """An alliance that replaces its former version is not asked whether it meant itself."""
        write(tmp_path, a="id: ana-ben-2\nsupersedes: ana-ben")
        assert [one.hint for one in check.check_paths(tmp_path).findings] == ["keep it, with status: closed"]

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("b.alliance.yaml", "alliancekit: alliance/1\nid: gone-by\n{"),
            ("b.alliance.yaml", BASE.replace("id: ana-ben", "id: Gone by!")),
            ("gone-by.alliance.yaml", BASE.replace("id: ana-ben\n", "")),
            ("b.alliance.json", '{"alliancekit": "alliance/1", "id": "gone-by"'),
        ],
    )
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_what_cannot_be_read_may_be_it(self, tmp_path: Path, name: str, text: str, encoding: str) -> None:
        """An alliance that cannot be read may be the one that is missing, where it says the name somewhere."""
        write(tmp_path, a="id: a\nteam: gone-by", c="id: c\nsupersedes: never-was")
        record(tmp_path, "2026-11-12", alliance="gone-by")
        (tmp_path / name).write_text(text, encoding=encoding)
        rules = {one.rule for one in check.check_paths(tmp_path).findings}
        assert rules & {"team-missing", "unknown-alliance", "superseded-missing"} == {"superseded-missing"}

    def test_unknown_alliance(self, tmp_path: Path) -> None:
        """A record is about an alliance that is there; named by itself, it is not asked for."""
        record(tmp_path, "2026-11-12", alliance="anna-ben")
        write(tmp_path, a="id: ana-ben")
        assert of_rule("unknown-alliance", tmp_path) == ["/alliance no alliance is called 'anna-ben'"]
        assert of_rule("unknown-alliance", tmp_path / "2026-11-12.check-in.yaml") == []

    def test_a_folder_that_cannot_be_read(self, tmp_path: Path) -> None:
        """What is in a folder that is not readable may be what is missing."""
        write(tmp_path, a="id: a\nteam: gone")
        assert of_rule("team-missing", tmp_path, tmp_path / "no-such.alliance.yaml") == []


class TestTwoActiveVersions:
    def active(self, tmp_path: Path, **lines: str) -> list[str]:
        write(tmp_path, **{name: f"id: {name}\nstatus: active\n{told}".strip() for name, told in lines.items()})
        return sorted(of_rule("two-active-versions", *sorted(tmp_path.iterdir())))

    def test_a_line(self, tmp_path: Path) -> None:
        """Of a line of successors only the newest is active; a closed one between them changes nothing."""
        write(tmp_path, b="id: b\nsupersedes: a\nstatus: closed")
        assert self.active(tmp_path, a="", c="supersedes: b") == ["/status a is active, and so is c in its place"]

    def test_a_fork(self, tmp_path: Path) -> None:
        """Two that replace the same one are not both active, also where that one is not here."""
        assert self.active(tmp_path, b="supersedes: a", c="supersedes: a") == [
            "/status b is active, and so is c in its place"
        ]

    def test_three(self, tmp_path: Path) -> None:
        """Each but the newest is told."""
        found = self.active(tmp_path, a="supersedes: b", b="supersedes: c", c="")
        assert found == [
            "/status b is active, and so is a in its place",
            "/status c is active, and so is a in its place",
        ]

    def test_a_circle(self, tmp_path: Path) -> None:
        """Alliances that replace each other in a circle are told once each, and nothing goes round for ever."""
        assert len(self.active(tmp_path, a="supersedes: b", b="supersedes: a", c="supersedes: c")) == 1

    def test_apart(self, tmp_path: Path) -> None:
        """Alliances that have nothing to do with each other are all active."""
        assert self.active(tmp_path, a="", b="supersedes: a2", c="team: a") == []


class TestMembers:
    def test_unknown(self, tmp_path: Path) -> None:
        """Who was at a check-in, and is no member, is told with the one that was meant; who has left was one."""
        write(tmp_path, a="id: ana-ben")
        record(tmp_path, "2026-11-12", more="present: [anna, ben]")
        (found,) = (one for one in check.check_paths(tmp_path).findings if one.rule == "unknown-member")
        assert (found.pointer, found.message, found.hint) == (
            "/present/0",
            "ana-ben has no member named 'anna'",
            "did you mean 'ana'?",
        )

    def test_where_it_cannot_be_known(self, tmp_path: Path) -> None:
        """Without the alliance, or with one that is not whole, nothing can be said."""
        record(tmp_path, "2026-11-12", more="present: [anna]")
        assert of_rule("unknown-member", tmp_path) == []
        write(tmp_path, a="id: ana-ben\nexpires: never")
        assert of_rule("unknown-member", tmp_path) == []


class TestCommitments:
    def test_unknown(self, tmp_path: Path) -> None:
        """A name that the alliance lacks is told wherever it stands, with the one that was meant."""
        write(tmp_path, a="id: ana-ben")
        record(tmp_path, "2026-11-12", reviewed="flag-slipps kept,one-page-plan kept", amended="one-page-plann change")
        findings = check.check_paths(tmp_path).findings
        assert [(one.pointer, one.hint) for one in findings if one.rule == "unknown-commitment"] == [
            ("/reviewed/flag-slipps", "did you mean 'flag-slips'?"),
            ("/amendments/one-page-plann", "did you mean 'one-page-plan'?"),
        ]

    def test_what_was_there(self, tmp_path: Path) -> None:
        """What any check-in added or dropped has been there, and can be named by all."""
        write(tmp_path, a="id: ana-ben")
        record(tmp_path, "2026-11-12", reviewed="night-watch kept", amended="rota add")
        record(tmp_path, "2026-11-19", reviewed="night-watch broken,rota kept", amended="night-watch drop")
        record(tmp_path, "2026-11-26", reviewed="rota kept", amended="rota drop")
        assert of_rule("unknown-commitment", tmp_path) == []

    def test_where_it_cannot_be_known(self, tmp_path: Path) -> None:
        """Without the alliance, with one that is not whole, or without the other records nothing can be said."""
        record(tmp_path, "2026-11-12", reviewed="gone kept")
        assert of_rule("unknown-commitment", tmp_path) == []
        write(tmp_path, a="id: ana-ben")
        assert len(of_rule("unknown-commitment", tmp_path)) == 1
        assert of_rule("unknown-commitment", *sorted(tmp_path.iterdir())) == []
        write(tmp_path, a="id: ana-ben\nexpires: never")
        assert of_rule("unknown-commitment", tmp_path) == []


class TestLiving:
    """What the check-ins of an alliance tell together."""

    def test_next(self, tmp_path: Path) -> None:
        """It is the newest record that has to say when the next is, whatever its file is called."""
        write(tmp_path, a="id: ana-ben")
        record(tmp_path, "2026-11-12")
        assert of_rule("review-without-next", tmp_path) == ["/next nobody wrote down when the next check-in is"]
        record(tmp_path, "2026-11-19", more='next: "2026-11-26"')
        assert of_rule("review-without-next", tmp_path) == []

    @pytest.mark.parametrize("status", ["paused", "closed"])
    def test_what_rests(self, tmp_path: Path, status: str) -> None:
        """Nothing is expected of an alliance that rests or has ended, or of one that is not here."""
        for day in ("2026-11-12", "2026-11-19", "2026-11-26"):
            record(tmp_path, day, reviewed="flag-slips broken")
        assert {one.rule for one in check.check_paths(tmp_path).findings} == {"unknown-alliance"}
        write(tmp_path, a="id: ana-ben")
        assert {one.rule for one in check.check_paths(tmp_path).findings} == {
            "review-without-next",
            "never-revised",
            "never-tested",
            "broken-unchanged",
        }
        write(tmp_path, a=f"id: ana-ben\nstatus: {status}")
        assert {one.rule for one in check.check_paths(tmp_path).findings} <= {"unratified"}

    def test_of_a_folder_only(self, tmp_path: Path) -> None:
        """Whoever names single records has others, in which what never happened may have happened."""
        write(tmp_path, a="id: ana-ben")
        for day in ("2026-11-12", "2026-11-19", "2026-11-26"):
            record(tmp_path, day, reviewed="flag-slips broken")
        assert {one.rule for one in check.check_paths(sorted(tmp_path.iterdir())).findings} == {"review-without-next"}

    def test_never_revised(self, tmp_path: Path) -> None:
        """The check-ins since the last amendment count, and how many are too many is a setting."""
        write(tmp_path, a="id: ana-ben")
        record(tmp_path, "2026-11-05", amended="flag-slips change")
        for day in ("2026-11-12", "2026-11-19"):
            record(tmp_path, day)
        assert of_rule("never-revised", tmp_path) == []
        two = Settings(most_quiet_check_ins=2)
        assert of_rule("never-revised", tmp_path, settings=two) == ["/date the last 2 check-ins have changed nothing"]
        record(tmp_path, "2026-11-26")
        (one,) = (one for one in check.check_paths(tmp_path).findings if one.rule == "never-revised")
        assert one.path == str(tmp_path / "2026-11-26.check-in.yaml")
        assert [path for path, _, _ in one.elsewhere] == [str(tmp_path / "2026-11-12.check-in.yaml")]

    @pytest.mark.parametrize(
        ("story", "times"),
        [
            (["flag-slips broken"], 0),
            (["flag-slips broken", "flag-slips broken"], 2),
            (["flag-slips broken", "one-page-plan kept", "flag-slips broken"], 2),  # not asked about in between
            (["flag-slips broken", "flag-slips kept", "flag-slips broken"], 0),
            (["flag-slips broken", "flag-slips broken", "flag-slips open"], 0),
            (["flag-slips kept", "flag-slips broken", "flag-slips broken", "flag-slips broken"], 3),
        ],
    )
    def test_broken_unchanged(self, tmp_path: Path, story: list[str], times: int) -> None:
        """A commitment is told that was broken at two check-ins in a row, of those that looked at it."""
        write(tmp_path, a="id: ana-ben")
        for number, told in enumerate(story, 10):
            record(tmp_path, f"2026-11-{number}", reviewed=told)
        expected = f"/reviewed/flag-slips flag-slips was broken at {times} check-ins in a row, and never changed"
        assert of_rule("broken-unchanged", tmp_path) == [expected] * bool(times)

    @pytest.mark.parametrize("when", [10, 11])
    def test_changed(self, tmp_path: Path, when: int) -> None:
        """What was changed when it was broken may be broken once more before it is asked about."""
        write(tmp_path, a="id: ana-ben")
        for number in (10, 11):
            amended = "flag-slips change" if number == when else ""
            record(tmp_path, f"2026-11-{number}", reviewed="flag-slips broken", amended=amended)
        assert of_rule("broken-unchanged", tmp_path) == []

    def test_never_tested(self, tmp_path: Path) -> None:
        """What three check-ins since it was made did not look at is told; what has a day, or has been kept, is not."""
        extra = BASE.replace(
            "commitments:\n",
            'commitments:\n  rota:\n    by: [ana]\n    text: Answer the phone.\n    due: "2027-01-01"\n',
        )
        (tmp_path / "a.alliance.yaml").write_text(extra, encoding="utf-8")
        record(tmp_path, "2026-11-12", amended="flag-slips add")
        for day in ("2026-11-19", "2026-11-26"):
            record(tmp_path, day, amended="other change")
        assert of_rule("never-tested", tmp_path) == [
            "/commitments/one-page-plan none of the last 3 check-ins looked at one-page-plan"
        ]
        record(tmp_path, "2026-12-03", reviewed="one-page-plan open")
        assert of_rule("never-tested", tmp_path) == [
            "/commitments/flag-slips none of the last 3 check-ins looked at flag-slips"
        ]


class TestMissed:
    def missed(self, tmp_path: Path, day: str, *more: Path) -> list[str]:
        return of_rule("check-in-missed", *(more or (tmp_path,)), as_of=date.fromisoformat(day))

    def test_as_written(self, tmp_path: Path) -> None:
        """The next check-in is missed when its day and one more have passed, and nobody recorded one."""
        write(tmp_path, a="id: ana-ben\nstatus: active")
        record(tmp_path, "2026-11-12", more='next: "2026-11-19"')
        assert self.missed(tmp_path, "2026-11-20") == []
        message = "/next the check-in after the one of 2026-11-12 was due on 2026-11-19, and there is no record of it"
        assert self.missed(tmp_path, "2026-11-21") == [message]
        assert self.missed(tmp_path, "2026-11-21", *sorted(tmp_path.iterdir())) == []
        record(tmp_path, "2026-11-24", more='next: "2026-12-24"')
        assert self.missed(tmp_path, "2026-12-25") == []

    def test_by_the_rhythm(self, tmp_path: Path) -> None:
        """What the record does not say, or says of a day before it, the rhythm of the alliance does: here, each week."""
        write(tmp_path, a="id: ana-ben\nstatus: active")
        record(tmp_path, "2026-11-12")
        message = "/date the check-in after the one of 2026-11-12 was due on 2026-11-19, and there is no record of it"
        assert self.missed(tmp_path, "2026-11-21") == [message]
        record(tmp_path, "2026-11-12", more='next: "2025-11-19"')
        assert self.missed(tmp_path, "2026-11-21") == [message]
        assert of_rule("check-in-missed", tmp_path) == []

    def test_where_nothing_is_due(self, tmp_path: Path) -> None:
        """Nobody misses a check-in of a draft, without a record, or where no rhythm was agreed."""
        write(tmp_path, a="id: ana-ben\nstatus: active")
        assert self.missed(tmp_path, "2030-01-01") == []
        record(tmp_path, "2026-11-12")
        text = (tmp_path / "a.alliance.yaml").read_text(encoding="utf-8")
        for other in (
            text.replace("status: active", "status: draft"),
            text.partition("cadence:")[0] + "status: active\n",
        ):
            (tmp_path / "a.alliance.yaml").write_text(other, encoding="utf-8")
            assert self.missed(tmp_path, "2030-01-01") == []


class TestOrder:
    def test_named_in_any_order(self, tmp_path: Path) -> None:
        """In whatever order folders are named, each file has the same findings."""
        for name in ("one", "two"):
            folder = tmp_path / name
            folder.mkdir()
            write(folder, a=f"id: same\nsupersedes: {name}", b="id: ana-ben")
            record(folder, "2026-11-12" if name == "one" else "2026-11-13", reviewed="gone kept")
        folders = sorted(tmp_path.iterdir())
        ways = [check.check_paths(order).findings for order in (folders, folders[::-1], [tmp_path])]
        told = [sorted((one.path or "", one.line or 0, one.rule, one.message) for one in way) for way in ways]
        assert told[0] == told[1] == told[2]
        assert {rule for _, _, rule, _ in told[0]} >= {"duplicate-id", "superseded-missing", "unknown-commitment"}

    def test_thousands(self, tmp_path: Path) -> None:
        """A record of thousands of promises that nobody gave is answered, and its report has an end."""
        write(tmp_path, a="id: ana-ben")
        record(tmp_path, "2026-11-12", reviewed=",".join(f"c{number} broken" for number in range(3000)))
        assert len(of_rule("unknown-commitment", tmp_path)) == 1000

    def test_a_file_that_vanishes(self) -> None:
        """What was said of a file that has gone since is said without its place."""
        facts = [Facts(path=path, kind="alliance", id="same") for path in ("a", "b")]
        files = [Checked(path=one.path, facts=one) for one in facts]
        (_, one) = checked_across(files, Job(), lambda _: None)
        assert [(finding.rule, finding.path, finding.span) for finding in one.findings] == [("duplicate-id", "b", None)]
        assert one.excerpts == (None,)

    def test_as_bad_as_the_settings_say(self) -> None:
        """Without its place too."""
        files = [Checked(path=path, facts=Facts(path=path, kind="alliance", id="same")) for path in ("a", "b")]
        settings = Settings(severities={"duplicate-id": Severity.INFO})
        (_, one) = checked_across(files, Job(settings=settings), lambda _: None)
        assert [finding.severity for finding in one.findings] == [Severity.INFO]


class TestSilenced:
    def test_with_a_reason(self, tmp_path: Path) -> None:
        """A comment silences what is said across files as it does what is said of one."""
        write(tmp_path, a="id: same", b="id: same  # alliancekit: ignore[duplicate-id] the old one, until Friday")
        report = check.check_paths(tmp_path)
        assert report.findings == ()
        assert [one.rule for file in report.files for one, _ in file.suppressed] == ["duplicate-id"]

    def test_where_it_may_be_needed(self, tmp_path: Path) -> None:
        """Whoever checks the file alone is not told that the comment is unneeded: the other file was not looked at."""
        write(tmp_path, a="id: a  # alliancekit: ignore[duplicate-id, never-tested] the old one, until Friday")
        assert found(tmp_path) == []


class TestCustom:
    """Rules across files that a caller brings."""

    def test_found(self, tmp_path: Path) -> None:
        """It is given all documents together, and what it finds is put in its place."""

        def find(together: Together) -> Iterator[tuple[Facts, Hit]]:
            for one in together.facts:
                yield one, Hit(pointer="/title", message=f"one of {len(together.facts)}")

        write(tmp_path, a="id: a", b="id: b")
        findings = check.check_paths(tmp_path, rules=[Rule(code="counted", across=find)]).findings
        assert [(one.rule, one.message, one.line) for one in findings] == [("counted", "one of 2", 3)] * 2

    @pytest.mark.parametrize("found", [[1], [("a", Hit(pointer="", message="m"))], [(None, "m")], None])
    def test_failing(self, tmp_path: Path, found: object) -> None:
        """One that raises, or finds what is no finding, is told once, and the others are heard."""
        write(tmp_path, a="id: same", b="id: same")
        rule = Rule(code="odd", across=lambda _: found)  # type: ignore[arg-type, return-value]
        findings = check.check_paths(tmp_path, rules=[rule]).findings
        assert [one.rule for one in findings] == ["plugin-failed", "duplicate-id"]
        assert check.check_paths(tmp_path / "no-folder", rules=[rule]).findings[0].rule == "unreadable"


@pytest.mark.parametrize(
    ("answers", "named", "is_too_few"),
    [(1, 0, True), (2, 0, True), (3, 0, False), (3, 1, True), (5, 2, False), (5, 3, True), (5, 4, True), (5, 5, False)],
)
def test_pulse(answers: int, named: int, is_too_few: bool) -> None:
    """A mean is of three at least, also without those whose answer is known; where all are, it tells nothing more."""
    text = f'alliancekit: check-in/1\nalliance: a\ndate: "2026-11-12"\npulse:\n  safe:\n    answers: {answers}\n    mean: 3\n'
    said = "".join(f"  - prompt: safe\n    by: m{number}\n    answer: 3\n" for number in range(named))
    text += f"responses:\n{said}  - prompt: other\n    by: z\n    answer: 3\n  - prompt: safe\n    answer: 3\n"
    assert [one.rule for one in check.check_text(text)] == ["pulse-too-few"] * is_too_few
