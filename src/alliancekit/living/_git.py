"""
The program git, asked so that it runs nothing that a repository configures.

A repository may come from anybody, and its configuration names programs: hooks, pagers, what shows a difference, what
watches files, what checks a signature, what fetches objects that are missing. Only commands are asked here that have no
need of any of them, each of them is switched off besides, and no transport is allowed. What git is told by whoever runs
it (which repositories are safe, above all) still holds.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from shlex import quote
from tempfile import TemporaryFile
from threading import Event, Timer
from typing import IO, Final, final

from attrs import field, frozen

from alliancekit.errors import UnreadableError
from alliancekit.findings import Finding
from alliancekit.typing import Source

__all__ = ["Git", "Output", "lacks_objects", "open_git", "unreadable"]

MOST_OUTPUT: Final = 64 * 1024 * 1024
"""So many bytes of one answer are read; a hostile history must not choose how much memory is taken."""

_CHUNK: Final = 1 << 20
_MOST_SAID: Final = 4096

# Settings of the repository that would run something, read something elsewhere, or change what an answer looks like.
_SETTINGS: Final = (
    f"core.hooksPath={os.devnull}",
    f"core.attributesFile={os.devnull}",
    "core.fsmonitor=false",
    "core.pager=cat",
    "core.alternateRefsCommand=false",
    "core.sshCommand=false",
    "core.gitProxy=false",
    "credential.helper=",
    "protocol.allow=never",
    "diff.external=",
    f"diff.orderFile={os.devnull}",
    "diff.relative=false",
    "diff.renames=false",
    "log.follow=false",
    "log.mailmap=false",
    "log.showRoot=true",
    "log.showSignature=false",
    "submodule.recurse=false",
    "maintenance.auto=false",
    "gc.auto=0",
    "i18n.logOutputEncoding=UTF-8",
)
_FLAGS: Final = ("--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs")

# What a repository's own environment would be is left out: within a hook these variables name another repository.
_KEPT: Final = frozenset(
    {
        "GIT_CEILING_DIRECTORIES",
        "GIT_CONFIG_COUNT",
        "GIT_CONFIG_GLOBAL",
        "GIT_CONFIG_NOSYSTEM",
        "GIT_CONFIG_SYSTEM",
        "GIT_DISCOVERY_ACROSS_FILESYSTEM",
        "GIT_EXEC_PATH",
    }
)
_KEPT_TOO: Final = ("GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_")
_GUARDS: Final[Mapping[str, str]] = {
    # No protocol has this name, so none is allowed, whatever the repository says about single ones.
    "GIT_ALLOW_PROTOCOL": "!",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
    # The sentences of git are told apart by their words.
    "LANGUAGE": "C",
    "LC_ALL": "C",
}


@final
@frozen(kw_only=True)
class Output:
    """
    What git answered.

    Attributes:
        code: Its exit code.
        out: What it wrote.
        said: What it wrote to the error stream, the beginning of it.
        is_cut: Whether there was more than is read, and it was stopped.
    """

    code: int
    out: bytes = field(repr=False)
    said: str
    is_cut: bool = False


@final
@frozen(kw_only=True)
class Git:
    """
    One repository, and how git is asked about it.

    Attributes:
        repository: The folder, as it was named.
        program: Where git is.
        environment: What git sees of the environment.
        timeout: Seconds that one question may take.
    """

    repository: str
    program: str
    environment: Mapping[str, str] = field(repr=False)
    timeout: float

    def ask(self, *arguments: str, given: bytes = b"") -> Output:
        """
        Return what git answers to a command, whatever its exit code.

        Args:
            arguments: The command.
            given: What it reads.

        Raises:
            UnreadableError: It took too long.
        """
        settings = (part for one in _SETTINGS for part in ("-c", one))
        command = (self.program, *_FLAGS, *settings, "-C", self.repository, *arguments)
        return _ran(command, self, given)

    def told(self, *arguments: str, given: bytes = b"") -> Output:
        """Return what git answers to a command that has to succeed; raises `UnreadableError` where it does not."""
        answer = self.ask(*arguments, given=given)
        if answer.code and not answer.is_cut:
            raise _failure(self.repository, answer)
        return answer


def open_git(repository: Source, *, timeout: float) -> Git:
    """
    Return how git is asked about the repository that the folder *repository* is, or is in.

    Raises:
        UnreadableError: There is no such folder, or no program git.
    """
    name = os.fspath(repository)
    if not Path(name).is_dir():
        raise unreadable(name, "there is no such folder", "name the folder of a clone")
    program = _program(os.environ.get("PATH", os.defpath))
    if program is None:
        raise unreadable(name, "history is read by git, and there is no program git on the path", "install git")
    return Git(repository=name, program=program, environment=_environment(os.environ), timeout=timeout)


def unreadable(path: str, message: str, hint: str = "") -> UnreadableError:
    """Return the error that says why the repository at *path* cannot be read."""
    return UnreadableError((Finding(rule="unreadable", message=message, hint=hint, path=path),))


def lacks_objects(answer: Output) -> bool:
    """Return whether git failed because a clone lacks what its remote has: it was cloned with a filter."""
    return bool(answer.code) and "promisor remote" in answer.said


def _program(path: str) -> str | None:
    """Return where git is; never in the folder one happens to be in, which may be the repository itself."""
    folders = (folder for one in path.split(os.pathsep) if (folder := Path(one)).is_absolute())
    return next(filter(None, (shutil.which(str(folder / "git")) for folder in folders)), None)


def _environment(outer: Mapping[str, str]) -> dict[str, str]:
    kept = {
        name: value
        for name, value in outer.items()
        if not name.startswith("GIT_") or name in _KEPT or name.startswith(_KEPT_TOO)
    }
    return {**kept, **_GUARDS}


def _ran(command: Sequence[str], git: Git, given: bytes) -> Output:
    with TemporaryFile() as asked, TemporaryFile() as said:
        asked.write(given)
        asked.seek(0)
        try:
            process = subprocess.Popen(  # noqa: S603 - a list, no shell, and a program that was found by its whole path
                command, stdin=asked, stdout=subprocess.PIPE, stderr=said, env=dict(git.environment)
            )
        except (OSError, ValueError) as error:
            raise unreadable(git.repository, f"git cannot be started: {error}") from error
        return _heard(process, git, said)


def _heard(process: subprocess.Popen[bytes], git: Git, said: IO[bytes]) -> Output:
    is_late = Event()

    def stop() -> None:
        is_late.set()
        process.kill()

    alarm = Timer(git.timeout, stop)
    alarm.start()
    try:
        assert process.stdout is not None  # a pipe was asked for
        with process.stdout:
            out = _at_most(process.stdout, MOST_OUTPUT + 1)
            if is_cut := len(out) > MOST_OUTPUT:
                process.kill()
        code = process.wait()
    finally:
        alarm.cancel()
        process.kill()
    if is_late.is_set():
        hint = "allow it more time, or name a part of the repository"
        raise unreadable(git.repository, f"git took longer than {git.timeout:g} seconds", hint)
    said.seek(0)
    return Output(
        code=code, out=out[:MOST_OUTPUT], said=said.read(_MOST_SAID).decode("utf-8", "replace"), is_cut=is_cut
    )


def _at_most(stream: IO[bytes], most: int) -> bytes:
    parts: list[bytes] = []
    while most > 0 and (part := stream.read(min(_CHUNK, most))):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


def _failure(repository: str, answer: Output) -> UnreadableError:
    said = answer.said
    if "dubious ownership" in said or "unsafe repository" in said:
        place = quote(os.path.realpath(repository))
        hint = f"if you trust it, run: git config --global --add safe.directory {place}"
        return unreadable(repository, "git does not read it, because it belongs to somebody else", hint)
    if "not a git repository" in said:
        return unreadable(repository, "it is no git repository, and in none", "name the folder of a clone")
    if lacks_objects(answer):
        message = "the clone lacks what its remote has, and nothing is fetched here"
        return unreadable(repository, message, "clone it whole, without a filter")
    line = next((one for one in said.splitlines() if one.startswith(("fatal:", "error:"))), "") or said.strip()
    reason = line.partition(": ")[2] or line or f"exit code {answer.code}"
    return unreadable(repository, f"git cannot read it: {reason[:200]}")
