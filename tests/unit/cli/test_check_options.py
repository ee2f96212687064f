"""What a project says about how it is checked, and the options of ``check`` that go over it."""

import tomllib
from pathlib import Path

import pytest

from alliancekit import check as checking
from alliancekit.check import Settings, make_configuration, read_configuration
from alliancekit.findings import Finding
from tests.unit.cli.terminal import ALLIANCE, Said, run, write

DRAFT = ALLIANCE.replace("status: active", "status: draft").replace(
    "    known_by: No surprise at the Thursday review.\n", ""
)


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "drafts").mkdir()
    write(tmp_path, "a.alliance.yaml", DRAFT)
    write(tmp_path, "drafts/b.alliance.yaml", "alliancekit: alliance/1\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rules(said: Said) -> set[str]:
    return {one.partition("[")[2].partition("]")[0] for one in said.out.splitlines() if ": " in one and "[" in one}


class TestConfiguration:
    """Which one is taken."""

    def test_the_nearest(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The nearest one holds, and its patterns begin in its folder."""
        write(project, "alliancekit.toml", 'fail_on = "never"\nexclude = ["drafts/"]\n')
        assert run("check").code == 0
        assert run("check", "--show-files").out == "a.alliance.yaml\n"
        monkeypatch.chdir(project / "drafts")
        assert run("check", "--show-files", project).out == f"{project}/a.alliance.yaml\n"
        assert run("check", "--show-files").out == "b.alliance.yaml\n"

    def test_isolated(self, project: Path) -> None:
        """None is taken where none is wanted, not even to complain about it."""
        write(project, "alliancekit.toml", "fail_on = never\n")
        broken, isolated = run("check"), run("check", "--isolated")
        assert (broken.code, broken.out) == (2, "")
        assert "alliancekit.toml:1: the file is no TOML" in broken.err
        assert isolated.code == 1

    def test_named(self, project: Path) -> None:
        """The one that is named is taken, and no other."""
        write(project, "alliancekit.toml", "broken\n")
        write(project, "ci.toml", 'fail_on = "never"\n')
        assert run("check", "--config", "ci.toml").code == 0
        assert (
            run("check", "--config", "no.toml").err == "alliancekit: no.toml: there is no such file; check the name\n"
        )
        both = run("check", "--config", "ci.toml", "--isolated")
        assert both.code == 2
        assert "give one of the two" in both.err

    def test_everything_wrong_is_told(self, project: Path) -> None:
        """One line for each thing, exit code 2, and nothing is checked."""
        write(project, "pyproject.toml", '[tool.alliancekit]\nprofil = "x"\nfail_on = 3\n')
        said = run("check")
        assert (said.code, said.out) == (2, "")
        assert said.err.splitlines() == [
            "alliancekit: pyproject.toml:2: unknown key 'profil'; did you mean 'profile'?",
            "alliancekit: pyproject.toml:3: fail_on: must be one of error, warning, never, not the number 3",
        ]


class TestOptions:
    """The command line goes over the configuration."""

    def test_fail_on(self, project: Path) -> None:
        """What makes the exit code 1 is the configuration's, unless it is said."""
        write(project, "alliancekit.toml", 'fail_on = "warning"\n')
        assert run("check", "a.alliance.yaml").code == 1
        assert run("check", "a.alliance.yaml", "--fail-on", "error").code == 0

    def test_rules(self, project: Path) -> None:
        """``--select`` says anew which rules run, ``--ignore`` leaves out more; both take several."""
        write(project, "alliancekit.toml", 'ignore = ["no-review", "no-check-in"]\n')
        everything = rules(run("check", "a.alliance.yaml"))
        assert {"one-sided", "no-evidence"} <= everything
        assert "no-check-in" not in everything
        fewer = rules(run("check", "a.alliance.yaml", "--ignore", "one-sided,no-evidence"))
        assert fewer == everything - {"one-sided", "no-evidence"}
        chosen = run("check", "a.alliance.yaml", "--select", "no-check-in", "--select", "one-sided")
        assert rules(chosen) == {"no-check-in", "one-sided"}

    def test_profile(self) -> None:
        """A profile may be chosen for one run."""
        assert run("check", "a.alliance.yaml").code == 0
        assert run("check", "a.alliance.yaml", "--profile", "strict").code == 1
        assert rules(run("check", "a.alliance.yaml", "--profile", "gentle")) == set()

    def test_time(self, project: Path) -> None:
        """What a day has made wrong fails on request, and a request needs a day; ``today`` is one."""
        overdue = ALLIANCE.replace("    repeats:\n      frequency: weekly\n", '    due: "2026-10-31"\n')
        write(project, "a.alliance.yaml", overdue.replace("status: active", "status: draft"))
        assert "commitment-overdue" not in rules(run("check", "a.alliance.yaml"))
        assert "commitment-overdue" in rules(run("check", "a.alliance.yaml", "--as-of", "today"))
        assert "commitment-overdue" not in rules(run("check", "a.alliance.yaml", "--as-of", "2026-10-31"))
        assert run("check", "a.alliance.yaml", "--as-of", "today").code == 0
        assert run("check", "a.alliance.yaml", "--as-of", "today", "--fail-on-time").code == 1
        said = run("check", "a.alliance.yaml", "--fail-on-time")
        assert (said.code, "--fail-on-time needs --as-of" in said.err) == (2, True)

    def test_rules_of_a_package_that_cannot_be_had(self, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where settings name a rule that is missing, what is wrong with its package is said first."""
        broken = Finding(rule="plugin-failed", message="the rules 'acme' cannot be used")
        monkeypatch.setattr(checking, "installed_rules", lambda: ((), (broken,)))
        write(project, "alliancekit.toml", '[rules]\nacme-title = "info"\n')
        said = run("check")
        assert said.code == 2
        assert said.err.index("the rules 'acme' cannot be used") < said.err.index("no rule is named 'acme-title'")

    def test_excludes(self, project: Path) -> None:
        """``--exclude`` adds; what is named is checked nevertheless, unless it is forced."""
        assert run("check", "--show-files", "--exclude", "drafts/").out == "a.alliance.yaml\n"
        named = ("check", "--show-files", "a.alliance.yaml", "drafts/b.alliance.yaml", "--exclude", "drafts/")
        assert run(*named).out == "a.alliance.yaml\ndrafts/b.alliance.yaml\n"
        assert run(*named, "--force-exclude").out == "a.alliance.yaml\n"

    def test_the_standard_input_is_excluded_by_its_name(self) -> None:
        """What an editor sends is passed over where its file would be; else it is checked."""
        command = ("check", "-", "--stdin-filename", "drafts/c.alliance.yaml", "--exclude", "drafts/")
        assert run(*command, typed="x").code == 1
        forced = run(*command, "--force-exclude", typed="x")
        assert (forced.code, "0 files checked" in forced.out) == (0, True)

    def test_wrong(self) -> None:
        """All that is wrong about options is told at once, by the option."""
        said = run(
            "check", "--profile", "gentel", "--select", "vague-wordin", "--exclude", "[z-a]", "--fail-on", "eror"
        )
        assert said.code == 2
        assert said.err.splitlines() == [
            "alliancekit: --profile: must be one of standard, gentle, strict, not 'gentel'; did you mean 'gentle'?",
            "alliancekit: --fail-on: must be one of error, warning, never, not 'eror'; did you mean 'error'?",
            "alliancekit: --select: no rule or group is named 'vague-wordin'; did you mean 'vague-wording'?",
            "alliancekit: --exclude: '[z-a]': it cannot be understood",
        ]
        assert "'tomorrow' is no date; write it like 2026-11-05, or today" in run("check", "--as-of", "tomorrow").err


class TestShowing:
    """What holds can be seen."""

    def test_files(self, project: Path) -> None:
        """The files that would be checked, one on a line; what cannot be looked into is told beside."""
        assert run("check", "--show-files").out == "a.alliance.yaml\ndrafts/b.alliance.yaml\n"
        write(project, "x\x1b[31m.alliance.yaml", "")
        assert "\x1b" not in run("check", "--show-files").out

    def test_settings_say_the_same_again(self, project: Path) -> None:
        """What is shown is a configuration that comes to the same."""
        text = 'profile = "strict"\nignore = ["clauses"]\nexclude = ["a\\"b/"]\n[rules]\nno-steward = "off"\n'
        text += "too-many-clauses = {most_ground_rules = 9}\n[limits]\ntext = 5\n"
        text += '[per_file]\n"*.json" = ["living"]\n[words.nl]\nvague = ["vaak"]\n'
        write(project, "alliancekit.toml", text)
        shown = run("check", "--show-settings")
        write(project, "again.toml", shown.out)
        before, after = read_configuration("alliancekit.toml"), read_configuration("again.toml")
        assert (shown.code, shown.err) == (0, "")
        assert shown.out.startswith('# From "alliancekit.toml".\nprofile = "strict"\n')
        assert after.settings([]).limits == before.settings([]).limits
        assert {**after.settings().severities, **before.settings().severities} == dict(after.settings().severities)
        assert after.settings().most_ground_rules == 9
        assert (after.table.exclude, after.table.words) == (before.table.exclude, before.table.words)
        assert after.settings().per_file == before.settings().per_file

    def test_nothing_is_configured(self) -> None:
        """Without a configuration the defaults are shown, as they would be written."""
        shown = run("check", "--show-settings", "--exclude", "x/")
        assert shown.out.startswith("# Excluded on the command line too: x/\n# Nothing is configured.\n")
        said = tomllib.loads(shown.out)
        assert said["rules"]["vague-wording"] == "warning"
        assert "no-review" not in said["rules"]
        assert "# no-review: warning, and error once an alliance is active" in shown.out
        settings = make_configuration(said).settings()
        assert settings == Settings(severities=settings.severities)
