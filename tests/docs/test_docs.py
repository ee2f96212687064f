"""
Every block of the README and of `docs/` is true.

Blocks of one page run in order and share their names, in an empty folder that has `examples/` in it. What a block may be
is said in CONTRIBUTING.md; ``<!-- skip: next "the reason" -->`` above one leaves it out.
"""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from unittest import SkipTest

import pytest
from sybil import Example
from sybil.document import Document
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser

from tests.shared import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]

# As the installed command does, but also where only src/ is on the path.
COMMAND = [
    sys.executable,
    "-c",
    "import sys; sys.argv[0] = 'alliancekit'; from alliancekit.cli import main; sys.exit(main())",
]
PLAIN = {"COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8", "TERM": "dumb"}


def check_yaml(example: Example) -> None:
    """Load a block that is one of our documents; any other YAML is somebody else's."""
    text = str(example.parsed)
    if _is_ours(text):
        from alliancekit import loads

        loads(text)


def _is_ours(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return bool(lines) and lines[0].startswith("alliancekit:")


def check_console(example: Example) -> None:
    """Run a block's commands of ours and compare what each prints; ``$ echo $?`` shows how the last one ended."""
    code = 0
    for command, expected in _commands(str(example.parsed)):
        if command == "echo $?":
            actual = f"{code}\n"
        elif command.startswith("alliancekit "):
            done = _run(command)
            code, actual = done.returncode, done.stdout
        else:
            continue
        where = f"{example.path}, the block at line {example.line}: $ {command}"
        assert expected.rstrip() == actual.rstrip(), f"{where}\nthe page shows\n{expected}\nand it printed\n{actual}"


def _commands(block: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for line in block.splitlines(keepends=True):
        if line.startswith("$ "):
            found.append((line[2:].strip(), ""))
        elif found:
            command, shown = found[-1]
            found[-1] = command, shown + line
    return found


def _run(command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *shlex.split(command)[1:]],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={**os.environ, **PLAIN},
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_blocks(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the page shows is what happens."""
    if (ROOT / "examples").is_dir():
        shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    run_page(page)


def test_guide_by_hand(tmp_path: Path) -> None:
    """What the tutorial shows of the terminal is what a person sees there."""
    page = (ROOT / "docs" / "tutorials" / "first-alliance.md").read_text(encoding="utf-8")
    block = page.partition("$ alliancekit guide one-to-one\n")[2].partition("```")[0]
    typed = [words for line in block.splitlines() if (words := line.partition("> ")[2])]
    done = subprocess.run(
        [*COMMAND, "guide", "one-to-one"],
        input="\n".join(typed) + "\n",
        stdout=subprocess.PIPE,
        encoding="utf-8",
        cwd=tmp_path,
        env={**os.environ, **PLAIN},
        check=False,
        timeout=60,
    )
    shown = [line.partition(">")[0] for line in block.splitlines()]
    assert [line for line in shown if line not in done.stdout] == []
    assert typed[:2] == ["Ana Silva", "Ben Osei"]


def run_page(page: Path) -> None:
    parsers = [
        PythonCodeBlockParser(),
        CodeBlockParser("yaml", check_yaml),
        CodeBlockParser("console", check_console),
        SkipParser(),
    ]
    for example in Document.parse(str(page), *parsers).examples():
        try:
            example.evaluate()
        except SkipTest:
            continue


class TestThisTest:
    """That a page which shows something untrue is found out."""

    def run(self, folder: Path, text: str) -> None:
        page = folder / "page.md"
        page.write_text(text, encoding="utf-8")
        run_page(page)

    def test_python_fails(self, tmp_path: Path) -> None:
        """A Python block that raises is a failure, and blocks share their names."""
        with pytest.raises(ZeroDivisionError):
            self.run(tmp_path, "```python\nx = 0\n```\n\ntext\n\n```python\n1 / x\n```\n")

    def test_prompts_fail(self, tmp_path: Path) -> None:
        """A Python block with prompts shows what they print."""
        self.run(tmp_path, "```python\n>>> 1 + 1\n2\n```\n")
        with pytest.raises(AssertionError, match="Expected"):
            self.run(tmp_path, "```python\n>>> 1 + 1\n3\n```\n")

    def test_skip(self, tmp_path: Path) -> None:
        """Only the block below the remark is left out."""
        skip = '<!-- skip: next "it takes an hour" -->\n'
        with pytest.raises(KeyError):
            self.run(tmp_path, skip + "```python\n1 / 0\n```\n\ntext\n\n```python\n{}[1]\n```\n")

    def test_console_fails(self, tmp_path: Path) -> None:
        """What a command prints is compared exactly; a command of somebody else's is not run."""
        with pytest.raises(AssertionError, match="echo"):
            self.run(tmp_path, "```console\n$ make coffee\n$ echo $?\n1\n```\n")
