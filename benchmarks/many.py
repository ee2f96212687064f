"""Many alliances of 2 to 4 KB, the same ones each time: most are sound, and some have what reviewers find in real ones."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from typing import Any

from alliancekit.documents import write_yaml

NAMES = ["ana", "ben", "chidi", "dora", "emil", "fatou", "goran", "hana", "ivo", "jun"]
WORDS = [
    "we",
    "you",
    "the",
    "review",
    "date",
    "team",
    "week",
    "call",
    "plan",
    "release",
    "answer",
    "question",
    "draft",
    "room",
    "chat",
    "hour",
    "morning",
    "change",
    "owner",
    "decision",
    "silence",
    "early",
    "written",
    "short",
    "clear",
    "kind",
    "honest",
    "together",
    "before",
    "after",
    "within",
    "between",
    "on",
    "with",
    "about",
]


def write(folder: Path, count: int) -> list[Path]:
    """Write *count* alliances into *folder*, and return where they are."""
    paths = [folder / f"{index // 100:03}" / f"pair-{index}.alliance.yaml" for index in range(count)]
    for index, path in enumerate(paths):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text(index), encoding="utf-8")
    return paths


def text(index: int) -> str:
    """Return the alliance of that number."""
    random = Random(index)
    whole = write_yaml(alliance(random, index))
    if index % 3 == 0:  # as people keep them, with a comment here and there
        whole = whole.replace("\ncommitments:", "\n\n# Looked through at each check-in.\ncommitments:")
    if index % 100 == 7:
        return whole.replace("    text:", "    txt:", 1)  # a key that is misspelt
    if index % 100 == 17:
        return whole.replace("\n    by:\n      - ", "\n    by:\n      - un", 1)  # nobody of that name
    if index % 100 == 27:
        return whole.replace("intention: ", 'intention: "', 1)  # a quote that is never closed
    return whole


def said(random: Random, least: int, most: int) -> str:
    sentence = " ".join(random.choice(WORDS) for _ in range(random.randint(least, most)))
    return f"{sentence.capitalize()} {random.randint(2, 9)} days."


def alliance(random: Random, index: int) -> dict[str, Any]:
    one, two = random.sample(NAMES, 2)
    expectations = {
        f"wish-{n}": {"by": [a], "of": [b], "text": said(random, 6, 14)}
        for n, (a, b) in enumerate([(one, two), (two, one)])
    }
    return {
        "alliancekit": "alliance/1",
        "id": f"pair-{index}",
        "kind": "one-to-one",
        "title": f"{one.capitalize()} and {two.capitalize()}",
        "relationship": random.choice(["colleagues", "friends", "mentoring"]),
        "status": "draft",
        "language": "en",
        "intention": said(random, 8, 20),
        "members": {
            who: {
                "name": f"{who.capitalize()} {said(random, 1, 1).split()[0]}",
                "timezone": random.choice(["Europe/Lisbon", "Europe/Berlin", "Africa/Lagos"]),
                "why": said(random, 8, 16),
                "stuck_signal": said(random, 4, 8),
                "prefers": {"communication": said(random, 4, 8), "feedback": said(random, 3, 6)},
            }
            for who in (one, two)
        },
        "atmosphere": clauses(random, "mood", 2),
        "values": clauses(random, "value", 2),
        "success": clauses(random, "sign", 1),
        "expectations": expectations,
        "commitments": {
            f"promise-{n}": {
                "by": [b],
                "to": [a],
                "text": said(random, 6, 14),
                "known_by": said(random, 4, 9),
                "meets": [f"wish-{n}"],
                "repeats": {"frequency": "weekly", "weekdays": [random.choice(["monday", "thursday"])]},
            }
            for n, (a, b) in enumerate([(one, two), (two, one)])
        },
        "ground_rules": {
            f"rule-{topic}": {"topic": topic, "text": said(random, 8, 16)}
            for topic in ("conflict", "repair", "decisions", "leaving")[: 4 if index % 10 else 3]
        },
        "cadence": {
            "check_ins": {
                "weekly": {
                    "frequency": "weekly",
                    "weekdays": ["thursday"],
                    "starts": "2026-11-05",
                    "at": "10:00",
                    "timezone": "Europe/Lisbon",
                    "minutes": random.choice([20, 30, 45]),
                    "where": said(random, 2, 5),
                }
            },
            **({} if index % 10 == 5 else {"review": {"frequency": "monthly", "interval": 3, "starts": "2027-02-01"}}),
        },
    }


def clauses(random: Random, name: str, count: int) -> dict[str, Any]:
    return {f"{name}-{n}": {"text": said(random, 6, 14), "known_by": said(random, 5, 10)} for n in range(count)}


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
