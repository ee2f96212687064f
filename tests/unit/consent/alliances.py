"""The alliances that the tests of consent are about."""

from copy import deepcopy
from datetime import date
from typing import Any

from alliancekit import wire
from alliancekit.model import Alliance

DAY = date(2026, 11, 1)

TWO: dict[str, Any] = {
    "alliancekit": "alliance/1",
    "id": "ana-ben",
    "kind": "one-to-one",
    "title": "Ana and Ben",
    "intention": "Ship hard things together without burning out.",
    "members": {"ana": {"name": "Ana Silva"}, "ben": {"name": "Ben Osei"}},
    "atmosphere": {"direct": {"text": "We say the hard thing early.", "known_by": "We disagree in the room."}},
    "expectations": {"early-warning": {"by": ["ana"], "of": ["ben"], "text": "Tell me when a date slips."}},
    "commitments": {
        "flag-slips": {
            "by": ["ben"],
            "to": ["ana"],
            "text": "Say it the same day when a date moves.",
            "meets": ["early-warning"],
            "repeats": {"frequency": "weekly", "weekdays": ["thursday", "monday"]},
        }
    },
    "ground_rules": {"cool-off": {"topic": "conflict", "text": "We stop and go on the next day."}},
    "cadence": {
        "check_ins": {
            "weekly": {
                "frequency": "weekly",
                "weekdays": ["thursday"],
                "starts": "2026-11-05",
                "at": "10:00",
                "timezone": "Europe/Lisbon",
                "minutes": 30,
                "where": "Room 4",
            }
        },
        "channels": {"chat": {"purpose": "Quick questions", "reply_within_hours": 4}},
        "review": {"frequency": "monthly", "interval": 3, "starts": "2027-02-01"},
    },
}

FIVE: dict[str, Any] = {
    "alliancekit": "alliance/1",
    "id": "harbour",
    "kind": "team",
    "title": "Harbour",
    "intention": "Ship on Thursdays.",
    "members": {name: {"name": name.title()} for name in ("ada", "bo", "cy", "di", "ed")},
    "commitments": {
        "tests": {"by": ["ada"], "to": ["bo"], "text": "Tests run in 5 minutes."},
        "notes": {"by": ["cy"], "text": "Notes on the wiki by 18:00."},
    },
    "ground_rules": {"rooms": {"topic": "meetings", "text": "Meetings end at 16:00."}},
}


def alliance(data: dict[str, Any], **changes: Any) -> Alliance:
    """Return *data* as an alliance, with *changes* to its top level."""
    plain = {key: value for key, value in {**data, **changes}.items() if key != "alliancekit"}
    return wire.structure(deepcopy(plain), Alliance)


def changed(data: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Return a copy of *data* in which the place at *path* (keys joined by ``/``) is *value*; None takes it away."""
    copy = deepcopy(data)
    *way, last = path.split("/")
    node = copy
    for key in way:
        node = node.setdefault(key, {})
    if value is None:
        del node[last]
    else:
        node[last] = value
    return copy
