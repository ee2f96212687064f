"""The hooks of `.pre-commit-hooks.yaml`, run by prek as pre-commit runs them, from a repository made here."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from alliancekit.documents import HEADERS
from tests.integrations.network import skip_without_index
from tests.integrations.repositories import commit, copy_of_the_project, environment, git, repository
from tests.shared import ROOT
from tests.unit.cli.terminal import run

MANIFEST = ROOT / ".pre-commit-hooks.yaml"
HOOKS: dict[str, Any] = {hook["id"]: hook for hook in yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))}
PREK = Path(sys.executable).with_name("prek")
# It stays from run to run, with the programs that prek fetches; `make clean` removes it.
HOME = ROOT / ".cache" / "prek"


def prek(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    plain = environment(PREK_HOME=str(HOME), PREK_COLOR="never", NO_COLOR="1")
    return subprocess.run(
        [PREK, *arguments], cwd=folder, env=plain, capture_output=True, text=True, check=False, timeout=240
    )


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """Return a repository with a first agreement, and the hooks of this project as `examples/ci` shows them."""
    kit = copy_of_the_project(repository(tmp_path / "alliancekit"))
    version = commit(kit, "Everything")
    team = repository(tmp_path / "team")
    assert run("init", team).code == 0
    shown = (ROOT / "examples" / "ci" / "pre-commit-config.yaml").read_text(encoding="utf-8")
    config = shown.replace("https://github.com/OWNER/alliancekit", str(kit)).replace("v0.1.0", version)
    (team / ".pre-commit-config.yaml").write_text(config)
    git(team, "add", "--all")
    return team


def outcomes(done: "subprocess.CompletedProcess[str]") -> dict[str, str]:
    """Return how each hook ended, by its id."""
    ended = dict(re.findall(r"^(.*?)\.{3,}(?:.*\))?(\w+)$", done.stdout, re.MULTILINE))
    return {name: ended[hook["name"]] for name, hook in HOOKS.items()}


def test_hooks(team: Path) -> None:
    """
    Both hooks pass on a sound agreement, fail on a broken one, and pass over one that is excluded.

    Where no document changed only the second runs.
    """
    installed = prek(team, "prepare-hooks")
    if installed.returncode:
        skip_without_index()
    assert installed.returncode == 0, installed.stdout + installed.stderr

    sound = prek(team, "run")
    assert sound.returncode == 0, sound.stdout + sound.stderr
    assert set(outcomes(sound).values()) == {"Passed"}
    commit(team, "Begin")

    agreement = team / "ours.alliance.yaml"
    text = agreement.read_text()
    agreement.write_text(text.replace("kind: team", "kind: teem"))
    git(team, "add", "--all")
    broken = prek(team, "run")
    assert broken.returncode == 1
    assert set(outcomes(broken).values()) == {"Failed"}
    line = text.splitlines().index(next(line for line in text.splitlines() if line.startswith("kind"))) + 1
    assert broken.stdout.count(f"ours.alliance.yaml:{line}:7: error[wrong-value]") == 2

    (team / "alliancekit.toml").write_text('exclude = ["ours.*"]\n')
    git(team, "add", "--all")
    assert set(outcomes(prek(team, "run")).values()) == {"Passed"}

    git(team, "reset", "--quiet", "--hard")
    (team / "notes.yaml").write_text("alliancekit: nonsense\n")
    git(team, "add", "--all")
    assert outcomes(prek(team, "run")) == {"alliancekit-check": "Skipped", "alliancekit-check-all": "Passed"}


def test_manifest() -> None:
    """The manifest is one that prek understands."""
    done = subprocess.run([PREK, "validate-manifest", MANIFEST], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0


@pytest.mark.parametrize("kind", HEADERS)
def test_names(kind: str) -> None:
    """The first hook is given every name under which a document is found, and no other."""
    pattern = HOOKS["alliancekit-check"]["files"]
    endings = [ending for ending in ("yaml", "yml", "json") if re.search(pattern, f"a/b.{kind}.{ending}")]
    assert endings == (["json"] if HEADERS[kind].json_only else ["yaml", "yml", "json"])
    assert not re.search(pattern, f"a/{kind}.yaml")
    assert not re.search(pattern, f"a/b.{kind}.yaml.txt")
