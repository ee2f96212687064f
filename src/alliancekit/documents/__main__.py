"""
Writes what is made from the classes into a checkout: ``python -m alliancekit.documents`` in its top folder.

That is ``schemas/`` and ``docs/reference/documents.md``; a test says when they are not what the classes say.
"""

from __future__ import annotations

from pathlib import Path

from alliancekit.documents import reference_page, schema_files


def write(folder: Path) -> None:
    """Write the schemas and the reference page below *folder*."""
    page = {"docs/reference/documents.md": reference_page()}
    for name, text in {**{f"schemas/{path}": text for path, text in schema_files().items()}, **page}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path())
