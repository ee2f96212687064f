"""`action.yml`: its steps are run with bash, in an environment like that of GitHub's runner."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from attrs import evolve, frozen

from tests.integrations.network import skip_without_index
from tests.integrations.repositories import copy_of_the_project, environment
from tests.shared import ROOT
from tests.unit.cli.terminal import run

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
INSTALL, CHECK = ACTION["runs"]["steps"]
RECORDER = """\
#!/bin/sh
for argument; do printf '%s\\0' "$argument"; done >"$RUNNER_TEMP/arguments"
exit {code}
"""

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")


@frozen
class Ended:
    """
    How the step ended.

    Attributes:
        code: Its exit code.
        said: What it printed.
        outputs: Its outputs.
        summary: What it wrote for the page of the run.
    """

    code: int
    said: str
    outputs: dict[str, str]
    summary: str


@frozen
class Runner:
    """
    A runner of GitHub, as far as our steps can see.

    Attributes:
        workspace: The checkout.
        temp: What it calls RUNNER_TEMP.
        action: Where the action is.
    """

    workspace: Path
    temp: Path
    action: Path = ROOT

    def install(self, program: str) -> None:
        """Put *program* where the first step would have put ours."""
        folder = self.temp / "alliancekit" / "bin"
        folder.mkdir(parents=True)
        python = f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n'
        for name, text in {"alliancekit": program, "python": python}.items():
            (folder / name).write_text(text)
            (folder / name).chmod(0o755)

    def step(self, step: dict[str, Any], **inputs: str) -> Ended:
        """Run a step with *inputs*, whose names have underscores, and the defaults of all others."""
        files = {name: self.temp / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "script")}
        for path in files.values():
            path.write_text("")
        files["script"].write_text(step["run"])
        given = {name: str(row.get("default", "")) for name, row in ACTION["inputs"].items()}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        values = {name: given[_input(text)] for name, text in step.get("env", {}).items()}
        known = {name: str(path) for name, path in files.items() if name != "script"}
        known |= {"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(self.workspace), "RUNNER_TEMP": str(self.temp)}
        known |= {"GITHUB_ACTION_PATH": str(self.action), "NO_COLOR": "1"}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(files["script"])],
            cwd=self.workspace,
            env=environment(**known, **values),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=240,
        )
        outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
        return Ended(done.returncode, done.stdout, outputs, files["GITHUB_STEP_SUMMARY"].read_text())

    def arguments(self) -> list[str]:
        """Return what the recorder was given."""
        return (self.temp / "arguments").read_text().split("\0")[:-1]


def _input(expression: str) -> str:
    found = re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", expression)
    assert found, expression
    return found[1]


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """Return a runner whose checkout, and all of whose paths, have a space in them."""
    for name in ("work space", "run temp"):
        (tmp_path / name).mkdir()
    return Runner(tmp_path / "work space", tmp_path / "run temp")


@pytest.fixture
def recorder(runner: Runner) -> Runner:
    """Return a runner on which the command writes down its arguments, and finds nothing."""
    runner.install(RECORDER.format(code=0))
    return runner


class TestArguments:
    """What becomes of the inputs."""

    def test_none(self, recorder: Runner) -> None:
        """Without inputs the whole checkout is checked, for people, for GitHub, and to be counted."""
        ended = recorder.step(CHECK)
        assert (ended.code, ended.outputs) == (0, {"exit-code": "0"})
        report = recorder.temp / "alliancekit-report"
        assert recorder.arguments() == [
            "check",
            "--format=github",
            f"--format=text:{report}.txt",
            f"--format=json:{report}.json",
            "--",
        ]

    def test_all(self, recorder: Runner) -> None:
        """Each line of paths and of args is one argument, whatever ends the lines; empty ones are none."""
        recorder.step(
            CHECK,
            paths="one file.yaml\r\n\n-two\n",
            args="--jobs=2\n--select=stale-ratification\n",
            fail_on="warning",
            as_of="2026-11-01",
            sarif_file="out put.sarif",
        )
        assert recorder.arguments()[4:] == [
            *("--fail-on=warning", "--as-of=2026-11-01", "--format=sarif:out put.sarif"),
            *("--jobs=2", "--select=stale-ratification", "--", "one file.yaml", "./-two"),
        ]

    def test_today(self, recorder: Runner) -> None:
        """A workflow that runs every week may say today."""
        recorder.step(CHECK, as_of="today")
        assert re.search(r"--as-of=\d{4}-\d\d-\d\d\Z", recorder.arguments()[4])

    @pytest.mark.parametrize(
        "hostile",
        [
            "$(touch pwned)",
            "`touch pwned`",
            "; touch pwned",
            '"; touch pwned; "',
            "'; touch pwned; '",
            "| touch pwned",
            "&& touch pwned",
            "> pwned",
            "*",
            "a  b\tc",
            "${IFS}",
            "\\",
            "-rf",
            "--fix",
            "~",
            "!!",
            "é ☃",
        ],
    )
    @pytest.mark.parametrize("name", ["paths", "fail_on", "as_of", "sarif_file", "args"])
    def test_no_text_becomes_a_command(self, name: str, hostile: str, recorder: Runner) -> None:
        """Whatever an input holds reaches the command as one value, and nothing else runs."""
        recorder.step(CHECK, **{name: hostile})
        begun = {"fail_on": "--fail-on=", "as_of": "--as-of=", "sarif_file": "--format=sarif:"}.get(name, "")
        dash = "./" if name == "paths" and hostile.startswith("-") else ""
        assert recorder.arguments().count(f"{begun}{dash}{hostile}") == 1
        assert list(recorder.workspace.iterdir()) == []

    def test_no_output_can_be_added(self, recorder: Runner) -> None:
        """A line break in an input sets no other output."""
        (recorder.workspace / "a.sarif").write_text("")
        ended = recorder.step(CHECK, sarif_file="a.sarif\nexit-code=7")
        assert ended.outputs == {"exit-code": "0", "sarif-file": "a.sarif"}


class TestOutputs:
    @pytest.mark.parametrize("code", [0, 1, 2])
    def test_exit_code(self, code: int, runner: Runner) -> None:
        """The step ends as the check ends, and says it as an output too."""
        runner.install(RECORDER.format(code=code))
        ended = runner.step(CHECK)
        assert (ended.code, ended.outputs["exit-code"]) == (code, str(code))


def test_no_expression_in_a_script() -> None:
    """No step has an expression in its script, where its text would become a part of it."""
    assert [step["name"] for step in ACTION["runs"]["steps"] if "${{" in step["run"]] == []
    assert [step["name"] for step in ACTION["runs"]["steps"] if "uses" in step] == []


def test_the_steps_as_they_are(runner: Runner, tmp_path: Path) -> None:
    """The whole action: a folder of its own is enough to install it, files of a stranger are not imported, and it checks."""
    action = copy_of_the_project(tmp_path / "the action")
    for name in ("venv.py", "pip.py", "typing.py", "json.py", "ensurepip.py", "alliancekit.py"):
        (runner.workspace / name).write_text("open('pwned', 'w')\n")
    assert run("init", runner.workspace / "agreements").code == 0
    own = evolve(runner, action=action)

    installed = own.step(INSTALL)
    if installed.code:
        skip_without_index()
    assert installed.code == 0, installed.said

    sound = own.step(CHECK, paths="agreements", fail_on="warning")
    assert (sound.code, sound.outputs) == (0, {"exit-code": "0", "findings": "0", "errors": "0", "warnings": "0"})
    agreement = runner.workspace / "agreements" / "ours.alliance.yaml"
    (runner.workspace / "alliancekit.toml").write_text('fail_on = "never"\n')
    agreement.write_text(agreement.read_text().replace("kind: team", "kind: teem"))
    assert own.step(CHECK, paths="agreements").outputs == {**sound.outputs, "findings": "1", "errors": "1"}
    broken = own.step(CHECK, paths="agreements", fail_on="error", sarif_file="out put.sarif")
    assert (broken.code, broken.outputs["exit-code"], broken.outputs["errors"]) == (1, "1", "1")
    assert broken.outputs["sarif-file"] == "out put.sarif"
    assert json.loads((runner.workspace / "out put.sarif").read_text())["version"] == "2.1.0"
    assert "error[wrong-value]" in broken.said
    assert "wrong-value" in broken.summary
    assert re.search(r"^::error .*file=agreements/ours\.alliance\.yaml,", broken.said, re.MULTILINE)
    assert not (runner.workspace / "pwned").exists()
