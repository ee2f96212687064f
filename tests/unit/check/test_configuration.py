"""What a project says about how it is checked: where it is found, how it is read, and what is wrong with it."""

import os
import re
from pathlib import Path

import pytest

from alliancekit import check
from alliancekit.check import RULES, Configuration, Rule, find_configuration, make_configuration, read_configuration
from alliancekit.errors import ConfigurationError
from alliancekit.findings import Severity
from alliancekit.limits import LIMITS
from alliancekit.typing import Json
from alliancekit.values import thaw
from tests.documents.base import BASE
from tests.shared import ROOT

TABLE = '[tool.alliancekit]\nprofile = "strict"\n'


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def complaints(path: Path, text: str | bytes) -> list[str]:
    """Return what is said of a configuration, without the folder that it is in."""
    write(path, text)
    with pytest.raises(ConfigurationError) as caught:
        read_configuration(path)
    return str(caught.value).replace(f"{path.parent}{os.sep}", "").split("\n")


class TestFinding:
    """The nearest one holds, and none beyond the project."""

    def found(self, root: Path, start: str) -> str | None:
        (root / start).mkdir(parents=True, exist_ok=True)
        found = find_configuration(root / start)
        return None if found is None else Path(found).relative_to(root).as_posix()

    def test_the_nearest(self, tmp_path: Path) -> None:
        """The first folder that has one, from where one is upward, and one only."""
        write(tmp_path / "alliancekit.toml", "")
        write(tmp_path / "team" / "pyproject.toml", TABLE)
        assert self.found(tmp_path, "team/deep/deeper") == "team/pyproject.toml"
        assert self.found(tmp_path, "other") == "alliancekit.toml"

    def test_in_one_folder(self, tmp_path: Path) -> None:
        """In one folder ``alliancekit.toml`` is taken before ``pyproject.toml``."""
        write(tmp_path / "pyproject.toml", TABLE)
        write(tmp_path / "alliancekit.toml", "")
        assert self.found(tmp_path, ".") == "alliancekit.toml"

    @pytest.mark.parametrize("text", ["", "[tool.other]\n", '[project]\nname = "alliancekit"\n', "[tool]\nx = 1\n"])
    def test_without_the_table(self, tmp_path: Path, text: str) -> None:
        """A ``pyproject.toml`` without the table is passed over."""
        write(tmp_path / "alliancekit.toml", "")
        write(tmp_path / "inner" / "pyproject.toml", text)
        assert self.found(tmp_path, "inner") == "alliancekit.toml"

    def test_broken_elsewhere(self, tmp_path: Path) -> None:
        """A broken ``pyproject.toml`` that does not name us is for others to complain about."""
        write(tmp_path / ".git" / "HEAD", "")
        write(tmp_path / "pyproject.toml", "[tool.other\n")
        assert self.found(tmp_path, ".") is None

    def test_what_cannot_be_read(self, tmp_path: Path) -> None:
        """What may hold the table and cannot be read is found, so that it is told and not passed over."""
        write(tmp_path / "pyproject.toml", "[tool.alliancekit\n")
        assert self.found(tmp_path, ".") == "pyproject.toml"
        (tmp_path / "a" / "alliancekit.toml").mkdir(parents=True)
        assert self.found(tmp_path, "a") == "a/alliancekit.toml"

    @pytest.mark.parametrize("name", [".git/HEAD", ".git"])
    def test_not_beyond_the_project(self, tmp_path: Path, name: str) -> None:
        """Nothing above a folder that holds a ``.git``, which may be a file, is looked at."""
        write(tmp_path / "alliancekit.toml", "")
        write(tmp_path / "project" / name, "")
        assert self.found(tmp_path, "project/deep") is None
        write(tmp_path / "project" / "alliancekit.toml", "")
        assert self.found(tmp_path, "project/deep") == "project/alliancekit.toml"


class TestReading:
    """What a file says."""

    def test_all_keys(self, tmp_path: Path) -> None:
        """Each key that there is, as it is written."""
        path = write(
            tmp_path / "alliancekit.toml",
            """\
            profile = "gentle"
            fail_on = "warning"
            fail_on_time = true
            select = ["clauses", "no-steward"]
            ignore = ["vague-wording"]
            files = ["AGREEMENT.yaml"]
            exclude = ["drafts/", "!drafts/kept.alliance.yaml"]
            x-team = {free = 1}
            [rules]
            no-review = "error"
            too-many-clauses = {severity = "info", most_ground_rules = 9, most_commitments = 3}
            [limits]
            text = 20_000
            """,
        )
        configuration = read_configuration(path)
        table, settings = configuration.table, configuration.settings()
        assert (table.profile, table.fail_on, table.fail_on_time) == ("gentle", "warning", True)
        assert (table.select, table.ignore) == (("clauses", "no-steward"), ("vague-wording",))
        assert configuration.search().files[0].lines == ("AGREEMENT.yaml",)
        assert configuration.search().exclude[0].fit(str(tmp_path / "drafts"), is_folder=True)
        assert (settings.most_ground_rules, settings.most_commitments, settings.most_quiet_check_ins) == (9, 3, 3)
        assert (settings.limits.text, settings.limits.nodes) == (20_000, LIMITS.nodes)
        assert settings.severities["too-many-clauses"] is Severity.INFO
        assert thaw(table.extra) == {"x-team": {"free": 1}}

    def test_the_table_of_a_project(self, tmp_path: Path) -> None:
        """In a ``pyproject.toml`` the table of ours is read, and nothing else."""
        path = write(tmp_path / "pyproject.toml", f"[project]\nselect = 3\n{TABLE}")
        assert read_configuration(path).table.profile == "strict"

    def test_nothing(self, tmp_path: Path) -> None:
        """An empty file says what nothing says."""
        assert read_configuration(write(tmp_path / "a.toml", "")).settings() == check.Settings()

    def test_a_byte_order_mark(self, tmp_path: Path) -> None:
        """What an editor puts before the text does no harm."""
        assert (
            read_configuration(write(tmp_path / "a.toml", b'\xef\xbb\xbfprofile = "strict"')).table.profile == "strict"
        )

    def test_from_a_program(self) -> None:
        """The same keys may come from a program."""
        settings = make_configuration({"rules": {"no-review": "off"}}).settings()
        assert dict(settings.severities) == {"no-review": None}
        with pytest.raises(ConfigurationError, match=r"^unknown key 'profil'; did you mean 'profile'\?$"):
            make_configuration({"profil": "strict"})

    def test_custom_rules(self) -> None:
        """A rule that a package brings can be spoken of like any other."""
        mine = Rule(code="no-emoji")
        configuration = make_configuration({"rules": {"no-emoji": "off"}}, rules=[mine])
        assert dict(configuration.settings([mine]).severities) == {"no-emoji": None}
        with pytest.raises(ConfigurationError, match="no rule is named 'no-emoji'"):
            make_configuration({"rules": {"no-emoji": "off"}})


BROKEN = """\
profil = "x"
fail_on = "eror"
select = [
  "clauses",
  "nothing-here",
]
ignore = ["syntax", "document"]
exclude = [2026-11-01, 3, "[z-a]"]
files = "x"

[rules]
no-stewerd = "off"
syntax = "info"
too-many-clauses = {severity = "eror", most_ground_rules = 9}
no-steward = {most_ground_rules = 9}
clauses = "off"
no-review = 3

[limits]
text = "a"
nodes = 999_999_999
txt = 3
"""

SAID = """\
alliancekit.toml:1: unknown key 'profil'; did you mean 'profile'?
alliancekit.toml:2: fail_on: must be one of error, warning, never, not 'eror'; did you mean 'error'?
alliancekit.toml:3: select (entry 2): no rule or group is named 'nothing-here'; see https://alliancekit.readthedocs.io/en/latest/reference/rules/
alliancekit.toml:7: ignore (entry 1): syntax cannot be switched off; without it a file would pass that nobody has looked into, or private text
alliancekit.toml:8: exclude (entry 1): must be text, not the date or time 2026-11-01
alliancekit.toml:8: exclude (entry 2): must be text, not the number 3; put it in quotes: "3"
alliancekit.toml:8: exclude (entry 3): '[z-a]': it cannot be understood
alliancekit.toml:9: files: must be a list, not the text 'x'; write a list, like ["…"]
alliancekit.toml:12: rules.no-stewerd: no rule is named 'no-stewerd'; did you mean 'no-steward'?
alliancekit.toml:13: rules.syntax: is always an error; without it a file would pass that nobody has looked into, or private text
alliancekit.toml:14: rules.too-many-clauses.severity: must be one of error, warning, info, off, not 'eror'; did you mean 'error'?
alliancekit.toml:15: rules.no-steward.most_ground_rules: is no number of no-steward; it belongs to too-many-clauses
alliancekit.toml:16: rules.clauses: it is a group, and this is for rules; write it in select or ignore
alliancekit.toml:17: rules.no-review: must be one of error, warning, info, off or a table, not the number 3
alliancekit.toml:20: limits.text: must be a whole number from 1 to 160000, not the text 'a'
alliancekit.toml:21: limits.nodes: must be a whole number from 1 to 480000, not 999999999
alliancekit.toml:22: limits: unknown key 'txt'; did you mean 'text'?
"""


class TestComplaining:
    """Everything that is wrong is told at once, each with its line, its key and its remedy."""

    def test_all_at_once(self, tmp_path: Path) -> None:
        """One line for each thing, in their order, and no more."""
        assert "\n".join(complaints(tmp_path / "alliancekit.toml", BROKEN)) + "\n" == SAID

    def test_in_a_project(self, tmp_path: Path) -> None:
        """Lines are those of the whole file, and keys are named without the table."""
        text = '[project]\nname = "x"\n\n[tool.alliancekit]\nprofile = "gentel"\n[tool.alliancekit.rules]\nno-review = "of"\n'
        assert complaints(tmp_path / "pyproject.toml", text) == [
            "pyproject.toml:5: profile: must be one of standard, gentle, strict, not 'gentel'; did you mean 'gentle'?",
            "pyproject.toml:7: rules.no-review: must be one of error, warning, info, off, not 'of'; did you mean 'off'?",
        ]

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (b"profile = strict\n", ":1: the file is no TOML; this is no value: a text stands in quotes"),
            (b"select = []\nselect = []\n", ":2: the file is no TOML; a key is written twice"),
            (b"\nprofile: strict\n", ":2: the file is no TOML; a key is followed by =, and a table stands in [brackets]"),
            (b"a = 1\n\n[[rules]\n", ":3: the file is no TOML; Expected ']]' at the end of an array declaration"),
            (b"\nfiles = ['\xff']\n", ":2: the file is not UTF-8; save it as UTF-8"),
            (b"a = " + b"[" * 5_000, ":1: the file nests too deep to be read"),
            (b"a." * 8_000 + b"a = 1\n", ":1: the line has too many dots; the limit is 250"),
            (b"#" * 300_000, ": the file is too large; the limit is 262,144 bytes"),
            (b"[tool.alliancekit]\n", ":1: unknown key 'tool'; in a file of its own the keys stand at the top, without [tool.alliancekit]"),
        ],
        ids=["unquoted", "twice", "yaml", "brackets", "encoding", "deep", "dots", "large", "table"],
    )  # fmt: skip
    def test_no_settings(self, tmp_path: Path, text: bytes, said: str) -> None:
        """What cannot be read at all is told with its place and what to do."""
        assert complaints(tmp_path / "a.toml", text) == [f"a.toml{said}"]

    def test_no_table(self, tmp_path: Path) -> None:
        """A ``pyproject.toml`` that was named and lacks the table, and one whose table is none."""
        assert complaints(tmp_path / "pyproject.toml", "[tool]\n") == [
            "pyproject.toml: there is no table [tool.alliancekit] in it; add it, or name another file"
        ]
        assert complaints(tmp_path / "pyproject.toml", "[tool]\nalliancekit = 3\n") == [
            "pyproject.toml:2: the settings must be a table"
        ]

    def test_no_file(self, tmp_path: Path) -> None:
        """A file that is not there, and a folder in its place."""
        with pytest.raises(ConfigurationError, match=r"no\.toml: there is no such file; check the name"):
            read_configuration(tmp_path / "no.toml")
        with pytest.raises(ConfigurationError, match="it is a folder, not a file"):
            read_configuration(tmp_path)

    def test_the_line_of_a_key(self, tmp_path: Path) -> None:
        """A key is where its statement begins, whatever stands around it and inside of it."""
        text = 'x-a = """\nprofil = 1\n"""\n\n# profil\nselect = [\n  # a\n  "vague-wordin",\n]\n'
        text += 'rules."no-stewar" = """\\\n  off"""\nrules.a.b = 1\nprofil = 3'
        assert [one.partition(": ")[0] for one in complaints(tmp_path / "a.toml", text)] == [
            "a.toml:6",
            "a.toml:10",
            "a.toml:12",
            "a.toml:12",
            "a.toml:13",
        ]

    def test_a_link_out_of_the_project(self, tmp_path: Path) -> None:
        """It is not followed, since what is wrong with a file is quoted; one within the project is."""
        write(tmp_path / "home" / "secret.toml", 'profile = "PLANTED"')
        root = tmp_path / "project"
        (root / ".git").mkdir(parents=True)
        shared = write(root / "shared.toml", 'profile = "strict"')
        for name in ("alliancekit.toml", "pyproject.toml"):
            link = root / "deep" / name
            link.parent.mkdir(exist_ok=True)
            link.symlink_to(tmp_path / "home" / "secret.toml")
            with pytest.raises(ConfigurationError, match="leads out of the project") as caught:
                find_configuration(link.parent)
            assert "PLANTED" not in str(caught.value)
            link.unlink()
        (root / "deep" / "alliancekit.toml").symlink_to(shared)
        assert find_configuration(root / "deep") == str(root / "deep" / "alliancekit.toml")

    def test_a_number_without_end(self, tmp_path: Path) -> None:
        """A number of more digits than Python reads is no fault of ours."""
        (said,) = complaints(tmp_path / "alliancekit.toml", f"[limits]\ntext = {'9' * 5_000}\n")
        assert said == "alliancekit.toml:1: the file holds a number that is too long"

    def test_many_patterns(self, tmp_path: Path) -> None:
        """More than a thousand are refused, before each of them takes its time for each file."""
        lines = ", ".join(f'"a*{count}"' for count in range(1_001))
        (said,) = complaints(tmp_path / "alliancekit.toml", f"exclude = [{lines}]\n")
        assert "there are too many patterns; the limit is 1,000 in all" in said

    def test_many_unknown_rules(self, tmp_path: Path) -> None:
        """To look for what was meant is dear, so that it ends."""
        names = ", ".join(f'"vague-word{count}"' for count in range(5_000))
        said = complaints(tmp_path / "alliancekit.toml", f"ignore = [{names}]\n")
        assert "did you mean 'vague-wording'?" in said[0]
        assert len(said) == 101

    def test_bounds(self, tmp_path: Path) -> None:
        """However much is wrong, no more is told than a person reads."""
        said = complaints(tmp_path / "a.toml", "".join(f"a{number} = 1\n" for number in range(15_000)))
        assert len(said) == 101
        assert said[-1] == "a.toml: 14900 more things are wrong with it"
        assert complaints(tmp_path / "a.toml", "a = '''\n" + "x\n" * 50_000 + "'''\nb = 3\n")
        assert complaints(tmp_path / "a.toml", "\n".join("a." * 250 + f"a{number} = 1" for number in range(400)))

    def test_no_words_of_the_file(self, tmp_path: Path) -> None:
        """What is quoted of a file is cut, so that it does not choose how long a message gets."""
        assert len(complaints(tmp_path / "a.toml", f'profile = "{"x" * 9_000}"\n')[0]) < 200


class TestChoosing:
    """What a command line says beside the file."""

    def chosen(self, table: dict[str, object], **choice: tuple[str, ...]) -> set[str]:
        configuration: Configuration = make_configuration(table).with_choice(**choice)  # type: ignore[arg-type]
        settings = configuration.settings()
        on = {code for code, rule in RULES.items() if not settings.is_off(code) and not rule.is_fixed}
        return on - {"plugin-failed"}

    def test_select_says_anew(self) -> None:
        """What is selected there is all that runs, whatever the file selects and ignores."""
        table: dict[str, object] = {"select": ["clauses"], "ignore": ["no-steward", "clauses"]}
        assert self.chosen(table, select=("no-steward",)) == {"no-steward"}

    def test_ignore_adds(self) -> None:
        """What is ignored there is left out too."""
        table: dict[str, object] = {"select": ["no-steward", "no-review", "no-check-in"], "ignore": ["no-review"]}
        assert self.chosen(table, ignore=("no-check-in",)) == {"no-steward"}
        assert self.chosen(table) == {"no-steward", "no-check-in"}


class TestPerFile:
    """What some files are spared."""

    def rules(self, path: Path, table: Json) -> set[str]:
        settings = make_configuration(table).settings()
        return {
            one.rule
            for one in check.check_text(
                BASE.replace("kind: one-to-one", "kind: team"), path=str(path), settings=settings
            )
        }

    def test_rules_do_not_speak_of_what_fits(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A rule or a group is silent about the files that fit, and speaks of the others."""
        monkeypatch.chdir(tmp_path)
        table: Json = {"per_file": {"old/": ["no-decision-rule"], "*.json": ["alliance"]}}
        everything = self.rules(tmp_path / "a.alliance.yaml", table)
        assert "no-decision-rule" in everything
        assert self.rules(tmp_path / "old" / "a.alliance.yaml", table) == everything - {"no-decision-rule"}
        assert "no-decision-rule" not in self.rules(tmp_path / "a.alliance.json", table)

    def test_what_always_runs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A group leaves what says that nobody has looked into a file."""
        monkeypatch.chdir(tmp_path)
        settings = make_configuration({"per_file": {"*": ["document"]}}).settings()
        assert [one.rule for one in check.check_text("a: [", path="a.yaml", settings=settings)] == ["syntax"]

    def test_wrong(self, tmp_path: Path) -> None:
        """Patterns and names are looked at as elsewhere, and have their lines."""
        text = '[per_file]\n"[z-a]" = ["no-stewerd"]\n"b" = [\n  "syntax"]\n"c" = "no-steward"\n'
        assert complaints(tmp_path / "a.toml", text) == [
            "a.toml:2: per_file.[z-a] (entry 1): no rule or group is named 'no-stewerd'; did you mean 'no-steward'?",
            "a.toml:2: per_file.[z-a]: '[z-a]': it cannot be understood",
            "a.toml:3: per_file.b (entry 1): syntax cannot be switched off; without it a file would pass that nobody has looked into, or private text",
            "a.toml:5: per_file.c: must be a list, not the text 'no-steward'; write a list, like [\"…\"]",
        ]

    def test_a_comment_for_it_is_not_unused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A comment that silences a rule stays right where the rule is spared too."""
        monkeypatch.chdir(tmp_path)
        text = BASE.replace("kind: one-to-one", "kind: team")
        text = text.replace("ground_rules:", "ground_rules:  # alliancekit: ignore[no-decision-rule] later")
        spared = make_configuration({"per_file": {"*": ["no-decision-rule"]}}).settings()
        assert not {one.rule for one in check.check_text(text, path="a.yaml", settings=spared)} & {
            "unused-suppression",
            "no-decision-rule",
        }


class TestPage:
    """docs/reference/configuration.md."""

    PAGE = ROOT / "docs" / "reference" / "configuration.md"

    def test_it_is_what_the_class_says(self) -> None:
        """The page is the generated one."""
        assert self.PAGE.read_text(encoding="utf-8") == check.configuration_page(), "run make schemas"

    def test_its_example(self, tmp_path: Path) -> None:
        """What it shows can be read, and so can its line for editors."""
        blocks = re.findall(r"```toml\n(.*?)```", self.PAGE.read_text(encoding="utf-8"), re.DOTALL)
        assert len(blocks) == 2
        for block in blocks:
            assert read_configuration(write(tmp_path / "alliancekit.toml", block)).path
        assert check.settings_schema(draft_07=True)["$id"] in blocks[1]
