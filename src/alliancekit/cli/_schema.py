"""``schema``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import click

from alliancekit import documents
from alliancekit.cli._console import Failure, say
from alliancekit.errors import UnknownNameError

_REPORT: Final = "report"
_SETTINGS: Final = "settings"
_NAMES: Final = (*documents.SCHEMA_NAMES, _REPORT, _SETTINGS)


@click.command()
@click.argument("name", required=False)
@click.option("--draft-07", "old", is_flag=True, help="For validators that know no newer draft.")
@click.option("--write", "folder", type=click.Path(path_type=Path), metavar="DIR", help="Write them all into DIR.")
def schema(name: str | None, folder: Path | None, *, old: bool) -> None:
    """
    Print the JSON Schema of a kind of document: alliance, bank, flow, session, check-in or answers.

    The schema of report is that of what check --format json writes, and that of settings is of an alliancekit.toml.

    Without NAME and --write, list the names.
    """
    if folder is not None:
        from alliancekit import check

        for path, text in {**documents.schema_files(), **check.schema_files()}.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            documents.write_atomically(folder / path, text.encode())
    elif name is None:
        say("\n".join(_NAMES))
    elif name not in _NAMES:
        raise Failure(str(UnknownNameError("schema", name, _NAMES)))
    else:
        say(json.dumps(_schema(name, old=old), indent=2, ensure_ascii=False))


def _schema(name: str, *, old: bool) -> dict[str, Any]:
    if name in documents.SCHEMA_NAMES:
        return documents.schema_of(name, draft_07=old)
    from alliancekit.check import report_schema, settings_schema

    if name == _SETTINGS:
        return settings_schema(draft_07=old)
    if old:
        raise Failure("the schema of report is in 2020-12 only; leave out --draft-07")
    return report_schema()
