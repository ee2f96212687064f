"""Banks and flows that installed packages bring."""

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from alliancekit import library
from alliancekit.errors import DocumentError, UnknownNameError
from alliancekit.library import PackError
from alliancekit.library._packs import find
from alliancekit.model import Bank
from tests.shared import ROOT
from tests.unit.library.packs import Install, bank, flow, install, words

__all__ = ["install"]


TEAM_IN_FRENCH = words("team", "fr") + "prompts:\n  purpose:\n    text: Pourquoi sommes-nous là ?\n"


def problems() -> list[str]:
    return [str(one) for one in library.offers().problems]


class TestAtHand:
    def test_by_name(self, install: Install) -> None:
        """What a pack brings is had by its id, as what is built in is, and its name is listed."""
        install("acme-sea", {"banks/voyage.bank.yaml": bank("voyage"), "flows/sail.flow.yaml": flow("sail", "voyage")})
        assert library.bank("voyage").title == "Questions"
        assert library.flow("sail").bank == "voyage"
        assert library.bank_names() == ("check-in", "one-to-one", "team", "voyage")
        assert library.flow_names() == ("check-in", "one-to-one", "sail", "team")
        assert library.prompt_ids("voyage") == {"ahead"}

    def test_what_is_offered(self, install: Install) -> None:
        """Each is listed with what it is, its languages and where it is from; what is built in has no pack."""
        files = {"banks/voyage.bank.yaml": bank("voyage"), "banks/voyage.de.bank.yaml": words("voyage", "de")}
        install("acme-sea", files, version="2.1", sea="acme_sea")
        found = library.offers()
        assert found.problems == ()
        *ours, voyage = found.banks
        assert [(one.name, one.pack, one.languages) for one in ours] == [
            (name, "", ("en", "de", "ja", "pt")) for name in ("check-in", "one-to-one", "team")
        ]
        assert voyage == library.Offer(
            kind="bank",
            name="voyage",
            id="voyage",
            title="Questions",
            languages=("en", "de"),
            pack="sea",
            package="acme-sea",
            version="2.1",
        )
        assert [one.name for one in found.flows] == ["check-in", "one-to-one", "team"]

    @pytest.mark.parametrize("zipped", [False, True])
    def test_data_alone(self, install: Install, *, zipped: bool) -> None:
        """A pack needs no code: a folder without any is one; and it may be in an archive."""
        code = {"__init__.py": ""} if zipped else {}  # in an archive, Python finds no folder that has none
        install("acme-sea", {**code, "banks/voyage.bank.yaml": bank("voyage")}, zipped=zipped)
        assert library.bank("voyage").id == library.bank("voyage").id == "voyage"
        assert [one.name for one in library.offers().banks if one.pack] == ["voyage"]

    def test_deep_inside(self, install: Install) -> None:
        """The folder may be that of a package in another, and files may be JSON."""
        text = '{"alliancekit": "bank/1", "id": "voyage", "title": "J"}'
        install("acme-sea", {"__init__.py": "", "packs/banks/voyage.bank.json": text}, sea="acme_sea.packs")
        assert library.bank("voyage").title == "J"

    def test_on_others(self, install: Install) -> None:
        """A bank of a pack may build on what is built in, and on one of another pack; a file may build on it."""
        install("acme-sea", {"banks/voyage.bank.yaml": bank("voyage", extends="team")})
        home = install("acme-lake", {"banks/paddle.bank.yaml": bank("paddle", extends="voyage")})
        assert {"purpose", "ahead"} <= set(library.bank("paddle").prompts)
        path = home / "own.bank.yaml"
        path.write_text(bank("own", extends="paddle"), encoding="utf-8")
        assert "purpose" in library.bank(path).prompts
        assert problems() == []

    def test_its_own_first(self, install: Install) -> None:
        """A flow of a pack asks the bank beside it, even where others have one of that name."""
        for which in ("sea", "lake"):
            files = {
                "banks/voyage.bank.yaml": bank("voyage", which),
                f"flows/{which}.flow.yaml": flow(which, "voyage"),
            }
            install(f"acme-{which}", files)
        assert [library.bank("voyage", beside=one).title for one in ("sea", "lake")] == ["sea", "lake"]
        assert library.bank("team", beside="sea").id == library.bank("team", beside="team").id == "team"

    def test_in_another_language(self, install: Install) -> None:
        """A bank of a pack is read in the words that lie beside it there, and so is what it builds on."""
        files = {"banks/voyage.bank.yaml": bank("voyage", extends="team")}
        install("acme-sea", {**files, "banks/voyage.de.bank.yaml": words("voyage", "de")})
        found = library.bank("voyage", language="de-AT")
        assert (found.title, found.language) == ("Fragen", "de")
        assert found.prompts["purpose"] == library.bank("team", language="de").prompts["purpose"]
        assert library.languages_of("voyage") == ("de",)

    def test_words_for_what_is_built_in(self, install: Install) -> None:
        """A pack may bring words of its own for a bank that its banks build on."""
        files = {"banks/voyage.bank.yaml": bank("voyage", extends="team"), "banks/team.fr.bank.yaml": TEAM_IN_FRENCH}
        install("acme-sea", files)
        assert library.bank("voyage", language="fr").prompts["purpose"].text == "Pourquoi sommes-nous là ?"
        assert problems() == []

    def test_words_alone(self, install: Install) -> None:
        """A pack may bring nothing but words for what is at hand; what lies beside it comes before them."""
        french = {"banks/team.fr.bank.yaml": TEAM_IN_FRENCH, "banks/voyage.fr.bank.yaml": words("voyage", "fr")}
        german = {"banks/team.de.bank.yaml": words("team", "de").replace("Fragen", "Nicht diese")}
        install("acme-words", {**french, **german})
        install("acme-zwei", {"banks/team.fr.bank.yaml": words("team", "fr").replace("Fragen", "Nor this")})
        install("acme-sea", {"banks/voyage.bank.yaml": bank("voyage")})
        assert library.bank("team", language="fr-CA").prompts["purpose"].text == "Pourquoi sommes-nous là ?"
        assert library.bank("team", language="fr").title == "Fragen"
        assert library.bank("voyage", language="fr").title == "Fragen"
        assert library.bank("team", language="de").title != "Nicht diese"
        assert library.languages_of("team") == ("de", "fr", "ja", "pt")
        assert [one.languages for one in library.offers().banks[2:]] == [("en", "de", "fr", "ja", "pt"), ("en", "fr")]

    def test_words_for_another_of_that_name(self, install: Install, tmp_path: Path) -> None:
        """Words for a bank of a pack, or for a file, are not read for another bank that has the name."""
        install(
            "acme-sea", {"banks/voyage.bank.yaml": bank("voyage"), "banks/voyage.de.bank.yaml": words("voyage", "de")}
        )
        install("acme-lake", {"banks/voyage.bank.yaml": bank("voyage")})
        assert library.languages_of("sea:voyage") == ("de",)
        assert library.languages_of("lake:voyage") == ()
        assert library.bank("lake:voyage", language="de").title == "Questions"
        (tmp_path / "voyage.bank.yaml").write_text(bank("voyage"), encoding="utf-8")
        assert library.bank(tmp_path / "voyage.bank.yaml", language="de").title == "Questions"

    def test_before_it_is_installed(self, tmp_path: Path) -> None:
        """A flow in the folder of a pack that is being written finds the bank in the folder beside it."""
        for name, text in {"banks/voyage.bank.yaml": bank("voyage"), "flows/x.flow.yaml": flow("x", "voyage")}.items():
            (tmp_path / name).parent.mkdir()
            (tmp_path / name).write_text(text, encoding="utf-8")
        assert library.bank("voyage", beside=tmp_path / "flows" / "x.flow.yaml").id == "voyage"

    def test_a_file_that_comes(self, install: Install) -> None:
        """A bank that somebody adds to a pack is there at once, and what it asks follows its file."""
        home = install("acme-sea", {"banks/voyage.bank.yaml": bank("voyage")})
        folder = home / "acme_sea" / "banks"
        assert library.prompt_ids("voyage") is library.prompt_ids("voyage")
        (folder / "paddle.bank.yaml").write_text(bank("paddle"), encoding="utf-8")
        assert library.bank("paddle").id == "paddle"
        (folder / "voyage.bank.yaml").write_text(bank("voyage").replace("ahead", "behind"), encoding="utf-8")
        assert library.prompt_ids("voyage") == {"behind"}

    def test_a_file_that_changes(self, install: Install) -> None:
        """A pack that somebody works on is read again when its file has changed, and else once."""
        home = install("acme-sea", {"banks/voyage.bank.yaml": bank("voyage")})
        path = home / "acme_sea" / "banks" / "voyage.bank.yaml"
        before = library.bank("voyage")
        assert library.bank("voyage") is before
        stamps = library.stamps()
        assert library.stamps() == stamps
        path.write_text(bank("voyage", "Other questions"), encoding="utf-8")
        assert library.bank("voyage").title == "Other questions"
        assert library.stamps() != stamps


class TestTaken:
    def test_what_is_built_in(self, install: Install) -> None:
        """A built-in name stays what it is; that of a pack can be had with the pack before it, and that is said."""
        install("acme-sea", {"banks/team.bank.yaml": bank("team")})
        assert "purpose" in library.bank("team").prompts
        assert list(library.bank("sea:team").prompts) == ["ahead"]
        assert "sea:team" in library.bank_names()
        assert problems() == [
            (
                "the pack 'sea' of acme-sea 1.0: banks/team.bank.yaml: the bank 'team' is built in, and stays so "
                "(ask for 'sea:team', or give it another id)"
            )
        ]

    def test_two_packs(self, install: Install) -> None:
        """Of two with one name neither is had by it, which names both; with the pack before it each is."""
        for which in ("sea", "lake"):
            install(f"acme-{which}", {"banks/voyage.bank.yaml": bank("voyage", which)})
        with pytest.raises(PackError) as caught:
            library.bank("voyage")
        said = (
            "the pack 'lake' of acme-lake 1.0: banks/voyage.bank.yaml: the bank 'voyage' is in the pack 'sea' of "
            "acme-sea 1.0 too (say which: 'lake:voyage' or 'sea:voyage')"
        )
        assert [str(caught.value), *problems()] == [said, said]
        assert library.bank_names()[1:3] == ("lake:voyage", "one-to-one")
        assert [library.bank(f"{one}:voyage").title for one in ("sea", "lake", "acme-sea")] == ["sea", "lake", "sea"]
        assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems

    def test_two_of_one_name(self, install: Install) -> None:
        """Two packs that are called the same are told apart by their packages."""
        for which in ("sea", "lake"):
            install(f"acme-{which}", {"banks/voyage.bank.yaml": bank("voyage", which)}, water=f"acme_{which}")
        with pytest.raises(PackError, match="say which: 'acme-lake:voyage' or 'acme-sea:voyage'"):
            library.bank("water:voyage")
        assert library.bank("acme-lake:voyage").title == "lake"

    def test_twice_in_one(self, install: Install) -> None:
        """Of two files that say that they are the same the first is taken, and the other is named."""
        install("acme-sea", {"banks/voyage.bank.yaml": bank("voyage", "one"), "banks/voyage.bank.yml": bank("voyage")})
        assert library.bank("voyage").title == "one"
        (problem,) = problems()
        assert problem.startswith("the pack 'sea' of acme-sea 1.0: banks/voyage.bank.yml: banks/voyage.bank.yaml says")


class TestUnknown:
    def test_no_such_name(self, install: Install) -> None:
        """A name that nothing has is answered with all names at hand."""
        install("acme-sea", {"banks/voyage.bank.yaml": bank("voyage")})
        with pytest.raises(UnknownNameError, match="did you mean 'voyage'"):
            library.bank("voyag")
        with pytest.raises(UnknownNameError, match=r"no bank is named 'sea:xyz'; there are check-in, .*, voyage$"):
            library.bank("sea:xyz")
        with pytest.raises(UnknownNameError, match="no pack is named 'see'; did you mean 'sea'"):
            library.bank("see:voyage")

    def test_no_file_is_read_for_ids(self, tmp_path: Path) -> None:
        """Whoever wants the ids of a bank by its name is given those of no file."""
        path = tmp_path / "own.bank.yaml"
        path.write_text(bank("own"), encoding="utf-8")
        with pytest.raises(UnknownNameError):
            library.prompt_ids(str(path))


class TestWrong:
    """Whatever is wrong with a pack is said of it, by its package and version, and the others are there."""

    @pytest.mark.parametrize(
        ("files", "value", "said"),
        [
            ({}, "acme_missing", "it cannot be used: ModuleNotFoundError: No module named 'acme_missing'"),
            ({}, "acme_bad:thing", "it cannot be used: ModuleNotFoundError"),
            ({"__init__.py": "1 / 0"}, "acme_bad", "it cannot be used: ZeroDivisionError: division by zero"),
            ({"__init__.py": "raise SystemExit"}, "acme_bad", "it cannot be used: SystemExit"),
            ({"__init__.py": ""}, "acme_bad", "nothing is in it: no banks/*.bank.yaml and no flows/*.flow.yaml"),
            ({"__init__.py": "", "code.py": ""}, "acme_bad.code", "it cannot be used: TypeError: 'acme_bad.code' is a"),
            ({"__init__.py": ""}, "..acme_bad", "it cannot be used: "),
            ({"banks/notes.txt": ""}, "acme_bad", "nothing is in it"),
        ],
    )
    def test_a_pack(self, install: Install, files: dict[str, str], value: str, said: str) -> None:
        """One that cannot be used is a problem of its own, and is told to whoever asks for a name that it may have."""
        install("acme-sea", {"banks/voyage.bank.yaml": bank("voyage")})
        install("acme-bad", files, version="0.9", bad=value)
        assert library.bank("voyage").id == "voyage"
        assert "purpose" in library.bank("team").prompts
        (problem,) = problems()
        assert problem.startswith(f"the pack 'bad' of acme-bad 0.9: {said}")
        assert [one.name for one in library.offers().banks][-1] == library.bank_names()[-1] == "voyage"
        with pytest.raises(PackError, match=r"the pack 'bad' of acme-bad 0\.9: "):
            library.bank("bad:journey")
        with pytest.raises(UnknownNameError, match=r"; the pack 'bad' of acme-bad 0\.9: .*nobody knows what is in it"):
            library.bank("journey")

    def test_an_error_without_words(self, install: Install) -> None:
        """An error that cannot be told is named by its kind."""
        raises = "class MuteError(Exception):\n    def __str__(self): raise ValueError\nraise MuteError"
        install("acme-bad", {"__init__.py": raises})
        assert problems()[0].startswith("the pack 'bad' of acme-bad 1.0: it cannot be used: MuteError")

    @pytest.mark.parametrize(
        ("name", "text", "said"),
        [
            ("banks/low.bank.yaml", bank("low").replace("title: ", "titel: "), "banks/low.bank.yaml:3: "),
            ("banks/low.bank.yaml", "a: [", "banks/low.bank.yaml:1: "),
            ("banks/low.bank.yaml", bank("high"), "banks/low.bank.yaml: its id is 'high', and its name says 'low'"),
            ("banks/low.bank.yaml", flow("low", "team"), "banks/low.bank.yaml:1: the document is of the kind 'flow/1'"),
            ("banks/low.bank.yaml", bank("low", extends="nowhere"), "banks/low.bank.yaml: no bank is named 'nowhere'"),
            ("banks/low.bank.yaml", bank("low", extends="low"), "banks/low.bank.yaml: "),
            ("banks/low.bank.yaml", "a" * 2_000_000, "banks/low.bank.yaml:1: the file is too large"),
            ("banks/low.yaml", bank("low"), "banks/low.yaml: its name does not say what it is"),
            (
                "flows/other.de.flow.yaml",
                words("other", "de").replace("bank/1", "flow/1"),
                "flows/other.de.flow.yaml: no flow is",
            ),
            ("banks/low.flow.yaml", bank("low"), "banks/low.flow.yaml: its name does not say what it is"),
            ("flows/low.flow.yaml", flow("low", "nowhere"), "flows/low.flow.yaml: no bank is named 'nowhere'"),
            ("flows/low.flow.yaml", flow("low", "team"), "flows/low.flow.yaml: /steps/0"),
            (
                "banks/voyage.de.bank.yaml",
                words("low", "de"),
                "banks/voyage.de.bank.yaml: it translates 'low', and its",
            ),
            ("banks/voyage.de.bank.yaml", words("voyage", "pt"), "banks/voyage.de.bank.yaml: its language is 'pt'"),
            ("banks/voyage.de.bank.yaml", bank("voyage"), "banks/voyage.de.bank.yaml:1: the document is a bank"),
            ("banks/other.de.bank.yaml", words("other", "de"), "banks/other.de.bank.yaml: no bank is named 'other'"),
        ],
    )
    def test_a_file(self, install: Install, name: str, text: str, said: str) -> None:
        """A file that is broken, or is not what its name says, is named; what else is in the pack is there."""
        install("acme-sea", {"banks/voyage.bank.yaml": bank("voyage"), name: text})
        found = library.offers()
        assert [one.name for one in (*found.banks, *found.flows) if one.pack] == ["voyage"]
        assert str(found.problems[0]).startswith(f"the pack 'sea' of acme-sea 1.0: {said}")
        assert len(found.problems) == 1

    def test_told_when_it_is_asked_for(self, install: Install) -> None:
        """What is wrong with a file is told to whoever asks for it by name, and to nobody else."""
        install("acme-sea", {"banks/low.bank.yaml": "a: [", "banks/high.bank.yaml": bank("high", extends="nil")})
        with pytest.raises(PackError, match=r"of acme-sea 1\.0: banks/low\.bank\.yaml:1: "):
            library.bank("low")
        with pytest.raises(PackError, match=r"of acme-sea 1\.0: banks/high\.bank\.yaml: no bank is named 'nil'"):
            library.bank("high")
        assert not issubclass(PackError, DocumentError)

    def test_a_file_that_goes_away(self, install: Install) -> None:
        """A file that cannot be read, because it went away between two looks, is said of the pack."""
        home = install("acme-sea", {"banks/voyage.bank.yaml": bank("voyage")})
        found = find("bank", "voyage", ())
        (home / "acme_sea" / "banks" / "voyage.bank.yaml").unlink()
        with pytest.raises(
            PackError, match=r"acme-sea 1\.0: banks/voyage\.bank\.yaml: it cannot be read: FileNotFound"
        ):
            found.load(Bank)

    def test_a_broken_translation(self, install: Install) -> None:
        """A translation that is broken is told to whoever reads that language."""
        install("acme-sea", {"banks/voyage.bank.yaml": bank("voyage"), "banks/voyage.de.bank.yaml": "a: ["})
        assert library.bank("voyage").language == library.bank("voyage", language="pt").language == "en"
        with pytest.raises(PackError, match=r"acme-sea 1\.0: banks/voyage\.de\.bank\.yaml:1: "):
            library.bank("voyage", language="de")

    def test_damaged_remains(self, install: Install) -> None:
        """A package that no longer says what it is called is named by its pack alone."""
        home = install("acme-sea", {"banks/low.bank.yaml": "a: ["})
        (home / "acme_sea-1.0.dist-info" / "METADATA").unlink()
        (problem,) = problems()
        assert problem.startswith("the pack 'sea': banks/low.bank.yaml:1: ")


class TestLazy:
    def test_what_a_pack_prints(self, install: Install, capsys: pytest.CaptureFixture[str]) -> None:
        """What a package prints when it is imported is not taken for what was asked for."""
        install("acme-sea", {"__init__.py": "print('Ahoy')", "banks/voyage.bank.yaml": bank("voyage")})
        assert "voyage" in library.bank_names()
        assert capsys.readouterr() == ("", "Ahoy\n")

    def test_no_pack_is_looked_for(self, install: Install) -> None:
        """Whoever imports alliancekit, or asks for what is built in, waits for no pack."""
        home = install("acme-sea", {"__init__.py": "raise SystemExit('imported')"})
        code = (
            "import sys, alliancekit; from alliancekit import library;"
            "library.bank('one-to-one'); library.flow('team'); library.prompt_ids('team');"
            "print([one for one in ('importlib.metadata', 'alliancekit.library._packs', 'acme_sea') if one in sys.modules])"
        )
        path = os.pathsep.join([str(ROOT / "src"), str(home)])
        done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=True)  # fmt: skip
        assert done.stdout == "[]\n"

    def test_how_packs_stand(self, install: Install) -> None:
        """What says which packs are installed imports none, and tells versions apart."""
        assert library.stamps() == ()
        home = install("acme-sea", {"__init__.py": "1 / 0"})
        install("acme-gone", {}, gone="acme_nowhere")
        assert [one[:4] for one in library.stamps()] == [
            ("gone", "acme-gone", "1.0", "acme_nowhere"),
            ("sea", "acme-sea", "1.0", "acme_sea"),
        ]
        assert "acme_sea" not in sys.modules
        (home / "acme_sea-1.0.dist-info").rename(home / "acme_sea-1.1.dist-info")
        (home / "acme_sea-1.1.dist-info" / "METADATA").write_text("Name: acme-sea\nVersion: 1.1\n", encoding="utf-8")
        assert library.stamps()[1][:3] == ("sea", "acme-sea", "1.1")
