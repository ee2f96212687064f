"""Loading by header, writing, and editing a document where it is kept."""

# ruff: noqa: A002, PT012 - an edit is a block

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from alliancekit.documents import dump, dumps, edit, examine, load, loads, to_plain
from alliancekit.errors import (
    ConflictError,
    DocumentError,
    EditRefusedError,
    InvalidValueError,
    UnknownNameError,
    UnreadableError,
)
from alliancekit.flow import Flow, SayStep, Session
from alliancekit.limits import Limits
from alliancekit.model import Alliance, Bank, CheckIn, Member

TEXT = """\
# Ours.
alliancekit: alliance/1   # the header
id: ana-ben
kind: one-to-one
title: 'Ana and Ben'      # a working title
status: draft             # written out although it is the default
intention: >-
  Ship hard things together
  without burning out.
members:
  ana: {name: Ana}
  # Ben came later.
  ben:
    name: Ben
x-tool: {color: red}      # ours alone
cadence:
  check_ins:
    weekly: {frequency: weekly, starts: "2026-11-05", minutes: 30.0}
"""

SESSION = Session.start(
    Flow(id="f", title="F", bank="b", steps=[SayStep(id="hello", text="Hello.")]),
    Bank(id="b", title="B"),
    id="s",
    alliance_id="a",
    title="T",
    members=[Member(id="ana", name="Ana"), Member(id="ben", name="Ben")],
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "ana-ben.alliance.yaml"
    path.write_text(TEXT, "utf-8")
    return path


class TestLoading:
    def test_the_header_decides_the_class(self, path: Path) -> None:
        """With a class or without: the same value."""
        assert load(path) == load(path, Alliance) == loads(TEXT)
        assert isinstance(loads("alliancekit: bank/1\nid: bee\ntitle: B\n"), Bank)

    @pytest.mark.parametrize("format", ["yaml", "json"])
    def test_what_is_written_reads_back(self, format) -> None:
        """In both formats, with the header first and free keys kept."""
        value = loads(TEXT, Alliance)
        text = dumps(value, format=format)

        assert loads(text, Alliance, format=format) == value
        assert next(iter(to_plain(value).items())) == ("alliancekit", "alliance/1")
        assert "x-tool" in text

    def test_every_finding_comes_at_once_with_its_place(self) -> None:
        """Of the text and of the structure, by place, with the path."""
        text = "alliancekit: alliance/1\nid: 5\nkindd: team\ntitle: T\nmembers: {ana: {nme: Ana}}\ntitle: U\n"

        with pytest.raises(DocumentError) as caught:
            loads(text, path="a.yaml")

        assert [(f.rule, f.line) for f in caught.value.findings if f.rule != "missing-field"] == [
            ("wrong-type", 2), ("unknown-field", 3), ("unknown-field", 5), ("duplicate-key", 6),
        ]  # fmt: skip
        assert {f.path for f in caught.value.findings} == {"a.yaml"}

    @pytest.mark.parametrize(
        ("text", "rule", "word"),
        [
            ("a: 1", "unknown-document", "begin with: alliancekit: alliance/1"),
            ("alliancekt: alliance/1", "unknown-document", "for 'alliancekt'"),
            ("alliancekit: alianc/1", "unknown-document", "did you mean 'alliance/1'?"),
            ("alliancekit: [1]", "unknown-document", "there are alliance/1"),
            ("alliancekit: alliance", "unknown-document", "did you mean 'alliance/1'?"),
            ("alliancekit: alliance/2", "unsupported-version", "a newer alliancekit may read it"),
            ("alliancekit: alliance/x", "unsupported-version", "write alliance/1"),
            ("- a", "unknown-document", ""),
            ("alliancekit: bank/1", "unknown-document", ""),
            ("alliancekit: session/1", "unknown-document", ""),
        ],
    )
    def test_a_header_that_does_not_fit_is_the_only_finding(self, text: str, rule: str, word: str) -> None:
        """It says what it found and what would be right."""
        (finding,) = examine(text, Alliance).findings

        assert finding.rule == rule
        assert word in finding.hint

    def test_a_session_is_never_yaml(self) -> None:
        """It is kept as JSON."""
        (finding,) = examine("alliancekit: session/1\n").findings

        assert finding.rule == "unsupported-yaml"

    def test_a_session_is_never_written_as_yaml(self) -> None:
        """It is private, and a program's: YAML is for people."""
        assert loads(dumps(SESSION)) == SESSION
        with pytest.raises(InvalidValueError, match="kept as JSON only"):
            dumps(SESSION, format="yaml")

    def test_a_private_document_is_private_on_disk(self, tmp_path: Path) -> None:
        """Nobody but its owner reads a session, even where the file was there before with other permissions."""
        path = tmp_path / "s.session.json"
        path.touch(0o644)
        dump(SESSION, path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        path.chmod(0o644)
        with edit(path, Session) as document:
            document.value = evolve(document.value, title="U")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_what_is_left_is_explained(self) -> None:
        """Other rules still run over what is sound."""
        found = examine(
            "alliancekit: alliance/1\nid: a\nkind: team\ntitle: T\nmembers:\n  ana: {name: Ana}\n  ben: {}\n"
        )

        assert found.value is None
        assert found.explained is not None
        assert found.explained.data is not None
        assert list(found.explained.data["members"]) == ["ana"]

    def test_a_missing_file_is_unreadable(self, tmp_path: Path) -> None:
        """As a finding, and as an OSError."""
        with pytest.raises(UnreadableError):
            load(tmp_path / "none.yaml")

    def test_only_documents_have_a_text(self) -> None:
        """A member is a part of one."""
        with pytest.raises(TypeError, match="Member is no document"):
            dumps(Member(id="ana", name="Ana"))

    def test_what_is_no_text_is_refused(self) -> None:
        """A file is loaded by `load`."""
        with pytest.raises(InvalidValueError, match="must be the text or the bytes of a document, not NoneType"):
            loads(None)  # type: ignore[call-overload]

    def test_there_are_two_formats(self) -> None:
        """A name that is neither is refused, for reading and for writing."""
        value = loads(TEXT, Alliance)
        with pytest.raises(UnknownNameError, match="did you mean 'yaml'"):
            dumps(value, format="yml")  # type: ignore[arg-type]
        with pytest.raises(UnknownNameError, match="did you mean 'yaml'"):
            loads(TEXT, format="yml")  # type: ignore[call-overload]

    def test_a_dumped_file_can_be_found_again(self, tmp_path: Path) -> None:
        """By its ending; nothing is written under another."""
        with pytest.raises(InvalidValueError, match="must end in"):
            dump(loads(TEXT, Alliance), tmp_path / "a.txt")
        assert list(tmp_path.iterdir()) == []

    def test_a_document_is_dumped_whole(self, tmp_path: Path) -> None:
        """In the format of its name, in place of what was there."""
        value = loads(TEXT, Alliance)
        for name in ("a.alliance.yaml", "a.alliance.json"):
            (tmp_path / name).write_bytes(b"old")
            dump(value, tmp_path / name)
            assert load(tmp_path / name) == value
        assert (tmp_path / "a.alliance.json").read_bytes().startswith(b"{")


class TestEditing:
    def test_only_what_changed_is_written(self, path: Path) -> None:
        """Comments, quoting, a default that was written out, and 30.0 stay."""
        with edit(path, Alliance) as document:
            document.value = evolve(document.value, title="Ben and Ana")

        assert path.read_text("utf-8") == TEXT.replace("'Ana and Ben'", "'Ben and Ana'")

    def test_a_default_that_was_written_out_can_change(self, path: Path) -> None:
        """It is changed where it stands."""
        with edit(path, Alliance) as document:
            document.value = evolve(document.value, status="active")

        assert path.read_text("utf-8") == TEXT.replace("status: draft ", "status: active ")

    def test_entries_come_and_go(self, path: Path) -> None:
        """A new one after its last sibling; a removed one with its own lines."""
        with edit(path, Alliance) as document:
            members = document.value.members.with_entry("carla", Member(id="carla", name="Carla")).without("ben")
            document.value = evolve(document.value, members=members, kind="team")

        expected = TEXT.replace("  ben:\n    name: Ben\n", "  carla:\n    name: Carla\n").replace("one-to-one", "team")
        assert path.read_text("utf-8") == expected

    def test_an_equal_value_writes_nothing(self, path: Path) -> None:
        """Not even the time of the last change differs."""
        os.utime(path, ns=(1, 1))
        with edit(path, Alliance) as document:
            document.value = evolve(document.value)

        assert path.stat().st_mtime_ns == 1

    def test_an_error_in_the_block_writes_nothing(self, path: Path) -> None:
        """The file is as it was, and the lock is free."""
        with pytest.raises(ZeroDivisionError), edit(path, Alliance) as document:
            document.value = evolve(document.value, title="No")
            raise ZeroDivisionError

        assert path.read_text("utf-8") == TEXT
        with edit(path, Alliance):
            pass

    def test_somebody_else_may_be_faster(self, path: Path) -> None:
        """Who does not ask for the lock is not overwritten."""
        with pytest.raises(ConflictError), edit(path, Alliance) as document:
            path.write_text(TEXT + "# theirs\n", "utf-8")
            document.value = evolve(document.value, title="Mine")

        assert path.read_text("utf-8").endswith("# theirs\n")

    def test_permissions_stay(self, path: Path) -> None:
        """Those of the original."""
        path.chmod(0o640)
        with edit(path, Alliance) as document:
            document.value = evolve(document.value, title="T")

        assert stat.S_IMODE(path.stat().st_mode) == 0o640

    def test_another_kind_of_value_is_refused(self, path: Path) -> None:
        """An alliance does not become a bank."""
        with pytest.raises(TypeError, match="holds a Alliance"), edit(path, Alliance) as document:
            document.value = Bank(id="bee", title="B")  # type: ignore[assignment]

        assert path.read_text("utf-8") == TEXT

    def test_a_host_may_raise_the_limits(self, path: Path) -> None:
        """For the file before the change, and for the one after it."""
        most = Limits(text=20_000)
        with edit(path, Alliance, limits=most) as document:
            document.value = evolve(document.value, intention="long " * 3_000 + "enough")
        with edit(path, Alliance, limits=most) as document:
            document.value = evolve(document.value, title="T")
        assert load(path, Alliance, limits=most).title == "T"

        before = path.read_bytes()
        with pytest.raises(DocumentError, match="the limit is 10,000"), edit(path, Alliance):
            pass
        with pytest.raises(EditRefusedError, match="limit"), edit(path, Alliance, limits=most) as document:
            document.value = evolve(document.value, intention="x " * 10_001)
        assert path.read_bytes() == before

    def test_a_document_with_findings_is_not_opened(self, path: Path) -> None:
        """First it must be sound."""
        path.write_text(TEXT + "what: 1\n", "utf-8")
        with pytest.raises(DocumentError), edit(path, Alliance):
            pass


class TestPrivate:
    """What is wrong with a session is told without what it holds."""

    @pytest.mark.parametrize(
        ("text", "path"),
        [
            ('{"alliancekit": "session/1", "requests": [{"by": "ana", "answer": "why", "share": "PLANTED"}]}', None),
            ('{"alliancekit": "session/1", "title": ["PLANTED"], "PLANTED": 1}', None),
            ('{"alliancekit": "session/1", "title": PLANTED', None),
            ('{"title": PLANTED', "a.session.json"),
            ("alliancekit: session/1\ntitle: [PLANTED, PLANTED: 1\n", None),
            (f"PLANTED: {'x' * 20_000}\nalliancekit: session/1\n", "a.alliance.yaml"),
            ("alliancekit: sesion/1\nPLANTED: no\n", "a.alliance.yaml"),
            ("alliancekit: session\nPLANTED: no\n", None),
            ('"PLANTED"', "a.session.json"),
            ('{"alliancekitt": 1, "PLANTED": 1}', "a.session.json"),
            ('{"alliancekit": "session/1", "PLANTED": 1, "members": {"PLANTED": {"PLANTED": 1}}}', None),
        ],
    )
    def test_no_finding_quotes_a_session(self, text: str, path: str | None) -> None:
        """Neither a message, a hint nor a pointer repeats what stands there, however broken the text and late its header."""
        found = examine(text, path=path)
        assert found.is_private
        assert found.findings
        assert "PLANTED" not in "".join(one.message + one.hint + one.pointer for one in found.findings)

    @pytest.mark.parametrize(
        ("cls", "expected", "hint"),
        [(Alliance, "an alliance", "name the alliance beside it"), (CheckIn, "a check-in", "")],
    )
    def test_a_session_for_something_else(self, cls: type[Any], expected: str, hint: str) -> None:
        """Where another kind is expected it says so, with the alliance beside it as the remedy, and quotes nothing."""
        text = '{"alliancekit": "session/1", "title": "PLANTED", "requests": [{"answer": "PLANTED"}]}'
        (finding,) = examine(text, cls, path="PLANT.session.json").findings
        told = f"this is a session, and {expected} is expected here; what a session holds is private, and is not quoted"
        assert (finding.message, finding.hint) == (told, hint)
        assert (finding.rule, finding.pointer) == ("unknown-document", "/alliancekit")

    def test_other_documents_are_quoted(self) -> None:
        """A word of an alliance is said with what is wrong with it."""
        found = examine("alliancekit: alliance/1\nkind: trio\n# see session/1\n")
        assert not found.is_private
        assert any("'trio'" in one.message for one in found.findings)
