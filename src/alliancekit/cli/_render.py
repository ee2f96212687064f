"""``render``: a document for people to read, or a bank for other programs to ask."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import evolve

from alliancekit import documents, library
from alliancekit.cli._console import FINDINGS, Failure, member_of, read
from alliancekit.errors import DocumentError, UnknownNameError
from alliancekit.model import Alliance, Bank, BankTranslation, CheckIn
from alliancekit.values import FrozenMap

if TYPE_CHECKING:
    from alliancekit.flow import Session

_FORMS = ("markdown", "mermaid", "csv", "surveyjs", "json-schema")


@click.command()
@click.argument("file")
@click.option("--to", "form", type=click.Choice(_FORMS), required=True, help="What to make of it.")
@click.option("--for", "member", metavar="MEMBER", help="Who reads it; left out, only what all may know is shown.")
@click.option("--alliance", "about", metavar="FILE", help="For a check-in: whose names and words to use.")
@click.option("--language", metavar="TAG", help="Of a bank, only this language; left out, csv and surveyjs hold all.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write it, and not to the screen.")
def render(
    *, file: str, form: str, member: str | None, about: str | None, language: str | None, output: Path | None
) -> int:
    """
    Write FILE so that a person can read it, or another program ask it.

    An alliance, a check-in or a bank as markdown, a flow or a session as mermaid; a bank also as csv, surveyjs or
    json-schema, and a session as surveyjs or json-schema: what the member has to answer now. FILE may also be the name
    of a bank at hand.

    Exit code: 0 written, 1 the file has findings, 2 wrong usage.
    """
    text = _in_mermaid(file, member) if form == "mermaid" else _in_words(file, form, member, about, language)
    if output is None:
        click.echo(text, nl=False)
    else:
        documents.write_atomically(output, text.encode())
    return 0


def _in_words(file: str, form: str, member: str | None, about: str | None, language: str | None) -> str:
    from alliancekit.flow import Session

    value = _read(file)
    _check_options(file, value, about, language)
    if isinstance(value, Bank):
        return _bank(file, form, member, language)
    if isinstance(value, Alliance | CheckIn) and form == "markdown":
        return _page(file, value, member, about)
    if isinstance(value, Session):
        return _form(file, value, form, member)
    raise _unfit(file, form, value)


def _check_options(file: str, value: object, about: str | None, language: str | None) -> None:
    """End the command where an option goes with other documents than this."""
    what = "is an alliance itself" if isinstance(value, Alliance) else f"is of the kind {_kind(value)}"
    if about is not None and not isinstance(value, CheckIn):
        raise Failure(f"{file} {what}; --alliance goes with the record of a check-in")
    if language is not None and not isinstance(value, Bank):
        raise Failure(f"{file} {what}; --language goes with a bank")


def _unfit(file: str, form: str, value: object) -> Failure:
    shown = {
        "markdown": "markdown shows an alliance, a check-in or a bank",
        "csv": "csv is for a bank",
    }.get(form, f"{form} is for a bank, or for a session of one member")
    return Failure(f"{file}: {shown}, and this is of the kind {_kind(value)}", FINDINGS)


def _kind(value: object) -> str:
    kind = documents.kind_of(type(value))
    return f"{kind.header!r}, a translation" if kind.translates else repr(kind.header)


def _read(file: str) -> object:
    try:
        return library.bank(file) if _is_at_hand(file) else documents.load(file)
    except DocumentError as error:
        raise Failure(str(error), FINDINGS) from error


def _is_at_hand(file: str) -> bool:
    """Return whether *file* is the name of a bank: its id, or ``pack:id``."""
    is_name = file in library.bank_names() or (":" in file and not {"/", "\\", "."} & {*file})
    return is_name and not Path(file).exists()


def _bank(file: str, form: str, member: str | None, language: str | None) -> str:
    from alliancekit.render import EXPORTS

    if member is not None:
        raise Failure(f"{file}: a bank is the same for everybody; leave --for out, or name a session")
    name = file if _is_at_hand(file) else Path(file)
    try:
        bank = library.bank(name, language=language)
        return EXPORTS[form](bank, _translations(name, bank) if language is None else ())
    except DocumentError as error:
        raise Failure(str(error), FINDINGS) from error


def _translations(name: str | Path, bank: Bank) -> tuple[BankTranslation, ...]:
    """Return the words of *bank* in other languages, where it builds on others those that they have for what is theirs."""
    beside = name if isinstance(name, Path) else None
    found = {one.language: one for one in library.translations_of(name)}
    for base in dict.fromkeys(bank.origins.values()):
        for one in _of_base(base, beside):
            theirs = {key: words for key, words in one.prompts.items() if bank.origins.get(key) == base}
            own = found.get(one.language, evolve(one, translates=bank.id, title=None, sections=(), prompts={}))
            found[one.language] = evolve(own, prompts=FrozenMap({**theirs, **own.prompts}))
    return tuple(found[language] for language in sorted(found))


def _of_base(base: str, beside: Path | None) -> tuple[BankTranslation, ...]:
    try:
        return library.translations_of(base, beside=beside)
    except UnknownNameError:  # it lies in a file of another name
        return ()


def _page(file: str, value: Alliance | CheckIn, member: str | None, about: str | None) -> str:
    from alliancekit.render import to_markdown

    alliance = None if about is None else read(about, Alliance, FINDINGS)
    if alliance is not None and isinstance(value, CheckIn) and alliance.id != value.alliance:
        raise Failure(f"{about} is the alliance {alliance.id!r}, and {file} is about {value.alliance!r}")
    if member is not None:
        known = tuple(value.members) if isinstance(value, Alliance) else value.present
        member_of(file, member, known if alliance is None else (*known, *alliance.present()))
    return to_markdown(value, member=member, alliance=alliance)


def _form(file: str, session: Session, form: str, member: str | None) -> str:
    from alliancekit.render import EXPORTS, FORMS

    if form not in FORMS:
        raise _unfit(file, form, session)
    if member is None:
        raise Failure(f"{file}: a form asks one member of a session what they have to answer; say who with --for")
    try:
        known = tuple(session.resume(session).state.members)
    except DocumentError as error:
        raise Failure(str(error), FINDINGS) from error
    return EXPORTS[form](session.view(member_of(file, member, known)), ())


def _in_mermaid(file: str, member: str | None) -> str:
    from alliancekit.flow import Flow, Session
    from alliancekit.render import to_mermaid

    try:
        value: object = documents.load(file)
        if not isinstance(value, Flow | Session):
            raise Failure(
                f"{file}: mermaid draws a flow or a session, and this is of the kind {_kind(value)}", FINDINGS
            )
        if isinstance(value, Session):
            known = tuple(Session.resume(value).state.members)
            return to_mermaid(value, member=None if member is None else member_of(file, member, known))
    except DocumentError as error:
        raise Failure(str(error), FINDINGS) from error
    if member is not None:
        raise Failure(f"{file}: a flow is the same for everybody; leave --for out, or name a session of it")
    return to_mermaid(value)
