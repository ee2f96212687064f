"""What the tests of lists share: a list as data, and what was read of it in a few words."""

import json
from typing import Any

from alliancekit.intake import ImportedBank, read_bank


def of_json(data: Any, **options: Any) -> ImportedBank:
    """Return the bank of the JSON that *data* is."""
    return read_bank(json.dumps(data, ensure_ascii=False, indent=1), format="json", **options)


def texts(found: ImportedBank) -> list[str]:
    """Return the questions, in order."""
    return [one.text for one in found.bank.prompts.values()]


def shelves(found: ImportedBank) -> dict[str, list[str]]:
    """Return the questions by the title of their section."""
    return {one.title: [found.bank.prompts[name].text for name in one.prompts] for one in found.bank.sections}


def noted(found: ImportedBank) -> dict[str, str]:
    """Return what became of each thing that was noted."""
    return {one.what: one.how for one in found.notes}
