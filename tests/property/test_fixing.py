"""Laws of mending: once is enough, comments stay, a safe fix changes nothing that is said."""

import json
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliancekit import check
from alliancekit.check import fix_text
from alliancekit.check._document import read
from alliancekit.documents import comments_in, examine_tree, write_yaml
from alliancekit.errors import InvalidValueError
from alliancekit.model import Alliance, Bank, CheckIn
from tests.documents.base import BASE
from tests.strategies import documents, mutated

INVALID = sorted((Path(__file__).parents[1] / "documents" / "invalid").glob("*/*.yaml"))
HEADERS = {"alliance/1": Alliance, "bank/1": Bank, "check-in/1": CheckIn}
PLAIN = st.sampled_from(sorted(HEADERS)).flatmap(
    lambda header: documents(HEADERS[header]).map(lambda data: {"alliancekit": header, **data})
)
SLIPS = (
    ("[ben]", "[bne]"),
    ("[ben]", "[ben, ben]"),
    ("[ana]", "ana"),
    ("  ana:", "  Ana S:"),
    ("kind:", "knd:"),
    ("topic: repair", "topic: repaire"),
    ("interval: 3", "interval: 03"),
    ("frequency: weekly\n", "frequency: weekly\n      at: 9:30\n"),
    ("name: Ben Osei", "name: Ben Osei\n    joined: 2026-1-5"),
    ("title: Ana and Ben", "title: Ana and Ben\ntitle: Ana and Ben"),
    ("id: ana-ben", "id: ana-ben\nlanguage: en_US"),
    ("    by: [ben]", "    by: [ben]\n    to: []"),
    ("    by: [ana]", "    by: [ana]\n    id: one-page-plan\n    due:"),
    ("intention: Ship", "# alliancekit: ignore[placeholder] later\nintention: Ship"),
    ("known_by: It is in", "known_by: # alliancekit: ignore[no-steward, yaml-trap] why\n      It is in"),
)


def comments(text: str) -> Counter[str]:
    tree = examine_tree(text, format="yaml")
    return Counter(tree.text[start:end] for start, end in comments_in(tree))


def commented(text: str, random: Random) -> str:
    """Return *text* with comments at random places where comments may stand."""
    lines: list[str] = []
    for number, line in enumerate(text.split("\n")):
        if random.random() < 0.2:
            lines.append(f"{' ' * random.choice([0, 2, 4])}# above {number}.")
        is_open = line.rstrip().endswith(("|", ">", ">-"))
        lines.append(f"{line} # end {number}." if line.strip() and not is_open and random.random() < 0.3 else line)
    return "\n".join(lines)


def check_laws(text: str, *, unsafe: bool) -> None:
    done = fix_text(text, unsafe=unsafe)
    assert fix_text(done.text, unsafe=unsafe).text == done.text
    assert done.findings == check.check_text(done.text)
    before, after = comments(text), comments(done.text)
    assert not after - before or unsafe or any(one.rule == "unused-suppression" for one in done.fixed)
    assert all("alliancekit: ignore[" in gone for gone in before - after)
    if not unsafe:
        check_harmless(text, done)


def check_harmless(text: str, done: check.Fixed) -> None:
    old, new = read(text, None), read(done.text, None)
    told, left = (
        Counter((one.rule, one.pointer) for one in found) for found in (check.check_text(text), done.findings)
    )
    if old.value is not None and not old.broken:
        assert new.value == old.value
        assert not left - told
    of_text = {code for code, rule in check.RULES.items() if rule.group in ("Document", "Structure")}
    assert {one for one in left - told if one[0] in of_text} == set()


@pytest.mark.parametrize("path", INVALID, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_documents_that_are_invalid(path: Path) -> None:
    """The laws hold over every document that a rule finds something in, with comments and without."""
    text = path.read_text(encoding="utf-8")
    check_laws(text, unsafe=False)
    check_laws(commented(text, Random(path.stem)).replace("\n", "\r\n"), unsafe=True)


@pytest.mark.parametrize("seed", range(12))
def test_many_slips_at_once(seed: int) -> None:
    """The laws hold over an agreement with several slips, at random places and with comments."""
    random = Random(seed)
    text = BASE
    for old, new in random.sample(SLIPS, 5):
        at = random.choice([0, text.count(old) - 1])
        parts = text.split(old)
        if len(parts) > 1:
            text = old.join(parts[: at + 1]) + new + old.join(parts[at + 1 :])
    text = commented(text, random)
    for unsafe in (False, True):
        check_laws(text, unsafe=unsafe)


@settings(max_examples=20)
@given(PLAIN, st.randoms(use_true_random=False))
def test_random_documents(data: dict[str, object], random: Random) -> None:
    """The laws hold over broken documents of all kinds, in both formats where both can hold them."""
    broken = mutated(data, random)
    text = json.dumps(broken, indent=1)
    if random.random() < 0.5:
        with suppress(InvalidValueError):
            text = write_yaml(broken)
    for unsafe in (False, True):
        done = fix_text(text, unsafe=unsafe)
        assert fix_text(done.text, unsafe=unsafe).text == done.text
        if not unsafe:
            check_harmless(text, done)
