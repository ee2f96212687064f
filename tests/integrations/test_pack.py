"""The pack of `examples/pack`, built and installed beside alliancekit as a stranger would."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from venv import EnvBuilder

import pytest

from tests.shared import ROOT

PACK = ROOT / "examples" / "pack"
PAGE = ROOT / "docs" / "how-to" / "publish-a-pack.md"

GULLS = """\
alliancekit: answers/1
flow: choir
alliance: gulls
title: The Gulls
at: "2026-11-16T08:00:00Z"
members:
  ines:
    name: Ines
  karl:
    name: Karl
requests:
  - by: ines
    answer: sound
    value:
      - id: one-voice
        text: One voice out of many.
        known_by: On the recording nobody can name a single singer.
  - by: ines
    answer: sound.when
    value: Last June, on the pier.
  - by: ines
    answer: wrong-note
    value:
      choice: by-section
  - by: ines
    answer: count-on-you
    value:
      - id: the-scores
        text: Print the scores.
        known_by: They are on the piano on Monday at 19:00.
        repeats:
          frequency: weekly
          weekdays:
            - monday
  - by: karl
    pass: sound
  - by: karl
    answer: wrong-note
    value:
      choice: at-once
      note: But smile.
  - by: karl
    answer: count-on-you
    value:
      - id: the-key
        text: Open the hall.
        known_by: The lights are on at 18:45.
        repeats:
          frequency: weekly
          weekdays:
            - monday
  - by: ines
    answer: purpose
    value: Sing on the pier each June.
  - by: karl
    answer: absence
    value:
      - id: say-by-noon
        text: Who cannot come says so by noon.
        known_by: The message is in the group before 12:00.
  - by: ines
    answer: conflict
    value:
      - id: after-the-song
        text: We finish the song, then we argue.
        known_by: Nobody talks before the last chord.
  - by: karl
    answer: check-ins
    value:
      - id: last-monday
        frequency: monthly
        nth: last
        weekdays:
          - monday
        starts: "2026-11-30"
  - by: ines
    answer: review
    value:
      - frequency: monthly
        interval: 6
        starts: "2027-06-01"
  - by: ines
    ratify: sign
  - by: karl
    ratify: sign
"""


def run(*command: object, folder: Path) -> "subprocess.CompletedProcess[str]":
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "ALLIANCEKIT"))}
    plain |= {"ALLIANCEKIT_CACHE_DIR": str(folder / "cache"), "PIP_DISABLE_PIP_VERSION_CHECK": "1", "NO_COLOR": "1"}
    return subprocess.run(
        [str(one) for one in command], cwd=folder, env=plain, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that has alliancekit, and the pack's wheel; nothing is fetched for it."""
    home = tmp_path_factory.mktemp("choir")
    shutil.copytree(PACK, home / "pack")
    how = ("--quiet", "--no-index", "--no-deps")
    built = run(sys.executable, "-m", "pip", "wheel", *how, "--no-build-isolation", "-w", "dist", "./pack", folder=home)
    assert built.returncode == 0, built.stderr
    (wheel,) = (home / "dist").glob("*.whl")
    EnvBuilder(symlinks=os.name != "nt").create(home / "venv")
    at = python(home)
    found = run(at, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=home).stdout.strip()
    # What this test runs with is there too, alliancekit as it stands here among it.
    ours = f"{ROOT / 'src'}\n{sysconfig.get_path('purelib')}\n"
    (Path(found) / "ours.pth").write_text(ours, encoding="utf-8")
    installed = run(sys.executable, "-m", "pip", "--python", at, "install", *how, wheel, folder=home)
    assert installed.returncode == 0, installed.stderr
    (home / "gulls.answers.yaml").write_text(GULLS, encoding="utf-8")
    return home


def python(home: Path) -> Path:
    return home / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"


def kit(home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return run(python(home), "-m", "alliancekit", *arguments, folder=home)


def test_it_is_listed(home: Path) -> None:
    """`alliancekit banks` shows the bank and the flow, as the page about packs says, and finds nothing wrong."""
    done = kit(home, "banks")
    assert (done.returncode, done.stderr) == (0, "")
    shown = re.search(r"^\$ alliancekit banks\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert shown is not None
    assert done.stdout == shown[1]
    offers = json.loads(kit(home, "banks", "--format", "json").stdout)["offers"]
    assert [(one["kind"], one["package"], one["version"]) for one in offers if one["pack"] == "choir"] == [
        ("bank", "choir-pack", "1.2.0"),
        ("flow", "choir-pack", "1.2.0"),
    ]


def test_in_python(home: Path) -> None:
    """`library.bank` has it whole, with the built-in bank under it, in its own language and in another."""
    code = """
from alliancekit import library
bank = library.bank("choir")
print(bank.prompts["purpose"].text == library.bank("team").prompts["purpose"].text, bank.origin("purpose"))
print(library.bank("choir", language="pt-BR").prompts["absence"].text)
"""
    done = run(python(home), "-c", code, folder=home)
    assert done.stdout == "True team\nO que fazemos quanto a quem não pode vir?\n", done.stderr


def test_it_is_played_and_checked(home: Path) -> None:
    """Its flow leads to an alliance; in that its rule fires, and what is cited is held against its bank."""
    played = kit(home, "guide", "choir", "--answers", "gulls.answers.yaml", "-o", "gulls.alliance.yaml")
    assert played.returncode == 0, played.stderr
    path = home / "gulls.alliance.yaml"
    checked = kit(home, "check", "gulls.alliance.yaml")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    told = [line for line in checked.stdout.splitlines() if "[check-ins-name-a-room]" in line]
    assert len(told) == 1
    assert told[0].endswith("nothing says where last-monday takes place")
    assert "unknown-prompt" not in checked.stdout
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("- absence", "- absense"), encoding="utf-8")
    wrong = kit(home, "check", "gulls.alliance.yaml").stdout
    assert "warning[unknown-prompt] the bank choir has no prompt 'absense'" in wrong
    assert "hint: did you mean 'absence'?" in wrong


def test_the_page_shows_its_files() -> None:
    """The files that the page lists are those of the pack, and what it shows of the project is in there."""
    page = PAGE.read_text(encoding="utf-8")
    listed = page.partition("```text\n")[2].partition("```")[0].split()
    code = "src/choir_pack/__init__.py"
    found = {path.relative_to(PACK).as_posix() for path in PACK.rglob("*.*") if "__pycache__" not in path.parts}
    assert {*listed, "README.md", code} == found
    project = (PACK / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    blocks = re.findall(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert [line for block in blocks for line in block.splitlines() if line not in project] == []
