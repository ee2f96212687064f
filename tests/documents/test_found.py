"""Documents that are found by themselves: what `check` says about each stands beside it."""

from pathlib import Path

import pytest

from alliancekit import check
from tests.documents.base import BASE, FLOW, whole

HERE = Path(__file__).parent
INVALID = sorted(HERE.glob("invalid/*/*.yaml"))
VALID = sorted(HERE.glob("valid/*/*.yaml"))

# They are about bytes, sizes, paths and programs, which no document of letters can show.
NOT_SHOWN = {"encoding", "limit", "plugin-failed", "unreadable"}


def found(path: Path) -> tuple[str, ...]:
    findings = check.check_text(path.read_text(encoding="utf-8"), path=path.name)
    return tuple(f"{one.rule} {one.line}:{one.column}" for one in findings)


@pytest.mark.parametrize("path", [*INVALID, *VALID], ids=lambda path: f"{path.parts[-3]}/{path.parts[-2]}/{path.stem}")
def test_document(path: Path) -> None:
    """Each document has exactly the findings, at exactly the places, that its ``.expected`` says."""
    expected = path.with_suffix(".expected").read_text(encoding="utf-8")
    assert tuple(expected.splitlines()) == found(path)


@pytest.mark.parametrize("rule", sorted(set(check.RULES) - NOT_SHOWN))
def test_each_rule_has_its_documents(rule: str) -> None:
    """Each rule has one document that breaks it, and the same one mended: the examples of its explanation."""
    explained = check.explain(rule)
    about = "flow" if explained.group == "Flows" else "alliance"
    failing, passing = (HERE / kind / about / f"{rule}.yaml" for kind in ("invalid", "valid"))
    assert failing.read_text(encoding="utf-8") == whole(explained.failing, is_sound=False, about=about)
    assert passing.read_text(encoding="utf-8") == whole(explained.passing, is_sound=True, about=about)
    assert any(one.startswith(f"{rule} ") for one in found(failing))
    assert not any(one.startswith(f"{rule} ") for one in found(passing))


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_documents_have_no_errors(path: Path) -> None:
    """A valid document may have warnings, and no errors."""
    findings = check.check_text(path.read_text(encoding="utf-8"), path=path.name)
    assert [str(one) for one in findings if one.severity == "error"] == []


def test_the_base_is_sound() -> None:
    """The alliance and the flow into which the examples are put have no finding of their own."""
    assert check.check_text(BASE) == ()
    assert check.check_text(FLOW) == ()


def test_eight_mistakes() -> None:
    """Eight different mistakes in one file give eight findings in one run, each with its line and its remedy."""
    path = HERE / "invalid" / "alliance" / "eight-mistakes.yaml"
    findings = check.check_text(path.read_text(encoding="utf-8"), path=path.name)
    assert [(one.line, one.rule, one.hint) for one in findings] == [
        (5, "unknown-field", "did you mean 'status'?"),
        (6, "wrong-type", ""),
        (7, "wrong-type", 'put it in quotes: "2027"'),
        (22, "bad-id", "for example 'repair-first'"),
        (
            28,
            "to-nobody",
            "name somebody; to and of may be left out, and then mean the other of two, or everyone in a team",
        ),
        (32, "unknown-member", "did you mean 'ana'?"),
        (37, "missing-field", "text: what is agreed, in the members' own words"),
        (42, "wrong-value", "did you mean 'conflict'?"),
    ]
