"""
Write the documents of the rules' examples, and what `check` says about every document.

``python -m tests.documents``, after a rule or the base has changed; then read the difference, line by line.
"""

from collections.abc import Iterable
from pathlib import Path

from alliancekit import check
from tests.documents.base import several, whole
from tests.documents.test_found import HERE, RULES, found, found_in


def write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def expect(path: Path, lines: Iterable[str]) -> None:
    write(path.with_suffix(".expected"), "".join(f"{line}\n" for line in lines))


for rule, kind in RULES.items():
    explained = check.explain(rule)
    for verdict, example in (("invalid", explained.failing), ("valid", explained.passing)):
        if kind == "files":
            for name, text in several(example).items():
                write(HERE / verdict / kind / rule / name, text)
        else:
            write(HERE / verdict / kind / f"{rule}.yaml", whole(example, is_sound=verdict == "valid", about=kind))

for path in HERE.glob("*valid/*/*.yaml"):
    expect(path, found(path))
for folder in HERE.glob("*valid/files/*"):
    if folder.is_dir():
        expect(folder, found_in(folder))
