from pathlib import Path

import pytest

from alliancekit import library
from alliancekit.documents import load
from alliancekit.errors import DocumentError, UnknownNameError
from alliancekit.library import Stamps, stamp
from alliancekit.library._units import units
from alliancekit.model import Bank, BankTranslation

BANK = """\
alliancekit: bank/1
id: walk
title: A walk
language: en
sections:
  - id: first
    title: First
    prompts: [tone]
prompts:
  tone:
    text: What tone?
    why: It matters.
    answer: {kind: choice, options: {direct: Direct, warm: Warm}}
    follow_ups:
      - {id: more, text: What more?}
"""
TRANSLATION = """\
# Ana translated this.
alliancekit: bank/1
translates: walk   # the bank
language: pt
title: Um passeio  # or caminhada
sections:
  - id: first
    title: Primeiro
prompts:
  # Nobody says "tom" here.
  tone:
    text: >-
      Que tom?
    options: {direct: Direto, warm: Caloroso}
    # the last word
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A translation beside its bank."""
    (tmp_path / "walk.bank.yaml").write_text(BANK)
    found = tmp_path / "walk.pt.bank.yaml"
    found.write_text(TRANSLATION)
    return found


def bank(path: Path) -> Bank:
    return library.bank(path.with_name("walk.bank.yaml"))


class TestStamp:
    def test_only_source_lines_are_written(self, path: Path) -> None:
        """Comments, order and quoting stay; the digest of the title comes below the title."""
        stamp(path, bank(path))
        after = path.read_text().splitlines()
        assert after[5].startswith("source: sha256:")
        rest = [line for line in after if "source: sha256:" not in line]
        assert rest == TRANSLATION.splitlines()

    def test_what_it_says(self, path: Path) -> None:
        """It says what it stamped for the first time, and a second time there is nothing to stamp."""
        assert stamp(path, bank(path)) == Stamps(path=str(path), added=["title", "first", "tone"])
        before = path.read_bytes()
        assert not stamp(path, bank(path)).is_changed
        assert path.read_bytes() == before

    def test_what_changed_since(self, path: Path) -> None:
        """What was changed since is named, and gets its new digest."""
        stamp(path, bank(path))
        path.with_name("walk.bank.yaml").write_text(BANK.replace("What more", "And what more"))
        assert stamp(path, bank(path), dry=True) == Stamps(path=str(path), renewed=["tone"])
        assert stamp(path, bank(path)).renewed == ("tone",)
        assert not stamp(path, bank(path)).is_changed

    def test_only_some(self, path: Path) -> None:
        """Only what is named is stamped; a name that the translation has not is answered with the nearest."""
        assert stamp(path, bank(path), only=["tone"]).added == ("tone",)
        held = load(path, BankTranslation)
        assert held.source is None
        assert held.prompts["tone"].source == library.digest_of(bank(path), "tone")
        with pytest.raises(UnknownNameError, match="did you mean 'tone'"):
            stamp(path, bank(path), only=["tune"])

    def test_dry(self, path: Path) -> None:
        """A dry run writes nothing."""
        assert stamp(path, bank(path), dry=True).is_changed
        assert path.read_text() == TRANSLATION

    def test_what_translates_nothing(self, path: Path) -> None:
        """An entry whose prompt there is not is named, and is left as it is."""
        path.write_text(TRANSLATION.replace("  tone:", "  tune:"))
        assert stamp(path, bank(path)).strange == ("tune",)

    def test_no_translation(self, path: Path) -> None:
        """A bank is no translation of one."""
        with pytest.raises(DocumentError, match="a translation of one is expected here"):
            stamp(path.with_name("walk.bank.yaml"), bank(path))

    @pytest.mark.parametrize("change", [("\n", "\r\n"), ("# Ana", "\ufeff# Ana")], ids=["crlf", "bom"])
    def test_bytes_of_others(self, path: Path, change: tuple[str, str]) -> None:
        """Line ends and a byte order mark stay."""
        before = TRANSLATION.replace(*change).encode()
        path.write_bytes(before)
        assert stamp(path, bank(path)).added == ("title", "first", "tone")
        after = path.read_bytes()
        ending = b"\r\n" if change[0] == "\n" else b"\n"
        assert [line for line in after.split(ending) if b"source: sha256:" not in line] == before.split(ending)
        assert after.split(ending)[5].startswith(b"source: sha256:")

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("walk.pt.bank.json", '{"alliancekit": "bank/1", "translates": "walk", "language": "pt", "title": "Um"}\n'),
            ("walk.pt.bank.yaml", "{alliancekit: bank/1, translates: walk, language: pt, title: Um}\n"),
            ("walk.pt.bank.yaml", "alliancekit: bank/1\ntranslates: walk\nlanguage: pt\ntitle: Um"),
            ("walk.pt.bank.yaml", "alliancekit: bank/1\ntitle: |-\n  Um\ntranslates: walk\nlanguage: pt\n"),
            ("walk.pt.bank.yaml", "alliancekit: bank/1\ntitle:\n  Um  # dois\ntranslates: walk\nlanguage: pt\n"),
        ],
        ids=["json", "flow", "no-last-line", "literal", "below"],
    )
    def test_other_styles(self, path: Path, name: str, text: str) -> None:
        """However the file is written, it says the same and its digest."""
        path.unlink()
        path.with_name(name).write_text(text)
        assert stamp(path.with_name(name), bank(path)).added == ("title",)
        found = load(path.with_name(name), BankTranslation)
        assert (found.title, found.source) == ("Um", units(bank(path))["title", ""].digest)
        assert not stamp(path.with_name(name), bank(path)).is_changed
