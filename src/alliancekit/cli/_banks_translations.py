"""``banks coverage`` and ``banks stamp``: what is translated, and whether it still fits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal, TypeAlias

import click

from alliancekit import documents, library
from alliancekit.check import json_text
from alliancekit.cli._console import FINDINGS, Failure, complain, say
from alliancekit.errors import AllianceKitError, DocumentError, InvalidValueError, UnknownNameError, UnreadableError
from alliancekit.flow import FlowTranslation
from alliancekit.model import BankTranslation

_Kind: TypeAlias = Literal["bank", "flow"]
_Asked: TypeAlias = tuple[_Kind, str]

_SORTS: Final = {"whys": "reasons", "ends": "ends of scales", "follow_ups": "follow-ups"}


@click.command()
@click.argument("names", nargs=-1, metavar="[BANK]...")
@click.option("--language", "languages", multiple=True, metavar="TAG", help="Only this language; may be repeated.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def coverage(names: tuple[str, ...], languages: tuple[str, ...], form: str) -> int:
    """
    Show how much of each BANK is translated, and what is missing or was changed since.

    BANK is the name of a bank or a flow, or a file; left out, all that are at hand. Without --language, each is shown
    in every language that it has a translation in.

    Exit code: 0 complete, 1 something is missing, stale or not stamped, 2 wrong usage.
    """
    try:
        covered = [one for asked in _asked(names) for one in _covered(asked, languages)]
    except InvalidValueError as error:
        raise click.BadParameter(error.reason, param_hint="--language") from error
    except UnreadableError as error:
        raise Failure(str(error)) from error
    except DocumentError as error:
        raise Failure(str(error), FINDINGS) from error
    is_complete = all(one is not None and one.is_complete for one in covered)
    found = [one for one in covered if one is not None]
    if form == "json":
        plain = {"is_complete": is_complete, "coverage": [one.to_dict() for one in found]}
        click.echo(json_text(plain), nl=False)
    else:
        say("\n".join(map(_told, found)) if found else "there are no translations")
    return 0 if is_complete else FINDINGS


def _asked(names: tuple[str, ...]) -> Iterator[_Asked]:
    banks, flows = library.bank_names(), library.flow_names()
    for name in names or sorted({*banks, *flows}):
        is_path = bool(Path(name).suffix) or Path(name).name != name
        if not is_path and name not in {*banks, *flows}:
            raise UnknownNameError("bank or flow", name, tuple(sorted({*banks, *flows})))
        if name in banks or (is_path and ".flow." not in Path(name).name):
            yield "bank", name
        if name in flows or (is_path and ".flow." in Path(name).name):
            yield "flow", name


def _covered(asked: _Asked, languages: tuple[str, ...]) -> Iterator[library.Coverage | None]:
    """Yield how much is translated; None where a pack that is broken stands in the way, which is said."""
    kind, name = asked
    try:
        for tag in dict.fromkeys(languages) or library.languages_of(name, kind):
            yield library.translation_coverage(name, tag, kind)
    except library.PackError as error:
        complain(str(error), FINDINGS)
        yield None


def _told(one: library.Coverage) -> str:
    what = "steps" if one.kind == "flow" else "prompts"
    texts = (f"{share} {_SORTS.get(sort, sort)}" for sort, share in one.texts.items() if sort != "texts")
    through = f" (read in {', '.join(one.tags)})" if one.tags and one.tags != (one.language,) else ""
    head = (
        f"{one.kind} {one.name} in {one.language}{through}: {len(one.complete)}/{one.total} {what}, {', '.join(texts)}"
    )
    gaps = (f"  {gap.message}{f' ({gap.hint})' if gap.hint else ''} [{gap.rule}]" for gap in one.findings)
    return "\n".join([head, *gaps])


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--only", multiple=True, metavar="ID", help="Only this prompt, section or step; may be repeated.")
@click.option("--check", "dry", is_flag=True, help="Write nothing, and say what is not stamped.")
def stamp(files: tuple[str, ...], only: tuple[str, ...], *, dry: bool) -> int:
    """
    Write into the translations FILE... the digests of what they translate.

    From then on it shows when the original of an entry changes. Stamp an entry again once you have looked at it.

    Exit code: 0 all is stamped, 1 with --check something is not, or something translates nothing, 2 wrong usage.
    """
    return max(_stamped(file, only, dry=dry) for file in files)


def _stamped(file: str, only: tuple[str, ...], *, dry: bool) -> int:
    try:
        found: object = documents.load(file)
        if not isinstance(found, BankTranslation | FlowTranslation):
            kind = documents.kind_of(type(found)).name
            return complain(f"{file} is no translation: its kind is {kind}, and it has no key translates", 2)
        done = library.stamp(file, library.source_of(found, beside=file), only=only, dry=dry)
    except UnknownNameError as error:
        return complain(f"{file}: {error}", 2)
    except UnreadableError as error:
        return complain(str(error), 2)
    except DocumentError as error:
        return complain(str(error), FINDINGS)
    except AllianceKitError as error:
        return complain(f"{file}: {error}", 2)
    say("\n".join([_said(done, dry=dry), *_called(file, found)]))
    return FINDINGS if done.strange or (dry and done.is_changed) else 0


def _called(file: str, found: BankTranslation | FlowTranslation) -> Iterator[str]:
    """Yield what a translation has to be called where nobody finds it by the name that it has."""
    with suppress(AllianceKitError):  # what is wrong with other files is not for this one to say
        for one in library.check_translation(found, beside=file):
            if one.pointer == "/language":
                yield f"  {one.message}; {one.hint}"


def _said(done: library.Stamps, *, dry: bool) -> str:
    lines = [
        f"  {'not stamped' if dry else 'stamped'}: {', '.join(done.added)}" if done.added else "",
        f"  changed since {'it was translated' if dry else 'and stamped again'}: {', '.join(done.renewed)}"
        if done.renewed
        else "",
        f"  translates nothing: {', '.join(done.strange)}" if done.strange else "",
    ]
    told = [line for line in lines if line]
    return "\n".join([f"{done.path}:", *told]) if told else f"{done.path}: all is stamped"
