"""Small banks, in a line each."""

from pathlib import Path
from typing import Any

from alliancekit import dump
from alliancekit.model import Bank, Prompt, Section


def make_section(line: str) -> Section:
    """Return the section that a line like ``aim: why hopes`` says."""
    name, _, prompts = line.partition(":")
    return Section(id=name, title=name.upper(), prompts=prompts.split())


def make_bank(name: str, prompts: str = "", *sections: str, **keys: Any) -> Bank:
    """Return a bank that asks *prompts*, each in words of its own, in *sections* as `make_section` reads them."""
    asked = [Prompt(id=one, text=f"{one} of {name}?") for one in prompts.split()]
    return Bank(id=name, title=f"Bank {name}", prompts=asked, sections=map(make_section, sections), **keys)


def layout(bank: Bank) -> list[str]:
    """Return the sections of *bank* as lines that `make_section` reads."""
    return [f"{one.id}: {' '.join(one.prompts)}".strip() for one in bank.sections]


def write_bank(folder: Path, bank: Bank) -> Path:
    """Return the path of *bank*, written into *folder*."""
    path = folder / f"{bank.id}.bank.yaml"
    dump(bank, path)
    return path
