"""``guide``: runs a flow, in the terminal or from a script, and leaves a session and the alliance that came out."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from alliancekit import documents, library
from alliancekit.cli._console import FINDINGS, Failure, may_write, member_of, say, tell, write_new
from alliancekit.cli._line import Aside, Stop, line, prepare_line_editing
from alliancekit.cli._turns import Turns
from alliancekit.errors import DocumentError, InvalidValueError
from alliancekit.flow import Flow, RatifyStep, Script, Session, problems
from alliancekit.model import RESERVED, Bank, Member


@click.command()
@click.argument("flow_name", metavar="FLOW")
@click.option("--answers", type=click.Path(), metavar="FILE", help="Play a script, and ask nobody.")
@click.option("--as", "member", metavar="MEMBER", help="Only this member is here; the others come later.")
@click.option("--resume", type=click.Path(path_type=Path), metavar="FILE", help="Go on with a session that was saved.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Where the alliance goes.")
@click.option("--force", is_flag=True, help="Replace files that are there and say something else.")
def guide(
    flow_name: str, answers: str | None, member: str | None, resume: Path | None, output: Path | None, *, force: bool
) -> int:
    """
    Go through the questions of FLOW together, and write down what comes out.

    FLOW is the name of a built-in flow, or a file. The session is saved beside the alliance and holds everybody's
    private answers: keep it out of git. Exit code: 0 done, 1 not finished but saved, 2 wrong usage.
    """
    if answers is not None and resume is not None:
        raise click.UsageError("--answers and --resume exclude each other")
    if resume is not None:
        return _resume(flow_name, resume, member, output, force=force)
    flow, bank = _flow_and_bank(flow_name)
    if answers is not None:
        return _play(flow, bank, answers, output, force=force)
    session = _begin(flow, bank)
    target = output or Path(f"{session.alliance_id}.alliance.yaml")
    return _go_on(session, beside(target), target, member, before=None, force=force)


def _flow_and_bank(name: str) -> tuple[Flow, Bank]:
    try:
        flow = library.flow(name)
        bank = library.bank(flow.bank, beside=name if Path(name).suffix else None)
    except DocumentError as error:
        raise Failure(str(error)) from error
    if wrong := problems(flow, bank):  # said before anybody has typed a name
        raise Failure("\n".join(f"the flow {flow.id}: {one.message}" for one in wrong))
    return flow, bank


def _play(flow: Flow, bank: Bank, answers: str, output: Path | None, *, force: bool) -> int:
    try:
        session = _played(flow, bank, answers)
    except DocumentError as error:
        raise Failure(str(error)) from error
    target = output or Path(f"{session.alliance_id}.alliance.yaml")
    if session.is_done:
        may_write(target, _written(session, target), force=force)  # before anything is written: both files, or neither
    write_new(beside(target), documents.dumps(session, format="json"), force=force, private=True)
    return _finish(session, beside(target), target, force=force)


def _played(flow: Flow, bank: Bank, answers: str) -> Session:
    found = documents.examine(documents.read_bytes(answers), Script, path=answers)
    if found.value is None or found.findings:
        raise DocumentError(found.findings)
    if found.value.flow != flow.id:
        raise Failure(f"{answers} is a script for the flow {found.value.flow!r}, and not for {flow.id!r}")
    try:
        session, _ = Session.from_script(found.value, flow, bank)
    except DocumentError as error:
        raise DocumentError(found.tree.place(error.findings, answers)) from error
    return session


def _begin(flow: Flow, bank: Bank) -> Session:
    prepare_line_editing()
    is_pair = flow.kinds == ("one-to-one",)
    tell(f"{flow.title}\n\nWho makes this alliance? {'Two names' if is_pair else 'Two names or more'}, one at a time.")
    try:
        members = _members(2 if is_pair else sys.maxsize)
        names = _listed([member.name for member in members])
        title = _plain_line(f"what it shall be called (Enter: {names})", optional=True) or names
    except Stop:
        raise Failure("stopped before it began; nothing was saved", FINDINGS) from None
    name = "-".join(member.id for member in members)[:64].strip("-")
    return Session.start(flow, bank, id=name, alliance_id=name, title=title, members=members)


def _listed(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _plain_line(label: str, *, optional: bool = False) -> str:
    """Return what is typed where there is no question yet to pass or to go back to."""
    while True:
        try:
            return line(label, optional=optional)
        except Aside:
            tell("There is nothing to pass or to go back to yet; :save stops.")


def _members(most: int) -> list[Member]:
    found: list[Member] = []
    while len(found) < most:
        label = f"name {len(found) + 1}{' (Enter: that is all)' if len(found) > 1 else ''}"
        name = _plain_line(label, optional=len(found) > 1)
        if not name:
            break
        if reason := _unfit(name, found):
            tell(reason, indent="  ")
            continue
        try:
            found.append(Member(id=_id_for(name, {member.id for member in found}), name=name))
        except InvalidValueError as error:
            tell(f"  {error.reason}")
    return found


def _unfit(name: str, before: list[Member]) -> str:
    """Return why *name* is no name for one more; empty where it is."""
    if not any(letter.isalpha() for letter in name):
        return "A name has a letter in it, please."
    if name.casefold() in {one.name.casefold() for one in before}:
        return f"{name} is here already; add something that tells the two apart."
    return ""


def _overview(session: Session, saved: Path) -> None:
    """Say what is coming, how long it is, and how to stop and go on."""
    parts = [one.title for one in session.plan.flow.steps if one.title]
    questions = max(session.view(who).progress.total for who in session.present)
    last = (
        ["Everybody's yes to what comes out"]
        if any(isinstance(one, RatifyStep) for one in session.plan.flow.steps)
        else []
    )
    tell(f"\nWhat is coming, in {questions} questions:")
    for number, title in enumerate([*parts, *last], 1):
        tell(title, indent=f"  {number}  ")
    tell(f"Each answer is saved at once in {saved}. Stop when you like, and go on with")
    say(f"  alliancekit guide {session.plan.flow.id} --resume {saved}\n")


def _id_for(name: str, taken: set[str]) -> str:
    word = re.sub("[^a-z0-9]", "", name.split(maxsplit=1)[0].casefold()).lstrip("0123456789x") or "member"
    numbered = (f"{word}{number}" for number in range(2, 5000))
    return next(one for one in (word, *numbered) if one not in taken and one not in RESERVED)


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
    target = output or saved.with_name(saved.name.removesuffix(".session.json") + ".alliance.yaml")
    return _go_on(session, saved, target, member, before=before, force=force)


def _go_on(
    session: Session, saved: Path, target: Path, member: str | None, *, before: bytes | None, force: bool
) -> int:
    if member is not None:
        member_of(saved.name, member, session.present)
    keeper = _Keeper(saved, before)
    if before is None:
        if target.exists() and not force:
            raise Failure(f"{target} is there already; name another with -o, or add --force")
        write_new(saved, documents.dumps(session, format="json"), force=force, private=True)
        keeper.last = documents.read_bytes(saved)
        _overview(session, saved)
    turns = Turns(session, keeper.save, member)
    turns.run()
    code = _finish(turns.session, saved, target, force=force)
    if turns.session.is_done:
        _say_what_comes_next(target)
    return code


def _say_what_comes_next(target: Path) -> None:
    tell("\nNext, look at what is still vague or missing, and read it like a page:")
    say(f"  alliancekit check {target}\n  alliancekit render {target} --to markdown")
    tell("In git, keep the alliance and leave the session out: put *.session.json into .gitignore.")


class _Keeper:
    """Saves the session after every request, so that a closed terminal loses nothing."""

    def __init__(self, path: Path, last: bytes | None) -> None:
        self.path = path
        self.last = last

    def save(self, session: Session) -> None:
        data = documents.dumps(session, format="json").encode()
        documents.save_atomically(self.path, data, expected=self.last, mode=0o600)
        self.last = data


def beside(target: Path) -> Path:
    """Return where the session of the alliance at *target* is kept."""
    stem = re.sub(r"(\.alliance)?\.(yaml|yml|json)$", "", target.name)
    return target.with_name(f"{stem}.session.json")


def _written(session: Session, target: Path) -> str:
    return documents.dumps(session.alliance(), format="json" if target.suffix == ".json" else "yaml")


def _finish(session: Session, saved: Path, target: Path, *, force: bool) -> int:
    tell(f"{saved}: the session, with everybody's private answers; keep it out of git")
    if not session.is_done:
        waits = [session.members[who].name for who in session.present if session.view(who).tasks]
        tell(f"not finished; {_listed(waits) if waits else 'nobody'} can go on:")
        say(f"  alliancekit guide {session.plan.flow.id} --resume {saved}")
        return FINDINGS
    write_new(target, _written(session, target), force=force)
    alliance = session.alliance()
    names = [alliance.members[who].name for who in alliance.ratifications]
    tell(f"{target}: the alliance, {f'ratified by {_listed(names)}' if names else 'which nobody has ratified'}")
    return 0
