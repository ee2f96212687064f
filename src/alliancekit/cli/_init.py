"""
``init``: a first agreement, and what editors and git have to know.

First everything is planned, and only then written, so that something in the way leaves the folder as it was. What is
there already belongs to its owner: it is never replaced or reformatted, and only .gitignore gets lines at its end.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Final, final

import click
from attrs import frozen

from alliancekit import documents
from alliancekit.cli._console import Failure, say
from alliancekit.documents import HEADERS
from alliancekit.schema import file_name

_SCHEMAS: Final = ".alliancekit"
_AGREEMENT: Final = "ours.alliance.yaml"
_AGREEMENTS: Final = ("*.alliance.yaml", "*.alliance.yml", "*.alliance.json")
_SETTINGS: Final = ".vscode/settings.json"
_PRIVATE: Final = "*.session.json"
# Nobody writes a session by hand, so no editor needs its schema.
_WRITTEN_BY_HAND: Final = tuple(kind for kind in HEADERS.values() if not kind.json_only)


@final
@frozen
class _Piece:
    """
    What becomes of one file.

    Attributes:
        path: The file.
        said: What the person is told about it.
        text: What it shall hold; None leaves it as it is.
        before: What it holds now; None if there is none.
    """

    path: Path
    said: str
    text: bytes | None = None
    before: bytes | None = None


@click.command()
@click.argument("folder", required=False, default=".", metavar="[DIR]", type=click.Path(path_type=Path))
@click.option(
    "--kind",
    type=click.Choice(["team", "one-to-one"]),
    default="team",
    show_default=True,
    help="Whom the first agreement is for.",
)
def init(folder: Path, kind: str) -> None:
    """
    Begin in DIR: a commented first agreement, schemas and settings for editors, and what git shall ignore.

    DIR is made where it does not exist; left out, it is the folder you are in. What is there already stays as it is.
    """
    for piece in list(_plan(folder, kind)):
        if piece.text is not None:
            piece.path.parent.mkdir(parents=True, exist_ok=True)
            documents.save_atomically(piece.path, piece.text, expected=piece.before)
        say(f"{piece.path}: {piece.said}")


def _plan(folder: Path, kind: str) -> Iterator[_Piece]:
    if folder.exists() and not folder.is_dir():
        raise Failure(f"{folder} is a file, and no folder")
    yield _agreement(folder, kind)
    texts = documents.schema_files()
    for one in _WRITTEN_BY_HAND:
        name = file_name(one.header)
        yield _schema(folder, f"{_SCHEMAS}/{name}", texts[name])
    yield _settings(folder)
    yield _ignored(folder)


def _agreement(folder: Path, kind: str) -> _Piece:
    there = sorted(path for pattern in _AGREEMENTS for path in folder.glob(pattern))
    if there:
        return _Piece(there[0], "is there already, so no first agreement is written")
    path, before = _look(folder, _AGREEMENT)
    starter = files("alliancekit.cli").joinpath("starters", f"{kind}.alliance.yaml").read_bytes()
    # Relative to the agreement, so that it holds in any folder and without a network.
    modeline = f"# yaml-language-server: $schema={_SCHEMAS}/{file_name(HEADERS['alliance'].header)}\n"
    return _Piece(path, "a first agreement; put your own words into it", modeline.encode() + starter, before)


def _schema(folder: Path, name: str, text: str) -> _Piece:
    path, before = _look(folder, name)
    if before is None:
        return _Piece(path, "lets an editor explain and complete what you write", text.encode())
    if before.replace(b"\r\n", b"\n") == text.encode():
        return _Piece(path, "is there already")
    return _Piece(path, "is of another version, and stays as it is; remove it and run init again to renew it")


def _settings(folder: Path) -> _Piece:
    """Plan the editor's settings; their JSON may have comments, so what is there is read by its owner."""
    path, before = _look(folder, _SETTINGS)
    globs = {f"./{_SCHEMAS}/{file_name(one.header)}": _globs(one.name) for one in _WRITTEN_BY_HAND}
    text = json.dumps({"yaml.schemas": globs}, indent=2)
    if before is None:
        return _Piece(path, "tells VS Code which schema is for which file", f"{text}\n".encode())
    if all(schema.encode() in before for schema in globs):
        return _Piece(path, "is there already")
    inside = "\n".join(text.split("\n")[1:-1])
    return _Piece(path, f"is there already, and stays as it is; add this to it:\n{inside}")


def _globs(name: str) -> list[str]:
    return [f"*.{name}.{ending}" for ending in ("yaml", "yml")]


def _ignored(folder: Path) -> _Piece:
    path, before = _look(folder, ".gitignore")
    old = before or b""
    if b"\0" in old:
        return _Piece(path, f"is not in UTF-8, and stays as it is; add the line {_PRIVATE} to it")
    if {line.strip() for line in old.splitlines()} & {_PRIVATE.encode(), f"**/{_PRIVATE}".encode()}:
        return _Piece(path, "is there already")
    end = b"\r\n" if b"\r\n" in old else b"\n"
    lines = [b"# A session holds everybody's private answers.", _PRIVATE.encode()]
    gap = b"" if not old or old.endswith(b"\n") else end
    return _Piece(path, "keeps private answers out of git", old + gap + b"".join(line + end for line in lines), before)


def _look(folder: Path, name: str) -> tuple[Path, bytes | None]:
    """Return the file and what it holds; what is in its way ends the command before anything is written."""
    path = folder / name
    steps = [folder.joinpath(*Path(name).parts[:depth]) for depth in range(1, len(Path(name).parts) + 1)]
    for step in steps:
        if step.is_symlink():
            raise Failure(f"{step} is a link, and init writes only into the folder itself; remove the link first")
        if step.exists() and not (step.is_file() if step == path else step.is_dir()):
            raise Failure(f"{step} is in the way: it is no {'file' if step == path else 'folder'}")
    return path, path.read_bytes() if path.exists() else None
