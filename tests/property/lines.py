"""Small damage to the lines of a document, as hands, editors and merges do it."""

from __future__ import annotations

from random import Random

# What means something to YAML somewhere, alone or as a line of its own.
BITS = [
    " ", "  ", "-", "- ", ":", ": ", "#", " #", " # c", "\n", "\n\n", "|", "|-", ">", "> ", ">-", "'", '"', "[", "]", "{", "}", ",", ", ",
    "a", "a:", "a: b", "- a", "  - a", "no", "true", "null", "~", "1", "1.0", "0", "-1", ".5", "1e3", "?", "? ", "!", "&a", "*a", "%",
    "@", "`", "=", "<<", "---", "...", "\\", "\\n", '\\"', "''", '""', "é", "“", "x: |\n    y\n", "x: >\n    y\n   z\n",
    "x: >-\n    y\n\n    z\n", "(", "12 a", "1:2", "09:00", "[]", "{}", "{a: b}", "[a]", "[a, b]", "- {a: b}", "- a: b", "a: [b]",
    "   ", "\n # c\n", "\n      # c\n", "# c", "x: |\n\n   y\n", "x: |\n   y\n\n\n", "\xa0", "\t", "\r\n", "\u3000",
]  # fmt: skip


def part_of(text: str, random: Random) -> str:
    """Return a few lines of *text*: damage shows more in a short text, which has less that could refuse it."""
    lines = text.split("\n")
    start = random.randrange(len(lines))
    return "\n".join(lines[start : start + random.randrange(1, 14)])


def damaged(text: str, random: Random, others: list[str]) -> str:
    """Return *text* with one to five lines changed, lost, moved, indented, or joined by one of *others*."""
    for _ in range(random.choice((1, 1, 1, 2, 3, 5))):
        text = random.choice((_in_character, _in_line, _in_order))(text, random, others)
    return text


def _in_character(text: str, random: Random, _: list[str]) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] + random.choice(BITS) + text[at:] if random.random() < 0.5 else text[:at] + text[at + 1 :]


def _in_line(text: str, random: Random, others: list[str]) -> str:
    lines = text.split("\n")
    at = random.randrange(len(lines))
    lines[at] = random.choice(
        (
            lines[at] + random.choice(BITS),
            " " * random.randrange(9) + random.choice(BITS),
            " " * random.randrange(9) + lines[at].lstrip(" "),
            random.choice(others),
            f"{lines[at]}\n{random.choice(others)}",
        )
    )
    return "\n".join(lines)


def _in_order(text: str, random: Random, _: list[str]) -> str:
    lines = text.split("\n")
    one, two = sorted((random.randrange(len(lines)), random.randrange(len(lines))))
    match random.randrange(3):
        case 0:
            lines[one], lines[two] = lines[two], lines[one]
        case 1:
            del lines[one:two]
        case _:
            by = random.choice((-2, -1, 1, 2))
            lines[one:two] = [" " * by + line if by > 0 else line[-by:] for line in lines[one:two]]
    return "\n".join(lines)
