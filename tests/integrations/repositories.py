"""Git repositories made for a test, which know nothing of the settings of whoever runs it."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.shared import ROOT

# What a stranger's computer has; the same dates give the same commits.
PLAIN = {
    "GIT_AUTHOR_NAME": "Ana",
    "GIT_AUTHOR_EMAIL": "ana@example.org",
    "GIT_AUTHOR_DATE": "2026-11-01T09:00:00Z",
    "GIT_COMMITTER_NAME": "Ana",
    "GIT_COMMITTER_EMAIL": "ana@example.org",
    "GIT_COMMITTER_DATE": "2026-11-01T09:00:00Z",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
_PROJECT = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "action.yml", "requirements-dev.txt")


def environment(**more: str) -> dict[str, str]:
    """Return what a program started in such a repository sees; git's own variables of an outer run stay out."""
    outer = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**outer, **PLAIN, **more}


def git(folder: Path, *arguments: str) -> str:
    """Run git in *folder*, and return what it says."""
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=environment(), capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.strip()


def repository(folder: Path) -> Path:
    """Make a git repository of *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    return folder


def commit(folder: Path, message: str) -> str:
    """Commit everything in *folder*, and return the commit."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--no-verify", "--message", message)
    return git(folder, "rev-parse", "HEAD")


def copy_of_the_project(folder: Path) -> Path:
    """Copy into *folder* what it takes to install this project from there."""
    ignore = shutil.ignore_patterns("__pycache__")
    for name in ("src", "schemas", ".ci"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignore)
    for name in _PROJECT:
        shutil.copy(ROOT / name, folder / name)
    return folder
