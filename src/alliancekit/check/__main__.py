"""
Writes what is made from the rules into a checkout: ``python -m alliancekit.check`` in its top folder.

That is the folder ``docs/reference/rules/``, the page about the configuration, and the schemas of that and of our JSON;
tests say when they are not what they should be.
"""

from __future__ import annotations

from pathlib import Path

from alliancekit.check import configuration_page, reference_pages, schema_files

if __name__ == "__main__":
    folder = Path("docs/reference/rules")
    folder.mkdir(parents=True, exist_ok=True)
    pages = reference_pages()
    for gone in {one.name for one in folder.glob("*.md")} - set(pages):
        (folder / gone).unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    Path("docs/reference/configuration.md").write_text(configuration_page(), encoding="utf-8", newline="\n")
    for name, text in schema_files().items():
        (Path("schemas") / name).write_text(text, encoding="utf-8", newline="\n")
