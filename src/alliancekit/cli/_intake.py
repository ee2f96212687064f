"""``import`` and ``gaps``: what people have already becomes a draft, with an honest word on what it lacks."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, TextIO

import click

from alliancekit import check, documents, intake, library
from alliancekit.check import Gaps, find_gaps
from alliancekit.cli._console import FINDINGS, Failure, say, write_new
from alliancekit.cli._intake_report import agreement_lines, bank_lines, plain_kept, plain_notes, written_lines
from alliancekit.errors import DocumentError, InvalidValueError
from alliancekit.findings import Finding, Position, Span
from alliancekit.intake import ImportedAlliance, ImportedBank, Kept
from alliancekit.model import Alliance

__all__ = ["gaps", "import_"]

_FORMAT: Final = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to report."
)


def _tag(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    try:
        return None if value is None else library.fallbacks(value)[0]
    except InvalidValueError as error:
        raise click.BadParameter(error.reason) from None


_LANGUAGE: Final = click.option(
    "--language", metavar="TAG", callback=_tag, help="What it is written in, where it does not say so."
)
_PROSE: Final = (".md", ".mdx", ".markdown", ".txt")


@click.command("import")
@click.argument("file")
@click.option("--as", "kind", type=click.Choice(["alliance", "bank"]), required=True, help="What to make of it.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write it, and not to the screen.")
@click.option("--force", is_flag=True, help="Replace files that are there and say something else.")
@_LANGUAGE
@_FORMAT
def import_(file: str, kind: str, output: Path | None, language: str | None, form: str, *, force: bool) -> int:
    """
    Make a draft of FILE: an agreement in Markdown or JSON, or questions in Markdown, CSV or JSON.

    Nothing is invented. What has no place in the draft is kept in it word for word, under x-kept, and is named.
    Without -o the draft goes to the screen, and the report to the error stream.
    Exit code: 0 all has a place and nothing is missing, 1 something has none or is missing, 2 wrong usage.
    """
    _check_output(file, output)
    data = documents.read_bytes(file)
    stream = sys.stderr if output is None else None
    try:
        if kind == "bank":
            return _bank(intake.read_bank(data, name=file, language=language), output, form, stream, force=force)
        examined: documents.Examined[object] = documents.examine(data, path=file)
        if examined.is_private:  # whatever it is called, and however damaged it is
            raise Failure(f"{file} is a session: what it holds is private, and no draft is made of it")
        if examined.kind is not None and not _is_prose(file):
            raise Failure(f"{file} is a document of alliancekit already, of the kind {examined.kind.header!r}")
        read = intake.read_alliance(data, name=file, language=language)
        return _alliance(read, file, output, form, stream, force=force)
    except DocumentError as error:
        raise _failure(error, file) from error


def _check_output(file: str, output: Path | None) -> None:
    if output is None:
        return
    if output.suffix.casefold() not in (".yaml", ".yml", ".json"):
        raise Failure(f"{output}: a draft is YAML or JSON: end its name in .yaml, .yml or .json")
    if output.exists() and output.samefile(file):
        raise Failure(f"{output} is what is to be imported; give the draft another name")


def _failure(error: DocumentError, file: str) -> Failure:
    return Failure("\n".join(str(one.with_place(one.path or file, one.span)) for one in error.findings))


def _is_prose(file: str) -> bool:
    return Path(file).suffix.casefold() in _PROSE


def _alliance(
    found: ImportedAlliance, file: str, output: Path | None, form: str, stream: TextIO | None, *, force: bool
) -> int:
    if not (found.kept or found.alliance.members or found.alliance.intention or any(found.alliance.clauses())):
        raise Failure(f"{file}: there is nothing in it that could be agreed to")
    written = _write({"": found.alliance}, output, force=force)
    gaps = _gaps_of(found, file)
    plain = {"written": written, "notes": plain_notes(found.notes), **_plain(found.alliance, gaps, found.kept)}
    _tell(
        plain, (*written_lines(written), *agreement_lines(found.alliance, gaps, found.kept, found.notes)), form, stream
    )
    return FINDINGS if gaps.missing or found.kept else 0


def _bank(found: ImportedBank, output: Path | None, form: str, stream: TextIO | None, *, force: bool) -> int:
    translations = {one.language: one for one in found.translations}
    written = _write({"": found.bank, **translations}, output, force=force)
    plain = {
        "written": written,
        "bank": found.bank.id,
        "prompts": len(found.bank.prompts),
        "languages": {tag: len(one.prompts) for tag, one in translations.items()},
        "notes": plain_notes(found.notes),
        "kept": plain_kept(found.kept),
    }
    _tell(plain, (*written_lines(written), *bank_lines(found, is_shown=output is None)), form, stream)
    return FINDINGS if found.kept else 0


def _write(values: Mapping[str, object], output: Path | None, *, force: bool) -> list[str]:
    """Write each value, by its language, beside *output*, and the one that has none there; to the screen goes that alone."""
    if output is None:
        click.echo(documents.dumps(values[""]), nl=False)
        return []
    form = documents.format_of(output)
    paths = {_beside(output, tag) if tag else output: value for tag, value in values.items()}
    for path, value in paths.items():
        write_new(path, documents.dumps(value, format=form), force=force)
    return [str(path) for path in paths]


def _beside(output: Path, language: str) -> Path:
    """Return the file of a translation: the language stands before what kind of file it is."""
    stem, kind, ending = [*output.name.rsplit(".", 2), "bank", "yaml"][:3]
    return output.with_name(f"{stem}.{language}.{kind}.{ending}")


def _tell(plain: dict[str, Any], lines: Iterable[str], form: str, stream: TextIO | None) -> None:
    click.echo(check.json_text(plain), file=stream, nl=False) if form == "json" else say("\n".join(lines), stream)


@click.command()
@click.argument("file")
@_LANGUAGE
@_FORMAT
def gaps(file: str, language: str | None, form: str) -> int:
    """
    Show what the agreement in FILE has and what it lacks, with questions that would bring it.

    FILE is an alliance, or an agreement as `alliancekit import` reads them. Nothing is written.
    Exit code: 0 nothing is missing, 1 something is, or has no place, 2 wrong usage, or nothing that could be read.
    """
    data = documents.read_bytes(file)
    kept: tuple[Kept, ...] = ()
    try:
        if _is_document(file, data):
            alliance = documents.loads(data, Alliance, path=file)
            found = find_gaps(alliance, check.check_text(data, path=file))
        else:
            imported = intake.read_alliance(data, name=file, language=language)
            alliance, kept, found = imported.alliance, imported.kept, _gaps_of(imported, file)
    except DocumentError as error:
        raise _failure(error, file) from error
    _tell(_plain(alliance, found, kept), agreement_lines(alliance, found, kept), form, None)
    return FINDINGS if found.missing or kept else 0


def _is_document(file: str, data: bytes) -> bool:
    """Return whether *file* is one of ours, sound or not, and not what others write."""
    if _is_prose(file):
        return False
    return Path(file).suffix.casefold() != ".json" or b'"alliancekit"' in data


def _plain(alliance: Alliance, found: Gaps, kept: tuple[Kept, ...]) -> dict[str, Any]:
    return {"alliance": alliance.id, **found.to_dict(), "kept": plain_kept(kept)}


def _gaps_of(imported: ImportedAlliance, file: str) -> Gaps:
    """Return what the draft lacks, each where the text stands that it is about."""
    found = check.check_value(imported.alliance)
    return find_gaps(imported.alliance, [_placed(one, imported.places, file) for one in found])


def _placed(finding: Finding, places: Mapping[str, tuple[int, int]], file: str) -> Finding:
    """Return *finding* at the lines of what it is about, or of what that is inside of."""
    pointer = finding.pointer
    while pointer and pointer not in places:
        pointer = pointer.rpartition("/")[0]
    first, last = places.get(pointer, (None, None))
    span = None if first is None or last is None else Span(Position(first, 1), Position(last, 1))
    return finding.with_place(file, span)
