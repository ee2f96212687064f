"""What checking knows of banks that installed packages bring."""

import sys
from pathlib import Path

import pytest

from alliancekit import check
from alliancekit.check._judge import Job
from alliancekit.check._many._cache import identity_of
from tests.documents.base import BASE
from tests.unit.library.packs import Install, bank, flow, install

__all__ = ["install"]

MADE = BASE + "made_with:\n  bank: voyage\nresponses:\n  - prompt: ahed\n    by: ana\n    answer: x\n"
SEA = {"banks/voyage.bank.yaml": bank("voyage")}


def rules(text: str, path: str | None = None) -> set[str]:
    return {one.rule for one in check.check_text(text, path=path)}


class TestAlliances:
    def test_what_it_was_made_with(self, install: Install) -> None:
        """What an alliance cites is held against the bank of a pack, once that is installed."""
        assert "unknown-prompt" not in rules(MADE)
        install("acme-sea", SEA)
        (found,) = (one for one in check.check_text(MADE) if one.rule == "unknown-prompt")
        assert (found.message, found.hint) == ("the bank voyage has no prompt 'ahed'", "did you mean 'ahead'?")

    @pytest.mark.parametrize("broken", ["a: [", bank("other"), bank("voyage", extends="nowhere")])
    def test_one_that_cannot_be_had(self, install: Install, broken: str) -> None:
        """Of a bank that is broken, or that two packs bring, nothing is said here."""
        install("acme-sea", {"banks/voyage.bank.yaml": broken})
        assert "unknown-prompt" not in rules(MADE)

    def test_one_that_two_bring(self, install: Install) -> None:
        """Of a bank that two packs bring nobody can say which it was."""
        install("acme-sea", SEA)
        install("acme-lake", SEA)
        assert "unknown-prompt" not in rules(MADE)

    def test_nothing_else_waits_for_packs(self, install: Install) -> None:
        """No pack is imported for an alliance that was made with what is built in, or with nothing."""
        install("acme-sea", {**SEA, "__init__.py": "raise SystemExit"})
        assert rules(BASE) == rules(BASE + "made_with:\n  bank: team\n")
        assert check.check_paths([]).files == ()
        assert "acme_sea" not in sys.modules


class TestTranslations:
    def test_of_a_bank_that_two_bring(self, install: Install) -> None:
        """A translation of what several packs bring cannot be held against it, and that is said."""
        text = "alliancekit: bank/1\ntranslates: voyage\nlanguage: pt\n"
        install("acme-sea", SEA)
        assert "unknown-base" not in rules(text)
        install("acme-lake", SEA)
        (found,) = (one for one in check.check_text(text) if one.rule == "unknown-base")
        assert (found.line, "say which: " in found.message) == (2, True)


class TestFlows:
    def test_with_its_bank(self, install: Install) -> None:
        """A flow is run with the bank of a pack, as with any other."""
        text = flow("sail", "voyage").replace("ask: ahead", "ask: behind")
        assert "no bank is named 'voyage'" in check.check_text(text)[0].message
        install("acme-sea", SEA)
        (found,) = (one for one in check.check_text(text) if one.rule == "unknown-reference")
        assert "'behind'" in found.message

    def test_with_a_bank_that_cannot_be_had(self, install: Install) -> None:
        """That the bank of a flow is broken, or brought by two packs, is said at the flow that names it."""
        install("acme-sea", {"banks/voyage.bank.yaml": "a: ["})
        (found,) = (one for one in check.check_text(flow("sail", "voyage")) if one.pointer == "/bank")
        assert found.rule == "unknown-reference"
        assert found.message.startswith("the pack 'sea' of acme-sea 1.0: banks/voyage.bank.yaml:1: ")

    def test_where_it_lies(self, tmp_path: Path, install: Install) -> None:
        """A file is never taken for the name of a flow: what lies beside it comes first."""
        install("acme-sea", {**SEA, "flows/sail.flow.yaml": flow("sail", "voyage")})
        path = tmp_path / "sail"
        path.write_text(flow("sail", "voyage").replace("ask: ahead", "ask: behind"), encoding="utf-8")
        (tmp_path / "voyage.bank.yaml").write_text(bank("voyage").replace("ahead", "behind"), encoding="utf-8")
        assert "unknown-reference" not in {one.rule for one in check.check_paths(path).findings}


class TestKept:
    def found(self, folder: Path) -> set[str]:
        return {one.rule for one in check.check_paths([folder], cache=folder.parent / "cache").findings}

    def test_until_packs_change(self, tmp_path: Path, install: Install) -> None:
        """What was found without a pack, with another version of it, or with other files in it, is judged again."""
        folder = tmp_path / "files"
        folder.mkdir()
        (folder / "a.alliance.yaml").write_text(MADE, encoding="utf-8")
        assert "unknown-prompt" not in self.found(folder)
        home = install("acme-sea", SEA)
        assert "unknown-prompt" in self.found(folder)
        path = home / "acme_sea" / "banks" / "voyage.bank.yaml"
        path.write_text(bank("voyage").replace("ahead", "ahed"), encoding="utf-8")
        assert "unknown-prompt" not in self.found(folder)

    def test_packs_are_part_of_what_it_comes_from(self, install: Install) -> None:
        """The name and the version of a pack count, and nothing is imported for it."""
        seen = [identity_of(Job())]
        home = install("acme-sea", {"__init__.py": "raise SystemExit"})
        seen.append(identity_of(Job()))
        assert identity_of(Job()) == seen[-1]
        (home / "acme_sea-1.0.dist-info").rename(home / "acme_sea-1.1.dist-info")
        (home / "acme_sea-1.1.dist-info" / "METADATA").write_text("Name: acme-sea\nVersion: 1.1\n", encoding="utf-8")
        seen.append(identity_of(Job()))
        assert len(set(seen)) == 3
        assert "acme_sea" not in sys.modules
