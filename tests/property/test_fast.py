"""The fast ways and the careful one: the same bytes, the same value, the same places and the same findings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliancekit import Alliance, check
from alliancekit.documents import Node, _fast, _reading, dumps, examine, write_yaml
from alliancekit.documents._fast import read_fast
from alliancekit.documents._lines import read_lines
from alliancekit.documents._tame import is_tame
from alliancekit.documents._writer import block_lines
from alliancekit.documents._yaml import read_yaml
from alliancekit.limits import LIMITS, Limits
from tests.property.commented import Scribe
from tests.property.lines import damaged, part_of
from tests.property.plain_data import DOCUMENTS, same
from tests.property.test_check import PLAIN
from tests.shared import ROOT, SHARED, needs_shared
from tests.strategies import mutated, values
from tests.unit.documents.test_suites import texts

# Where the native reader of the extra `fast` is not installed, only the lines are held to the careful reader.
HAS_NATIVE = find_spec("yaml_rs") is not None
FOLDERS = ("examples", "src", "tests/documents", "benchmarks")
SEEDS = st.integers(0, 2**32)


@cache
def written() -> dict[str, str]:
    """Return the text of each YAML file of the repository."""
    paths = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.yaml"))]
    return {str(path.relative_to(ROOT)): path.read_bytes().decode("utf-8", "replace") for path in paths}


@cache
def lines() -> list[str]:
    return sorted({line for text in written().values() for line in text.split("\n")})


@contextmanager
def without_native() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_fast, "_native", lambda: None)
        yield


def assert_agreed(text: str, limits: Limits = LIMITS) -> bool:
    """Hold all ways to one value and the same nodes, and return whether a fast one gave both."""
    fast = read_fast(text, limits)
    root = read_lines(text) if is_tame(text) else None
    careful = read_yaml(text, limits)
    if fast is not None:
        assert careful.findings == ()
        assert same(fast.value, careful.value), text
        assert list(nodes(fast.root)) == list(nodes(careful.root)), text
    if root is not None and not careful.findings:
        assert list(nodes(root)) == list(nodes(careful.root)), text
    return root is not None and (fast is not None or not HAS_NATIVE)


def nodes(root: Node | None) -> Iterator[tuple[Any, ...]]:
    """Yield everything that is known of each node."""
    waiting = [root]
    while waiting:
        if (node := waiting.pop()) is not None:
            yield (node.start, node.end, node.style, repr(node.value), list(node.dashes), node.keys is None)
            waiting += [*(node.keys or ()), *(node.items or ())]


def everything(data: bytes | str) -> tuple[Any, ...]:
    examined = examine(data, format="yaml")
    return examined.findings, examined.value, check.check_text(data, path="a.alliance.yaml")


def assert_same_findings(data: bytes | str) -> None:
    fast = everything(data)
    with without_native():
        assert everything(data) == fast
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_reading, "read_fast", lambda *_: None)
        assert everything(data) == fast


@pytest.mark.parametrize("name", sorted(written()))
def test_documents_of_the_repository_agree(name: str) -> None:
    """Value, findings, places: everything that is said about a document."""
    assert_agreed(written()[name])
    assert_same_findings(written()[name])


@pytest.mark.parametrize("name", sorted(name for name in written() if name.startswith(("examples", "src"))))
def test_what_people_write_goes_the_fast_way(name: str) -> None:
    """The examples, and what is built in: no page of them is too wild."""
    assert assert_agreed(written()[name])


@needs_shared
def test_files_of_others_agree() -> None:
    """Hostile files, and the suites that readers are measured by."""
    for _, data in texts():
        if assert_agreed(data.decode("utf-8", "replace")):
            assert_same_findings(data)
    assert SHARED.is_dir()


@settings(max_examples=60, deadline=None)
@given(values(Alliance))
def test_what_is_written_agrees(alliance: Alliance) -> None:
    """Whatever our writer writes."""
    text = dumps(alliance)
    assert_agreed(text)
    assert_same_findings(text)


@settings(max_examples=100, deadline=None)
@given(PLAIN, st.randoms(use_true_random=False))
def test_what_is_broken_agrees(data: dict[str, object], random: Random) -> None:
    """Documents whose structure is wrong have the same findings at the same places."""
    assert_same_findings("\n".join(block_lines(mutated(data, random), 0)))


@settings(max_examples=200, deadline=None)
@given(DOCUMENTS)
def test_any_data_agrees(data: dict[str, object]) -> None:
    """Texts that readers misunderstand, in every place."""
    assert_agreed(write_yaml(data))


@settings(max_examples=300, deadline=None)
@given(SEEDS)
def test_damaged_documents_agree(seed: int) -> None:
    """Lines that were lost, moved, indented, or have something in them that YAML reads in its own way."""
    random = Random(seed)
    text = random.choice(sorted(written().values()))
    assert_agreed(damaged(part_of(text, random), random, lines()))


@settings(max_examples=100, deadline=None)
@given(SEEDS)
def test_documents_with_comments_agree(seed: int) -> None:
    """Comments, quotes, blocks, brackets and blank lines, mixed as people mix them."""
    random = Random(seed)
    text = Scribe(random).document().removeprefix("\ufeff")
    assert_agreed(text)
    assert_agreed(damaged(text, random, lines()))


@settings(max_examples=150, deadline=None)
@given(
    SEEDS,
    st.builds(
        Limits,
        line_bytes=st.integers(1, 400),
        nodes=st.integers(1, 60),
        depth=st.integers(1, 8),
        keys=st.integers(1, 12),
        text=st.integers(1, 80),
    ),
)
def test_limits_agree(seed: int, limits: Limits) -> None:
    """What passes a limit is never read the fast way."""
    random = Random(seed)
    assert_agreed(part_of(random.choice(sorted(written().values())), random), limits)
    assert_agreed(random.choice(sorted(written().values())), limits)
