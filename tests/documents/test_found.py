"""Documents that are found by themselves: what `check` says about each stands beside it."""

import re
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from alliancekit import Alliance, check
from alliancekit.check import Settings
from alliancekit.findings import Span
from tests.documents.base import BASES, as_of, several, whole

HERE = Path(__file__).parent
INVALID = sorted(HERE.glob("invalid/*/*.yaml"))
VALID = sorted(HERE.glob("valid/*/*.yaml"))
FOLDERS = sorted(path for path in HERE.glob("*valid/files/*") if path.is_dir())

# They are about bytes, sizes, paths and programs, which no document of letters can show.
NOT_SHOWN = {"encoding", "limit", "plugin-failed", "unreadable"}


def found(path: Path) -> tuple[str, ...]:
    text = path.read_text(encoding="utf-8")
    findings = check.check_text(text, path=path.name, as_of=as_of(text))
    return tuple(f"{one.rule} {one.line}:{one.column}" for one in findings)


def found_in(folder: Path) -> tuple[str, ...]:
    """Return what is found in the documents of a folder, which are looked at together; its first says on which day."""
    day = as_of(min(folder.iterdir()).read_text(encoding="utf-8"))
    findings = check.check_paths(folder, as_of=day).findings
    return tuple(f"{Path(one.path or '').name} {one.rule} {one.line}:{one.column}" for one in findings)


@pytest.mark.parametrize("path", [*INVALID, *VALID], ids=lambda path: f"{path.parts[-3]}/{path.parts[-2]}/{path.stem}")
def test_document(path: Path) -> None:
    """Each document has exactly the findings, at exactly the places, that its ``.expected`` says."""
    expected = path.with_suffix(".expected").read_text(encoding="utf-8")
    assert tuple(expected.splitlines()) == found(path)


@pytest.mark.parametrize(
    "text", ["<<<<<<< a\nid: a\n=======\n>>>>>>> b\n", "id: a\n---\nid: b\n", "id: [a\n", "", "- a"]
)
def test_nothing_passes_unread(text: str) -> None:
    """A text in which no document could be read is told, whatever is switched off."""
    off = Settings(severities=dict.fromkeys(check.RULES))
    assert check.check_text(f"alliancekit: alliance/1\n{text}" if text else "", settings=off)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: f"{path.parts[-2]}/{path.stem}")
def test_line_ends_move_nothing(path: Path) -> None:
    """With the line ends of Windows and a mark at the begin of the file each finding begins and ends where it did."""
    text = path.read_text(encoding="utf-8")
    day = as_of(text)
    other = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    assert spans(other, path, day) == spans(text, path, day)


def spans(text: str | bytes, path: Path, day: date | None) -> list[tuple[str, Span | None]]:
    return [(one.rule, one.span) for one in check.check_text(text, path=path.name, as_of=day)]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_folder(folder: Path) -> None:
    """The documents of a folder have exactly the findings that its ``.expected`` says."""
    expected = folder.with_suffix(".expected").read_text(encoding="utf-8")
    assert tuple(expected.splitlines()) == found_in(folder)


def about(rule: check.Rule) -> str:
    if re.match(r"# \S+\.yaml\n", check.explain(rule.code).failing):
        return "files"
    return "flow" if rule.group == "Flows" else rule.kinds[0].replace("document", "alliance")


RULES = {code: about(rule) for code, rule in check.RULES.items() if code not in NOT_SHOWN}


@pytest.mark.parametrize("rule", sorted(code for code, kind in RULES.items() if kind != "files"))
def test_each_rule_has_its_documents(rule: str) -> None:
    """Each rule has one document that breaks it, and the same one mended: the examples of its explanation."""
    explained, kind = check.explain(rule), RULES[rule]
    failing, passing = (HERE / verdict / kind / f"{rule}.yaml" for verdict in ("invalid", "valid"))
    assert failing.read_text(encoding="utf-8") == whole(explained.failing, is_sound=False, about=kind)
    assert passing.read_text(encoding="utf-8") == whole(explained.passing, is_sound=True, about=kind)
    assert any(one.startswith(f"{rule} ") for one in found(failing))
    assert not any(one.startswith(f"{rule} ") for one in found(passing))


@pytest.mark.parametrize("rule", sorted(code for code, kind in RULES.items() if kind == "files"))
def test_each_rule_across_files_has_its_documents(rule: str) -> None:
    """Each rule about several documents has a folder that breaks it, and the same one mended."""
    explained = check.explain(rule)
    failing, passing = (HERE / verdict / "files" / rule for verdict in ("invalid", "valid"))
    for folder, example in ((failing, explained.failing), (passing, explained.passing)):
        assert {one.name: one.read_text(encoding="utf-8") for one in folder.iterdir()} == several(example)
    assert [one for one in found_in(failing) if f" {rule} " in one]
    assert [one for one in found_in(passing) if f" {rule} " in one] == []


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_documents_have_no_errors(path: Path) -> None:
    """A valid document may have warnings, and no errors."""
    findings = check.check_text(path.read_text(encoding="utf-8"), path=path.name)
    assert [str(one) for one in findings if one.severity == "error"] == []


def test_the_base_is_sound() -> None:
    """The documents into which the examples are put have no finding of their own."""
    assert [check.check_text(text) for text in BASES.values()] == [()] * len(BASES)


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


class TestTogether:
    """All documents that show what is wrong, in one run over one folder."""

    # On this day each of the examples about time is late.
    DAY = date(2027, 2, 2)

    def written(self, folder: Path) -> dict[str, tuple[str, ...]]:
        """Write the documents, each rule's with an alliance of its own; return what is to be found in which file."""
        expected: dict[str, tuple[str, ...]] = {}
        for rule, kind in RULES.items():
            place = HERE / "invalid" / kind / rule
            files = sorted(place.iterdir()) if kind == "files" else [place.with_suffix(".yaml")]
            lines = place.with_suffix(".expected").read_text(encoding="utf-8").splitlines()
            (folder / rule).mkdir()
            for one in files:
                name = one.name if kind == "files" else f"{rule}.{kind}.yaml"
                text = re.sub(r"\bana-ben\b", f"of-{rule}", one.read_text(encoding="utf-8"))
                (folder / rule / name).write_text(text, encoding="utf-8")
                own = lines if kind != "files" else [line.partition(" ")[2] for line in lines if line.startswith(name)]
                expected[f"{rule}/{name}"] = tuple(line for line in own if line.startswith(f"{rule} "))
        return expected | self._not_shown(folder)

    def _not_shown(self, folder: Path) -> dict[str, tuple[str, ...]]:
        (folder / "encoding.alliance.yaml").write_bytes(BASES["alliance"].replace("Silva", "Sílva").encode("latin-1"))
        (folder / "limit.alliance.yaml").write_text(f"{BASES['alliance']}language: {'x' * 10_001}\n", encoding="utf-8")
        (folder / "unreadable.check-in.yaml").symlink_to(folder / "nowhere")
        return {
            "encoding.alliance.yaml": ("encoding 8:16",),
            "limit.alliance.yaml": ("limit 49:11",),
            "unreadable.check-in.yaml": ("unreadable None:None",),
        }

    def test_every_rule_is_found(self, tmp_path: Path) -> None:
        """One run over every rule's fault gives every rule, each in its file and at its place."""
        expected = self.written(tmp_path)
        findings = check.check_paths(tmp_path, as_of=self.DAY, rules=[_raises]).findings
        told: dict[str, list[str]] = defaultdict(list)
        for one in findings:
            told[Path(one.path or "").relative_to(tmp_path).as_posix()].append(f"{one.rule} {one.line}:{one.column}")
        assert {one.rule for one in findings} == set(check.RULES)
        lost = {path: set(lines) - set(told[path]) for path, lines in expected.items()}
        assert {path: lines for path, lines in lost.items() if lines} == {}


def _raises(alliance: Alliance) -> tuple[check.Hit, ...]:
    raise ValueError(alliance.id)
