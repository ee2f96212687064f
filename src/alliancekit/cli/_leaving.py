"""What a session leaves behind: which files there are, what may be written, and what is said of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, final

from attrs import frozen

from alliancekit import documents
from alliancekit.cli._console import FINDINGS, Failure, may_write, say, tell, write_new
from alliancekit.cli._showing import listed
from alliancekit.errors import AllianceKitError, DocumentError
from alliancekit.flow import Session
from alliancekit.model import Alliance

_ENDINGS: Final = (".alliance.yaml", ".alliance.yml", ".alliance.json", ".yaml", ".yml", ".json")
_ENDING: Final = re.compile(r"(\.alliance)?\.(yaml|yml|json)$")


@final
@frozen
class Leaving:
    """
    The files of one session.

    Attributes:
        saved: The session itself, with everybody's private answers.
        target: The alliance that comes of it; for a check-in the one that it is about, unless another was named.
        is_given: Whether the person has to name the target again who goes on with the session.
        force: Whether files that are there and say something else are replaced.
    """

    saved: Path
    target: Path
    is_given: bool
    force: bool

    @classmethod
    def of(cls, session: Session, target: Path, *, force: bool) -> Leaving:
        """Return where a session that begins now is kept, beside its *target*; one about an alliance has its day."""
        stem, day = _ENDING.sub("", target.name), _day(session)
        name = stem if stem.endswith(day) else f"{stem}-{day}"
        saved = target.with_name(f"{name}.session.json")
        return cls(saved, target, _home(saved, day) != target, force)

    @classmethod
    def again(cls, session: Session, saved: Path, output: Path | None, *, force: bool) -> Leaving:
        """Return where a session that goes on is kept, and where what comes of it goes."""
        home = _home(saved, _day(session))
        return cls(saved, output or home, output not in (None, home), force)

    @property
    def record(self) -> Path:
        """The record of the check-in."""
        ending = ".json" if self.target.suffix == ".json" else ".yaml"
        return self.saved.with_name(f"{self.saved.name.removesuffix('.session.json')}.check-in{ending}")

    # What may be written -------------------------------------------------------------------------------------------------

    def check_new(self, session: Session) -> None:
        """End the command where there are files that a session which begins now must not touch."""
        if self.force:
            return
        if session.before is None:
            if self.target.exists():
                raise Failure(f"{self.target} is there already; name another with -o, or add --force")
            return
        self._check_target(session)
        if self.saved.exists():
            told = f"{self.saved} is there already: go on with it, name another with -o, or add --force to begin anew"
            raise Failure(f"{told}\n{self.command(session)}")
        if self.record.exists():
            raise Failure(f"{self.record} is there already; name another with -o, or add --force")

    def check_done(self, session: Session) -> None:
        """End the command where what comes of a session that is done must not be written: all files, or none."""
        if session.before is None:
            may_write(self.target, self._written(session), force=self.force)
            return
        may_write(self.record, self._recorded(session), force=self.force)
        self._check_target(session)

    def _check_target(self, session: Session) -> None:
        if self.force or not self.target.exists():
            return
        held, before = _held(self.target), session.before
        if held in (before, session.alliance()):
            return
        if held is None or before is None or held.id != before.id:
            raise Failure(
                f"{self.target} is there already and says something else; name another with -o, or add --force"
            )
        told = "was changed since the check-in began; name another with -o and bring the two together"
        raise Failure(f"{self.target} {told}, or add --force to replace it")

    # Writing -------------------------------------------------------------------------------------------------------------

    def finish(self, session: Session) -> int:
        """Write what comes of *session*, or say how to go on, and return the exit code."""
        tell(f"{self.saved}: the session, with everybody's private answers; keep it out of git")
        if not session.is_done:
            waits = [session.members[who].name for who in session.present if session.view(who).tasks]
            tell(f"not finished; {_named(waits) if waits else 'nobody'} can go on:")
            say(self.command(session))
            return FINDINGS
        self.check_done(session)
        if session.before is not None:
            write_new(self.record, self._recorded(session), force=self.force)
            tell(f"{self.record}: the record of the check-in")
        self._write_target(session)
        tell(f"{self.target}: the alliance{_outcome(session)}")
        return 0

    def command(self, session: Session) -> str:
        """Return what to type to go on with *session*."""
        also = f" -o {self.target}" if self.is_given else ""
        return f"  alliancekit guide {session.plan.flow.id} --resume {self.saved}{also}"

    def _write_target(self, session: Session) -> None:
        before, after = session.before, session.alliance()
        held = _held(self.target) if before is not None and self.target.exists() else None
        if held is None or held not in (before, after):
            write_new(self.target, self._written(session), force=self.force)
        elif held != after:  # comments, order and quoting survive
            try:
                with documents.edit(self.target, Alliance) as document:
                    if document.value != before:  # no cover - somebody writes it in this very moment
                        raise Failure(f"{self.target} was changed just now; run the same command again")
                    document.value = after
            except DocumentError as error:
                raise Failure(str(error)) from error

    def _written(self, session: Session) -> str:
        return documents.dumps(session.alliance(), format=self._form)

    def _recorded(self, session: Session) -> str:
        return documents.dumps(session.check_in(), format=self._form)

    @property
    def _form(self) -> documents.Format:
        return "json" if self.target.suffix == ".json" else "yaml"


def _day(session: Session) -> str:
    return "" if session.before is None or session.at is None else session.at.date().isoformat()


def _home(saved: Path, day: str) -> Path:
    """Return the alliance that belongs to the session at *saved*, which may have its *day* in its name."""
    name = saved.name.removesuffix(".session.json")
    short = name.removesuffix(f"-{day}") if day else name
    if day:
        found = (saved.with_name(stem + ending) for stem in (name, short) for ending in _ENDINGS)
        if (home := next((one for one in found if one.exists()), None)) is not None:
            return home
    return saved.with_name(f"{short}.alliance.yaml")


def _held(target: Path) -> Alliance | None:
    """Return the alliance that *target* holds; None where it holds something else."""
    try:
        return documents.load(target, Alliance)
    except AllianceKitError:
        return None


def _outcome(session: Session) -> str:
    after, before = session.alliance(), session.before
    names = {who: member.name for who, member in after.members.items()}
    if before is None:
        return f", ratified by {listed(names, tuple(after.ratifications))}" if after.ratifications else _NOBODY
    if after == before:
        return ", as it was: nothing in it changed"
    again = [who for who, one in after.ratifications.items() if before.ratifications.get(who) != one]
    if not again:
        return ", with how its promises stand now; every yes holds"
    held = tuple(who for who in session.present if who in after.ratifications and who not in again)
    rest = f"; nothing that concerns {listed(names, held)} changed, and the yes of before holds" if held else ""
    return f", ratified anew by {listed(names, tuple(again))}{rest}"


_NOBODY: Final = ", which nobody has ratified"


def _named(names: list[str]) -> str:
    return listed({}, tuple(names))
