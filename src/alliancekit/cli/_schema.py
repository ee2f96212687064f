"""``schema``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from alliancekit import documents
from alliancekit.cli._console import Failure, say
from alliancekit.errors import UnknownNameError


@click.command()
@click.argument("name", required=False)
@click.option("--draft-07", "old", is_flag=True, help="For validators that know no newer draft.")
@click.option("--write", "folder", type=click.Path(path_type=Path), metavar="DIR", help="Write them all into DIR.")
def schema(name: str | None, folder: Path | None, *, old: bool) -> None:
    """
    Print the JSON Schema of a kind of document: alliance, bank, flow, session, check-in or answers.

    Without NAME and --write, list the names.
    """
    if folder is not None:
        for path, text in documents.schema_files().items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            documents.write_atomically(folder / path, text.encode())
    elif name is None:
        say("\n".join(documents.SCHEMA_NAMES))
    elif name not in documents.SCHEMA_NAMES:
        raise Failure(str(UnknownNameError("schema", name, documents.SCHEMA_NAMES)))
    else:
        say(json.dumps(documents.schema_of(name, draft_07=old), indent=2, ensure_ascii=False))
