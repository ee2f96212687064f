"""The files in `examples/ci`, and `action.yml`: CI systems can read them, they are safe, and their commands work."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.integrations.programs import OURS, program
from tests.integrations.repositories import environment
from tests.shared import ROOT
from tests.unit.cli.terminal import run

CI = ROOT / "examples" / "ci"
BIN = Path(sys.executable).parent
WORKFLOWS = ("github-action.yml", "github-plain.yml")
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


def read(name: str) -> Any:
    return yaml.safe_load((CI / name).read_text(encoding="utf-8"))


class TestForm:
    """What others judge."""

    @pytest.mark.parametrize(
        ("schema", "path"),
        [
            ("vendor.github-actions", ROOT / "action.yml"),
            *(("vendor.github-workflows", CI / name) for name in WORKFLOWS),
            ("vendor.gitlab-ci", CI / "gitlab-ci.yml"),
        ],
    )
    def test_schema(self, schema: str, path: Path) -> None:
        """Each fits the schema of the system that reads it."""
        done = subprocess.run(
            [BIN / "check-jsonschema", "--builtin-schema", schema, path], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout

    def test_pre_commit(self) -> None:
        """The configuration is one that prek understands, and its hooks are ours."""
        path = CI / "pre-commit-config.yaml"
        assert subprocess.run([BIN / "prek", "validate-config", path], capture_output=True, check=False).returncode == 0
        ours = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
        used = [hook["id"] for hook in read(path.name)["repos"][0]["hooks"]]
        assert used == [hook["id"] for hook in ours]

    @pytest.mark.parametrize("name", ["action.yml", *WORKFLOWS])
    def test_safe(self, name: str, tmp_path: Path) -> None:
        """Zizmor finds nothing: no text of a stranger becomes a command, and no token lies about."""
        source, home = (ROOT, tmp_path) if name == "action.yml" else (CI, tmp_path / ".github" / "workflows")
        home.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes((source / name).read_bytes())
        done = subprocess.run(
            [BIN / "zizmor", "--offline", "--no-progress", home / name], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "No findings to report" in done.stdout

    def test_the_action_has_what_is_used(self) -> None:
        """The workflow uses inputs and outputs that the action has."""
        text = (CI / "github-action.yml").read_text()
        step = next(
            step for step in read("github-action.yml")["jobs"]["check"]["steps"] if "OWNER" in step.get("uses", "")
        )
        assert step["with"].keys() <= ACTION["inputs"].keys()
        assert set(re.findall(r"steps\.alliancekit\.outputs\.([a-z-]+)", text)) <= ACTION["outputs"].keys()


def commands() -> dict[str, list[str]]:
    """Return the shell commands of each file."""
    plain = [step["run"] for step in read("github-plain.yml")["jobs"]["check"]["steps"] if "run" in step]
    return {"github-plain.yml": plain, "gitlab-ci.yml": read("gitlab-ci.yml")["agreements"]["script"]}


class TestCommands:
    """Their commands, with a `pip` and a `python3` that install nothing."""

    @pytest.fixture
    def workspace(self, tmp_path: Path) -> Path:
        """Return a checkout with a first agreement, and programs in a folder beside it."""
        assert run("init", tmp_path / "checkout" / "agreements").code == 0
        for name, text in {"pip": "#!/bin/sh\n", "alliancekit": OURS}.items():
            program(tmp_path / "bin" / name, text)
        venv = f'#!/bin/sh\n[ "$1 $2 $3" = "-I -m venv" ] && mkdir -p "$4" && cp -R {shlex.quote(str(tmp_path / "bin"))} "$4/"\n'
        program(tmp_path / "bin" / "python3", venv)
        return tmp_path / "checkout"

    def shell(self, workspace: Path, *command: str) -> "subprocess.CompletedProcess[str]":
        path = f"{workspace.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
        plain = environment(PATH=path, NO_COLOR="1", TMPDIR=str(workspace.parent))
        return subprocess.run(
            command, cwd=workspace, env=plain, capture_output=True, text=True, check=False, timeout=60
        )

    def spoil(self, workspace: Path) -> None:
        agreement = workspace / "agreements" / "ours.alliance.yaml"
        agreement.write_text(agreement.read_text().replace("kind: team", "kind: teem"))

    @pytest.mark.parametrize("name", list(commands()))
    def test_pipelines(self, name: str, workspace: Path) -> None:
        """They end with 0 on a sound agreement and with 1 on a broken one, and write the reports that they name."""
        script = "\n".join(commands()[name])
        sound = self.shell(workspace, "bash", "-e", "-c", script)
        assert sound.returncode == 0, sound.stdout + sound.stderr
        self.spoil(workspace)
        broken = self.shell(workspace, "bash", "-e", "-c", script)
        assert broken.returncode == 1
        assert "wrong-value" in broken.stdout
        assert [one for one in re.findall(r":([\w-]+\.\w+)", script) if not (workspace / one).is_file()] == []

    def test_reports_of_gitlab(self) -> None:
        """What GitLab is told to read is what is written."""
        job = read("gitlab-ci.yml")["agreements"]
        written = re.findall(r"--format (\w+):(\S+)", " ".join(job["script"]))
        assert written == [
            ("gitlab", job["artifacts"]["reports"]["codequality"]),
            ("junit", job["artifacts"]["reports"]["junit"]),
        ]

    def test_script(self, workspace: Path) -> None:
        """`check.sh` ends as the check ends, and leaves nothing behind."""
        script = str(CI / "check.sh")
        before = sorted(workspace.parent.iterdir())
        assert self.shell(workspace, "sh", script, "agreements").returncode == 0
        self.spoil(workspace)
        assert self.shell(workspace, "sh", script, "agreements").returncode == 1
        assert self.shell(workspace, "sh", script, "--no-such-option").returncode == 2
        assert sorted(workspace.parent.iterdir()) == before


@pytest.mark.parametrize("path", sorted(CI.iterdir()), ids=lambda path: path.name)
def test_the_page_shows_the_file(path: Path) -> None:
    """The how-to shows each file as it is."""
    page = (ROOT / "docs" / "how-to" / "check-in-ci.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w+\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert path.read_text(encoding="utf-8") in blocks
