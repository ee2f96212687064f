"""Git repositories with a past: files that were written on certain days by certain people."""

import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from tests.integrations.repositories import environment, git, repository

__all__ = ["alone", "begun", "follow", "plain", "run_git", "write", "write_on"]


def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let git read no settings of whoever runs the tests."""
    for name, value in environment().items():
        if name.startswith("GIT_CONFIG"):
            monkeypatch.setenv(name, value)


def run_git(folder: Path, *arguments: str | bytes, given: bytes = b"", **more: str) -> bytes:
    """Run git in *folder* with more in its environment, hand it *given*, and return what it says."""
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env=environment(**more),
        input=given,
        capture_output=True,
        check=True,
        timeout=60,
    )
    return done.stdout


def begun(folder: Path) -> Path:
    """Return a new repository."""
    return repository(folder)


def write(folder: Path, files: Mapping[str, str | bytes | None]) -> None:
    """Write *files* into *folder*; None takes one away."""
    for name, text in files.items():
        path = folder / name
        if text is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def write_on(folder: Path, day: str | date, files: Mapping[str, str | bytes | None] = {}, by: str = "Ana") -> str:
    """Commit *files*, and whatever else has changed, as *by* on *day*; return the commit."""
    write(folder, files)
    run_git(folder, "add", "--all")
    when = f"{day}T09:00:00+0100"
    who = {"GIT_AUTHOR_NAME": by, "GIT_AUTHOR_EMAIL": f"{by.lower()}@example.org"}
    dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    run_git(folder, "commit", "--quiet", "--no-verify", "--allow-empty", "--message", "x", **who, **dates)
    return git(folder, "rev-parse", "HEAD")


def plain(lines: int = 10, **changed: str) -> str:
    """Return an agreement of so many lines, of which some say something else: ``line3="other"``."""
    return "".join(
        changed.get(f"line{at}", f"We keep promise number {at} to each other.") + "\n" for at in range(lines)
    )


def follow(folder: Path, path: str) -> list[str]:
    """Return the commits that git itself says wrote the file at *path*, the newest first."""
    out = run_git(folder, "log", "--follow", "--format=%H", "--", path)
    return out.decode().split()
