"""
Renews what ``docs/explanation/compared-check.md`` shows: ``python -m tests.docs.compared`` runs all four programs again.

A block of the page under ``<!-- made: NAME -->`` is what the function of that name returns; all other words are written
by hand.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import yaml

from tests.lsp import editor
from tests.node import HERE as NODE
from tests.node import run_node
from tests.shared import ROOT

PAGE: Final = ROOT / "docs" / "explanation" / "compared-check.md"
BROKEN: Final = Path(__file__).with_name("broken.alliance.yaml")
SCHEMA: Final = ROOT / "schemas" / "alliance-1.schema.json"
_BLOCK: Final = re.compile(r"(?<=<!-- made: )([\w-]+)( -->\n+```\w+\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)


def _run(*command: str) -> str:
    """Return what a program says in a folder that holds the broken file and its schema."""
    with tempfile.TemporaryDirectory() as folder:
        for path in (BROKEN, SCHEMA):
            (Path(folder) / path.name).write_bytes(path.read_bytes())
        plain = {**os.environ, "NO_COLOR": "1", "COLUMNS": "100", "PYTHONIOENCODING": "utf-8", "TERM": "dumb"}
        done = subprocess.run(command, cwd=folder, env=plain, capture_output=True, text=True, check=False, timeout=120)
    return done.stdout + done.stderr


def _version(package: str) -> str:
    found = json.loads((NODE / "node_modules" / package / "package.json").read_text(encoding="utf-8"))["version"]
    return f"{package} {found}"


def the_file() -> str:
    """Return the broken file."""
    return BROKEN.read_text(encoding="utf-8")


def alliancekit() -> str:
    """Return what our check says."""
    ours = "import sys; from alliancekit.cli import main; sys.exit(main())"
    said = _run(sys.executable, "-c", ours, "check", BROKEN.name)
    return f"$ alliancekit check {BROKEN.name}\n{said}"


def check_jsonschema() -> str:
    """Return what check-jsonschema says."""
    program = str(Path(sys.executable).with_name("check-jsonschema"))
    options = ("--schemafile", SCHEMA.name, BROKEN.name)
    shown = {"--version": _run(program, "--version"), " ".join(options): _run(program, *options)}
    return "".join(f"$ check-jsonschema {typed}\n{said}" for typed, said in shown.items())


def ajv() -> str:
    """Return what Ajv's list of errors says; it reads no YAML and writes no report, so this is what it hands out."""
    instance = yaml.safe_load(the_file())
    (judged,) = run_node("ajv_compile.mjs", {"schemas": [{"path": str(SCHEMA), "instances": [instance]}]})
    (verdict,) = judged["verdicts"]
    lines = [f"{error['pointer'] or '(root)'} {error['message']}" for error in verdict["errors"]]
    return "\n".join([_version("ajv"), *lines, ""])


def language_server() -> str:
    """Return what yaml-language-server underlines, with the place, counted from 1, where each line begins."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in (BROKEN, SCHEMA):
            (folder / path.name).write_bytes(path.read_bytes())
        with editor(folder, {f"./{SCHEMA.name}": ["*.alliance.yaml"]}) as opened:
            found = opened.open(BROKEN.name)
    places = sorted(
        (one["range"]["start"]["line"] + 1, one["range"]["start"]["character"] + 1, one["message"]) for one in found
    )
    lines = [f"{line}:{column} {' '.join(message.split())}" for line, column, message in places]
    return "\n".join([_version("yaml-language-server"), *lines, ""])


BLOCKS: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "the-file": the_file,
        "alliancekit": alliancekit,
        "yaml-language-server": language_server,
        "check-jsonschema": check_jsonschema,
        "ajv": ajv,
    }
)


def renewed(page: str) -> str:
    """Return *page* with each block as it comes out now."""
    return _BLOCK.sub(lambda found: found[1] + found[2] + BLOCKS[found[1]](), page)
