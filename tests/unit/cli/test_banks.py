import json
import re

from alliancekit import library
from tests.unit.cli.terminal import run
from tests.unit.library.packs import Install, bank, flow, install, words

__all__ = ["install"]


class TestList:
    def test_what_is_built_in(self) -> None:
        """Called alone it lists the banks, then the flows, and says of each line which it is."""
        said = run("banks")
        assert (said.code, said.err) == (0, "")
        banks = [("bank", name) for name in library.bank_names()]
        rows = [tuple(line.split()[:2]) for line in said.out.splitlines()]
        assert rows == [*banks, *(("flow", name) for name in library.flow_names())]
        assert "built in  Questions for two\n" in said.out

    def test_packs(self, install: Install) -> None:
        """What a pack brings stands among the others, with the pack, the package and its version."""
        files = {
            "banks/voyage.bank.yaml": bank("voyage", "For a voyage"),
            "banks/voyage.de.bank.yaml": words("voyage", "de"),
        }
        install("acme-sea", {**files, "flows/sail.flow.yaml": flow("sail", "voyage")})
        said = run("banks")
        assert (said.code, said.err) == (0, "")
        *_, voyage, _, _, sail, _ = said.out.splitlines()
        assert re.split("  +", voyage) == ["bank", "voyage", "en, de", "sea (acme-sea 1.0)", "For a voyage"]
        assert sail.split()[:3] == ["flow", "sail", "en"]

    def test_what_is_wrong(self, install: Install) -> None:
        """What is wrong with a pack is listed behind all that is at hand, and makes the exit code 1."""
        install("acme-sea", {"banks/voyage.bank.yaml": bank("voyage"), "banks/low.bank.yaml": bank("high")})
        install("acme-bad", {"__init__.py": "1 / 0"})
        said = run("banks")
        assert (said.code, said.err) == (1, "")
        assert "voyage" in said.out
        assert said.out.splitlines()[-2:] == [
            (
                "problem: the pack 'bad' of acme-bad 1.0: it cannot be used: ZeroDivisionError: division by zero "
                "(tell whoever made the package, or uninstall it)"
            ),
            (
                "problem: the pack 'sea' of acme-sea 1.0: banks/low.bank.yaml: its id is 'high', and its name says 'low' "
                "(tell whoever made the package, or uninstall it)"
            ),
        ]

    def test_what_commands_a_terminal(self, install: Install) -> None:
        """No title, name or error of a pack reaches the terminal as more than text."""
        title = r'"\u202edlo\u202c ##[group]"'
        install("acme-sea", {"banks/voyage.bank.yaml": bank("voyage", title)}, **{"se\x1b[31ma": "acme_sea"})
        install("acme-bad", {"__init__.py": r"raise ValueError('\x1b]0;x\x07\n::error::')"})
        said = run("banks")
        assert said.code == 1
        assert r"\u202edlo\u202c \x23#[group]" in said.out
        assert r"se\x1b[31ma" in said.out
        assert r"\x1b]0;x\x07 \x3a:error::" in said.out
        assert {one for one in said.out if not one.isprintable()} == {"\n"}
        assert json.loads(run("banks", "--format", "json").out)["offers"][3]["title"] == "\u202edlo\u202c ##[group]"
        assert "##[" not in run("banks", "--format", "json").out

    def test_as_json(self, install: Install) -> None:
        """``--format json`` says the same for programs; what does not apply is null."""
        install("acme-sea", {"banks/voyage.bank.yaml": bank("voyage"), "banks/low.bank.yaml": "a: ["}, version="2")
        said = run("banks", "--format", "json")
        assert said.code == 1
        found = json.loads(said.out)
        assert list(found) == ["offers", "problems"]
        assert found["offers"][1] == {
            "kind": "bank",
            "name": "one-to-one",
            "id": "one-to-one",
            "title": "Questions for two",
            "languages": ["en", "de", "ja", "pt"],
            "pack": None,
            "package": None,
            "version": None,
        }
        assert found["offers"][3] == {
            "kind": "bank",
            "name": "voyage",
            "id": "voyage",
            "title": "Questions",
            "languages": ["en"],
            "pack": "sea",
            "package": "acme-sea",
            "version": "2",
        }
        (problem,) = found["problems"]
        assert problem["message"]
        assert {key: value for key, value in problem.items() if key not in ("message", "hint")} == {
            "pack": "sea",
            "package": "acme-sea",
            "version": "2",
            "file": "banks/low.bank.yaml",
            "line": 1,
        }

    def test_a_format_for_the_list_alone(self) -> None:
        """What is meant for a command of the group stands behind it."""
        said = run("banks", "--format", "json", "coverage", "team")
        assert (said.code, said.out) == (2, "")
        assert "write --format behind coverage" in said.err

    def test_no_such_command(self) -> None:
        """A command that the group has not is wrong usage."""
        said = run("banks", "cover")
        assert (said.code, said.out) == (2, "")
        assert "No such command 'cover'" in said.err


class TestCoverage:
    def test_of_packs(self, install: Install) -> None:
        """What packs bring is covered too; one that is broken is said, and stands in the way of no other."""
        files = {"banks/voyage.bank.yaml": bank("voyage"), "banks/voyage.de.bank.yaml": words("voyage", "de")}
        install("acme-sea", {**files, "banks/low.bank.yaml": "a: ["})
        said = run("banks", "coverage")
        assert said.code == 1
        assert "bank voyage in de: 0/1 prompts" in said.out
        assert "bank team in ja: " in said.out
        assert said.err.startswith("alliancekit: the pack 'sea' of acme-sea 1.0: banks/low.bank.yaml:1: ")


class TestGuide:
    def test_by_name(self, install: Install) -> None:
        """A flow that cannot be had is said in one line, with the package that should bring it."""
        install("acme-sea", {"flows/sail.flow.yaml": "a: ["})
        said = run("guide", "sail")
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith("alliancekit: the pack 'sea' of acme-sea 1.0: flows/sail.flow.yaml:1: ")
