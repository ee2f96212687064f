"""A sound alliance and a sound flow, part by part, into which the examples of the rules are put."""

import re

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


def whole(example: str, *, is_sound: bool, about: str = "alliance") -> str:
    """Return *example*, the parts of a document that matter, within the sound document; a broken text as it is."""
    if example.startswith("alliancekit:") and not is_sound:
        return f"{example}\n"
    own = parts(example)
    missing = set(re.findall(r"^# no (\w+)$", example, re.MULTILINE))
    base = {key: text for key, text in parts(FLOW if about == "flow" else BASE).items() if key not in missing}
    steps = base.pop("steps", "")
    own = {key: text + steps.removeprefix("steps:\n") if key == "steps" else text for key, text in own.items()}
    return "".join({**base, **own}.values())


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
