"""What patterns fit, beside git's own answer."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from alliancekit.check import Patterns, Search
from alliancekit.check._files import documents_in
from alliancekit.check._patterns import pattern_problem

FOLDERS = ("", "a", "a/b", "a/b/a", "b", "b/a", "ab", "a.b", "[a]", "a b")
FILES = ("a", "b.bank.yaml", "ab.bank.yaml", "!b.bank.yaml", "#.bank.yaml", "a b.flow.json")

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
# Not [!a]: there it fits a slash too, which in git it does not.
pieces = st.sampled_from(("a", "b", "ab", "*", "**", "?", "[ab]", "/", ".", "bank", "yaml", "\\", " ", "!", "#"))
lines = st.builds(
    lambda sign, parts: sign + "".join(parts), st.sampled_from(("", "", "!")), st.lists(pieces, min_size=1, max_size=6)
)


class Repository:
    """A folder under git, in which every file and folder is asked about."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.git("init", "-q")
        for folder in FOLDERS:
            (root / folder).mkdir(exist_ok=True)
            for name in FILES:
                if not (root / folder / name).is_dir() and f"{folder}/{name}".strip("/") not in FOLDERS:
                    (root / folder / name).write_text("", encoding="utf-8")

    def git(self, *arguments: str, given: str = "") -> str:
        clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        done = subprocess.run(
            ["git", "-C", str(self.root), "-c", "core.excludesFile=", *arguments],
            input=given,
            capture_output=True,
            text=True,
            env=clean,
            check=False,
        )
        assert done.returncode in {0, 1}, done.stderr
        return done.stdout

    def paths(self) -> Iterator[Path]:
        return (one for one in sorted(self.root.rglob("*")) if ".git" not in one.parts)

    def ignored(self, patterns: tuple[str, ...]) -> set[str]:
        (self.root / ".git" / "info" / "exclude").write_text("\n".join(patterns) + "\n", encoding="utf-8")
        asked = "\0".join(one.relative_to(self.root).as_posix() for one in self.paths())
        return set(filter(None, self.git("check-ignore", "--no-index", "-z", "--stdin", given=asked).split("\0")))


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return Repository(tmp_path_factory.mktemp("repository"))


@needs_git
@settings(max_examples=150, deadline=None)
@given(patterns=st.lists(lines, min_size=1, max_size=4))
@example(patterns=["a/", "!a/b.bank.yaml"])
@example(patterns=["a/*", "!a/b/"])
@example(patterns=["**/a/b.*", "/b"])
@example(patterns=["!*", "a"])
@example(patterns=["!a/**", "a/b/"])
@example(patterns=["a", "!/a"])
@example(patterns=["*/", "!a"])
def test_patterns_fit_as_in_git(repository: Repository, patterns: list[str]) -> None:
    """What is passed over is what git ignores, in a search and by name."""
    assume(not any(map(pattern_problem, patterns)))
    whole = Patterns(patterns, str(repository.root))
    ignored = repository.ignored(whole.lines)

    covered = {
        path.relative_to(repository.root).as_posix()
        for path in repository.paths()
        if whole.cover(str(path), is_folder=path.is_dir())
    }
    assert covered == ignored

    everything = documents_in([str(repository.root)])
    expected = [one.path for one in everything if os.path.relpath(one.path, repository.root) not in ignored]
    assert [one.path for one in documents_in([str(repository.root)], Search(exclude=[whole]))] == expected
