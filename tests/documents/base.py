"""A sound alliance, check-in, flow and bank, part by part, into which the examples of the rules are put."""

import re
from datetime import date

from alliancekit import Alliance, consent, loads

BASE = """\
alliancekit: alliance/1
id: ana-ben
kind: one-to-one
title: Ana and Ben
intention: Ship the payments platform together by June 2027.
members:
  ana:
    name: Ana Silva
    prefers:
      feedback: Direct and on the same day.
  ben:
    name: Ben Osei
    prefers:
      feedback: In writing first.
atmosphere:
  direct:
    text: We say the hard thing early.
    known_by: We disagree in the room and not after it.
commitments:
  flag-slips:
    by: [ben]
    text: Say it the same day when a date moves.
    known_by: No surprise at the Thursday review.
    repeats:
      frequency: weekly
  one-page-plan:
    by: [ana]
    text: Send the plan for the week on Friday.
    known_by: It is in the shared folder by 16:00.
    repeats:
      frequency: weekly
ground_rules:
  cool-off:
    topic: conflict
    text: Voices rise, and we stop until the next day.
  mend:
    topic: repair
    text: Whoever broke an agreement says so within a day.
  farewell:
    topic: leaving
    text: Whoever leaves hands over in 2 weeks, and we close with a lunch.
cadence:
  check_ins:
    weekly:
      frequency: weekly
  review:
    frequency: monthly
    interval: 3
"""

CHECK_IN = """\
alliancekit: check-in/1
alliance: ana-ben
date: "2026-11-12"
present:
  - ana
  - ben
reviewed:
  flag-slips:
    standing: kept
next: "2026-11-19"
"""

FLOW = """\
alliancekit: flow/1
id: example
title: An example
bank: one-to-one
steps:
  - ask: the-rest
    prompts:
      - intention
      - count-on
      - check-ins
      - review
  - agree: the-rest-settled
    elements:
      - intention
      - commitments
      - cadence
  - ratify: signed
"""

BANK = """\
alliancekit: bank/1
id: example
title: Questions for two
language: en
licence: MIT
prompts:
  aim:
    text: What do the two of you want to do together?
"""

BANK_TRANSLATION = """\
alliancekit: bank/1
translates: example
language: pt
"""

BASES = {"alliance": BASE, "check-in": CHECK_IN, "flow": FLOW, "bank": BANK}
# These say nothing without what they translate.
_MORE_BASES = {**BASES, "bank-translation": BANK_TRANSLATION}


def whole(example: str, *, is_sound: bool, about: str = "alliance") -> str:
    """Return *example*, the parts of a document that matter, within the sound document; a broken text as it is."""
    if example.startswith("alliancekit:") and not is_sound:
        return f"{example}\n"
    own = parts(example)
    missing = set(re.findall(r"^# no (\w+)$", example, re.MULTILINE))
    base = {key: text for key, text in parts(_MORE_BASES[about]).items() if key not in missing}
    steps = base.pop("steps", "") if "steps" in own else ""
    own = {key: text + steps.removeprefix("steps:\n") if key == "steps" else text for key, text in own.items()}
    day = f"# as of {found}\n" if (found := as_of(example)) else ""
    return day + "".join({**base, **own}.values())


def as_of(text: str) -> date | None:
    """Return the day on which an example is looked at, where its first line says one."""
    found = re.match(r"# as of (\S+)\n", text)
    return date.fromisoformat(found[1]) if found else None


def several(example: str) -> dict[str, str]:
    """Return the documents of an example of several by file name: a comment that is one begins each."""
    _, *told = re.split(r"^# (\S+\.yaml)\n", example, flags=re.MULTILINE)
    named = zip(told[::2], told[1::2], strict=True)
    texts = {name: whole(text, is_sound=True, about=_kind(name)) for name, text in named}
    return {name: _agreed(text) if "\nstatus: active\n" in text else text for name, text in texts.items()}


def _kind(name: str) -> str:
    """Return the kind of a document by the name of its file: a translation has its language in it."""
    *_, before, kind, _ = ("", *name.split("."))
    return f"{kind}-translation" if kind in ("bank", "flow") and before and name.count(".") > 2 else kind


def _agreed(text: str) -> str:
    """Return an alliance that all have said yes to."""
    said = {who: consent.digest(loads(text, Alliance), who) for who in ("ana", "ben")}
    rows = [f'  {who}:\n    date: "2026-11-01"\n    digest: "{digest}"\n' for who, digest in said.items()]
    return "".join((text, "ratifications:\n", *rows))


def parts(text: str) -> dict[str, str]:
    """Return the top-level entries of a YAML text, each with its lines."""
    found: dict[str, str] = {}
    for line in text.strip("\n").split("\n"):
        if opened := re.match(r"(\w+):", line):
            key = opened[1]
            found[key] = ""
        if not line.startswith("#"):
            found[key] += f"{line}\n"
    return found
