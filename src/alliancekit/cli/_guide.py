"""``guide``: runs a flow, in the terminal or from a script, and leaves a session and the alliance that came out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from attrs import evolve

from alliancekit import documents, library
from alliancekit.cli._alliance import unsound
from alliancekit.cli._console import FINDINGS, Failure, member_of, now, read, say, tell, write_new
from alliancekit.cli._leaving import Leaving
from alliancekit.cli._line import Stop, prepare_line_editing
from alliancekit.cli._names import listed, names, newcomers, plain_line, tell_roles, with_roles
from alliancekit.cli._turns import Turns
from alliancekit.errors import DocumentError, InvalidValueError
from alliancekit.flow import Flow, GroupStep, RatifyStep, RepeatStep, Script, Session, Step, problems, roles_needed
from alliancekit.model import Alliance, Bank


@click.command()
@click.argument("flow_name", metavar="FLOW")
@click.option("--alliance", metavar="FILE", help="The alliance that it is about: for a check-in.")
@click.option("--answers", type=click.Path(), metavar="FILE", help="Play a script, and ask nobody.")
@click.option("--as", "member", metavar="MEMBER", help="Only this member is here; the others come later.")
@click.option("--language", metavar="TAG", help="The language to be asked in: pt-BR, ja.")
@click.option("--resume", type=click.Path(path_type=Path), metavar="FILE", help="Go on with a session that was saved.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Where the alliance goes.")
@click.option("--force", is_flag=True, help="Replace files that are there and say something else.")
def guide(  # noqa: PLR0917 - click names them all
    flow_name: str,
    alliance: str | None,
    answers: str | None,
    member: str | None,
    language: str | None,
    resume: Path | None,
    output: Path | None,
    *,
    force: bool,
) -> int:
    """
    Go through the questions of FLOW together, and write down what comes out.

    FLOW is the name of a flow, built in or from an installed pack, or a file. Questions are asked in the language of
    --language, or of the alliance, where they are translated into it; what the terminal itself says is English. The
    session is saved beside the alliance and holds everybody's private answers: keep it out of git. A check-in is about
    an alliance that exists, updates its file, and leaves a record of the meeting.

    Exit code: 0 done, 1 not finished but saved, 2 wrong usage.
    """
    if resume is not None:
        if answers is not None:
            raise click.UsageError("--answers and --resume exclude each other")
        if alliance is not None:
            raise click.UsageError("--alliance and --resume exclude each other: a session carries its alliance along")
        if language is not None:
            raise click.UsageError("--language and --resume exclude each other: a session carries its texts along")
        return _resume(flow_name, resume, member, output, force=force)
    flow, bank = _flow_and_bank(flow_name, language)
    about = _about(flow, flow_name, alliance)
    if language is None and about is not None and about.language is not None:
        flow, bank = _flow_and_bank(flow_name, about.language)
    if language is not None:
        _check_spoken(flow, bank, flow_name, language)
    spoken = language and library.fallbacks(language)[0]
    session = (
        _begin(flow, bank, about, member, spoken) if answers is None else _played(flow, bank, answers, about, spoken)
    )
    target = output or Path(alliance or f"{session.alliance_id}.alliance.yaml")
    leaving = Leaving.of(session, target, force=force)
    return _go_on(session, leaving, member, before=None) if answers is None else _leave(session, leaving)


def _flow_and_bank(name: str, language: str | None) -> tuple[Flow, Bank]:
    try:
        flow = library.flow(name, language=language)
        bank = library.bank(flow.bank, beside=name, language=language)
    except InvalidValueError as error:
        raise click.BadParameter(error.reason, param_hint="--language") from error
    except DocumentError as error:
        raise Failure(str(error)) from error
    if wrong := problems(flow, bank):  # said before anybody has typed a name
        raise Failure("\n".join(f"the flow {flow.id}: {one.message}" for one in wrong))
    return flow, bank


def _check_spoken(flow: Flow, bank: Bank, name: str, language: str) -> None:
    """End the command where neither the flow nor its bank can be read in *language*."""
    wanted = library.fallbacks(language)
    held = {tag for one in (flow, bank) if one.language is not None for tag in library.fallbacks(one.language)[:1]}
    if held and held.isdisjoint(wanted):
        others = library.languages_of(name, "flow"), library.languages_of(flow.bank, beside=name)
        known = listed(sorted(held.union(*others)))
        raise Failure(f"the flow {flow.id} and its bank are not translated into {wanted[0]}; they are there in {known}")


def _about(flow: Flow, name: str, file: str | None) -> Alliance | None:
    """Return the alliance at *file*, if *flow* can be about it; None where there is none."""
    if file is None:
        if any(step.over == "open-commitments" for step in _repeats(flow.steps)):
            told = f"the flow {flow.id} looks at the promises of an alliance that exists; say which one"
            raise Failure(f"{told}:\n  alliancekit guide {name} --alliance FILE")
        return None
    found = read(file, Alliance)
    if flow.kinds and found.kind not in flow.kinds:
        kinds = " or ".join(flow.kinds)
        raise Failure(f"{file} is an alliance of the kind {found.kind}, and the flow {flow.id} is for {kinds}")
    if wrong := unsound(file):  # what comes of it is agreed to, so it is said before anybody has answered
        raise Failure("\n".join(map(str, wrong)))
    return found


def _repeats(steps: tuple[Step, ...]) -> Iterator[RepeatStep]:
    for step in steps:
        if isinstance(step, RepeatStep):
            yield step
        elif isinstance(step, GroupStep):
            yield from _repeats(step.steps)


def _leave(session: Session, leaving: Leaving) -> int:
    """Write the session of a script and what comes of it: all files, or none."""
    if session.is_done:
        leaving.check_done(session)
    write_new(leaving.saved, documents.dumps(session, format="json"), force=leaving.force, private=True)
    return leaving.finish(session)


def _played(flow: Flow, bank: Bank, answers: str, about: Alliance | None, language: str | None) -> Session:
    try:
        found = documents.examine(documents.read_bytes(answers), Script, path=answers)
        script = _sound(found)
    except DocumentError as error:
        raise Failure(str(error)) from error
    if wrong := _misfit(script, flow, about):
        raise Failure(f"{answers} {wrong}")
    if language is not None and about is None:
        script = evolve(script, language=language)
    try:
        return Session.from_script(script, flow, bank, alliance=about)[0]
    except DocumentError as error:
        raise Failure(str(DocumentError(found.tree.place(error.findings, answers)))) from error


def _sound(found: documents.Examined[Script]) -> Script:
    if found.value is None or found.findings:
        raise DocumentError(found.findings)
    return found.value


def _misfit(script: Script, flow: Flow, about: Alliance | None) -> str:
    """Return why *script* cannot be played through *flow*, about *about*; empty where it can."""
    if script.flow != flow.id:
        return f"is a script for the flow {script.flow!r}, and not for {flow.id!r}"
    if about is None:
        left_out = "a title" if script.title is None else "members" if not script.members else ""
        return left_out and f"needs {left_out}: that is left out only where the alliance exists, with --alliance FILE"
    other = script.alliance_id != about.id
    return f"is a script for the alliance {script.alliance_id!r}, and not for {about.id!r}" if other else ""


def _begin(flow: Flow, bank: Bank, about: Alliance | None, member: str | None, language: str | None) -> Session:
    prepare_line_editing()
    try:
        return _begin_new(flow, bank, language) if about is None else _begin_about(flow, bank, about, member)
    except Stop:
        raise Failure("stopped before it began; nothing was saved", FINDINGS) from None


def _begin_new(flow: Flow, bank: Bank, language: str | None) -> Session:
    is_pair = flow.kinds == ("one-to-one",)
    tell(f"{flow.title}\n\nWho makes this alliance? {'Two names' if is_pair else 'Two names or more'}, one at a time.")
    wanted = roles_needed(flow)
    tell_roles(wanted)
    members = with_roles(names(2 if is_pair else sys.maxsize, wanted), wanted)
    together = listed([member.name for member in members])
    title = plain_line(f"what it shall be called (Enter: {together})", optional=True) or together
    name = "-".join(member.id for member in members)[:64].strip("-")
    return _started(flow, bank, id=name, alliance_id=name, title=title, members=members, language=language)


def _begin_about(flow: Flow, bank: Bank, about: Alliance, member: str | None) -> Session:
    if member is not None:
        member_of(about.id, member, about.present())
    present = [about.members[who] for who in about.present()]
    tell(f"{flow.title}\n\n{about.title}: {listed([one.name for one in present])}.")
    wanted, at = roles_needed(flow), now()
    new = newcomers(about, at.date(), wanted) if about.kind == "team" and member is None else []
    name = f"{about.id[:53].rstrip('-')}-{at.date()}"
    return _started(flow, bank, id=name, alliance=about, members=with_roles([*present, *new], wanted), at=at)


def _started(flow: Flow, bank: Bank, **said: Any) -> Session:
    try:
        return Session.start(flow, bank, seed=_seed(), **said)
    except InvalidValueError as error:
        if error.field != "members":
            raise
        raise Failure(f"with these members {flow.id} cannot begin: {error.reason}") from error


def _seed() -> int:
    """Return what puts in order whatever must not tell who said it: nobody can work it out beforehand."""
    from secrets import randbits

    return randbits(32)


def _overview(session: Session, leaving: Leaving) -> None:
    """Say what is coming, how long it is, and how to stop and go on."""
    steps = session.running.flow.steps
    parts = [title for one in steps if (title := one.title or _title_of(one))]
    questions = max(session.view(who).progress.total for who in session.present)
    about = "Everybody's yes to what comes out" if session.before is None else "A yes of all for whom something changes"
    last = [about] if any(isinstance(one, RatifyStep) for one in steps) else []
    tell(f"\nWhat is coming, in {questions} questions:")
    for number, title in enumerate([*parts, *last], 1):
        tell(title, indent=f"  {number}  ")
    tell(f"Each answer is saved at once in {leaving.saved}. Stop when you like, and go on with")
    say(f"{leaving.command(session)}\n")


def _title_of(step: Step) -> str:
    """Return what a step that has no title is about, where its kind tells."""
    over = step.over if isinstance(step, RepeatStep) else ""
    return {"open-commitments": "The promises that are open", "members": "Each member in turn"}.get(over, "")


def _resume(name: str, saved: Path, member: str | None, output: Path | None, *, force: bool) -> int:
    try:
        before = documents.read_bytes(saved, documents.HEADERS["session"].limits)
        session = documents.loads(before, Session, path=saved)
    except DocumentError as error:
        raise Failure(str(error)) from error
    # The session carries its flow along, so a flow of one's own need not be found again.
    wanted = name if name == session.plan.flow.id else library.flow(name).id
    if session.plan.flow.id != wanted:
        raise Failure(f"{saved} is a session of the flow {session.plan.flow.id!r}, and not of {wanted!r}")
    leaving = Leaving.again(session, saved, output, force=force)
    return _go_on(session, leaving, member, before=before)


def _go_on(session: Session, leaving: Leaving, member: str | None, *, before: bytes | None) -> int:
    if member is not None:
        member_of(leaving.saved.name, member, session.present)
    keeper = _Keeper(leaving.saved, before)
    if before is None:
        leaving.check_new(session)
        write_new(leaving.saved, documents.dumps(session, format="json"), force=leaving.force, private=True)
        keeper.last = documents.read_bytes(leaving.saved, documents.HEADERS["session"].limits)
        _overview(session, leaving)
    turns = Turns(session, keeper.save, member)
    turns.run()
    code = leaving.finish(turns.session)
    if turns.session.is_done:
        _say_what_comes_next(turns.session, leaving)
    return code


def _say_what_comes_next(session: Session, leaving: Leaving) -> None:
    what = leaving.target
    tell("\nNext, look at what is still vague or missing, and read it like a page:")
    say(f"  alliancekit check {what}\n  alliancekit render {what} --to markdown")
    kept = "the alliance"
    if session.before is not None:
        say(f"  alliancekit render {leaving.record} --to markdown")
        kept = "the alliance and the record"
    tell(f"In git, keep {kept} and leave the session out: put *.session.json into .gitignore.")


class _Keeper:
    """Saves the session after every request, so that a closed terminal loses nothing."""

    def __init__(self, path: Path, last: bytes | None) -> None:
        self.path = path
        self.last = last

    def save(self, session: Session) -> None:
        data = documents.dumps(session, format="json").encode()
        documents.save_atomically(self.path, data, expected=self.last, mode=0o600)
        self.last = data
