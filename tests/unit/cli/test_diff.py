"""The command ``diff``: what differs, for whom, and the exit code."""

import json
import os
from pathlib import Path

import pytest

from tests.shared import ROOT
from tests.unit.cli.terminal import ALLIANCE, run, write

CHANGED = (
    ALLIANCE.replace("Say it the same day", "Say it within an hour")
    .replace("title: Ana and Ben", "title: A and B")
    .replace("      frequency: weekly", "      frequency: daily")
    .replace("This becomes one more meeting.", "This becomes two more meetings.")
)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return write(tmp_path, "old.alliance.yaml", ALLIANCE)


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return write(tmp_path, "new.alliance.yaml", CHANGED)


def test_nothing_differs(old: Path) -> None:
    """Exit code 0 where nothing differs, whatever the order and the comments."""
    same = write(old.parent, "same.alliance.yaml", f"# Another comment.\n{ALLIANCE}")
    said = run("diff", old, same)
    assert (said.code, said.out, said.err) == (0, "Ana and Ben (ana-ben): nothing differs\n", "")


def test_what_differs(old: Path, new: Path) -> None:
    """Exit code 1 where something differs: each change with what was and is, and who has to agree again to what."""
    said = run("diff", old, new)
    assert (said.code, said.err) == (1, "")
    assert said.out == (
        "A and B (ana-ben): 3 changes\n"
        "\n"
        "title: reworded; asks nobody\n"
        "  - Ana and Ben\n"
        "  + A and B\n"
        "\n"
        "commitments/flag-slips: reworded, rescheduled; asks everybody\n"
        "  - text: Say it the same day when a date moves.\n"
        "  + text: Say it within an hour when a date moves.\n"
        "  - repeats: frequency: weekly\n"
        "  + repeats: frequency: daily\n"
        "\n"
        "1 change is for members only; --for MEMBER shows what it is.\n"
        "\n"
        "Who has to agree again:\n"
        "  Ana Silva and Ben Osei: commitments/flag-slips\n"
    )


def test_for_a_member(old: Path, new: Path) -> None:
    """A member reads what asks them, what they should know, and how they agree."""
    said = run("diff", old, new, "--for", "ben")
    assert said.code == 1
    asked, known = said.out.split("Good to know, and nobody asks you about it:\n")
    assert "You have to agree again, because of 1 change:\n  commitments/flag-slips: reworded, rescheduled\n" in asked
    assert "  concerns/overload: reworded\n    - text: This becomes one more meeting.\n" in known
    assert known.endswith(f"\nTo agree: alliancekit ratify {new} --as ben --date YYYY-MM-DD\n")


def test_who_said_yes_already(old: Path, new: Path) -> None:
    """Who has agreed to the new version is not asked once more."""
    assert run("ratify", new, "--as", "ana", "--date", "2026-11-01").code == 0
    said = run("diff", old, new).out
    assert said.startswith("A and B (ana-ben): 3 changes\n")
    assert said.endswith(
        "\n\nNew is the yes of Ana Silva.\n\nWho has to agree again:\n  Ben Osei: commitments/flag-slips\n"
        "Ana Silva said yes to it already.\n"
    )
    ours = run("diff", old, new, "--for", "ana").out
    assert "\nYou said yes to 1 change already:\n  commitments/flag-slips: reworded, rescheduled\n" in ours
    assert "agree" not in ours
    assert "ratifications" not in ours
    assert "alliancekit ratify" in run("diff", old, new, "--for", "ben").out


def test_everybody_said_yes_already(old: Path, new: Path) -> None:
    """Where each yes fits, nobody is told to agree, and JSON still holds each yes that is new."""
    for member in ("ana", "ben"):
        assert run("ratify", new, "--as", member, "--date", "2026-11-01").code == 0
    said = run("diff", old, new).out
    assert said.endswith("\nNobody has to agree again.\nAna Silva and Ben Osei said yes to it already.\n")
    plain = json.loads(run("diff", old, new, "--format", "json").out)
    assert [one["id"] for one in plain["changes"] if one["element"] == "ratifications"] == ["ana", "ben"]


def test_only_who_said_yes(old: Path) -> None:
    """Where only a yes is new, or is there no more, that is all that is said."""
    new = write(old.parent, "new.alliance.yaml", ALLIANCE)
    assert run("ratify", new, "--as", "ana", "--date", "2026-11-01").code == 0
    head = "Ana and Ben (ana-ben): nothing differs but who said yes\n\n"
    assert run("diff", old, new).out == f"{head}New is the yes of Ana Silva.\n\nNobody has to agree again.\n"
    stranger = new.read_text(encoding="utf-8").replace("  ana:\n    date", "  zoe:\n    date")
    odd = run("diff", old, write(old.parent, "odd.alliance.yaml", stranger))
    assert odd.out == f"{head}New is the yes of zoe.\n\nNobody has to agree again.\n"
    assert run("diff", new, old).out == f"{head}No more in it is the yes of Ana Silva.\n\nNobody has to agree again.\n"


def test_which_question_it_came_from(old: Path) -> None:
    """From which prompt a clause came is kept out of the text, and is in JSON."""
    sourced = ALLIANCE.replace("    known_by", "    source_prompts: [give]\n    known_by")
    new = write(old.parent, "new.alliance.yaml", sourced)
    said = run("diff", old, new)
    assert "commitments/flag-slips: noted; asks nobody\n" in said.out
    assert "it only came from another question\n" in said.out
    assert "source_prompts" not in said.out
    assert "source_prompts" in run("diff", old, new, "--format", "json").out


def test_no_file_to_compare_with(old: Path) -> None:
    """A file that git says one side lacks is told in words: exit code 2."""
    for pair in ((os.devnull, old), (old, os.devnull)):
        said = run("diff", *pair)
        assert (said.code, said.out) == (2, "")
        assert f"{os.devnull}: there is no alliance to compare with" in said.err


def test_joined_left_and_moved(old: Path) -> None:
    """Who comes and who goes is said in words, and what moved says from where and what it is."""
    before = write(old.parent, "a.alliance.yaml", f"{ALLIANCE}values:\n  early:\n    text: We say it early.\n")
    text = f"{ALLIANCE}atmosphere:\n  early:\n    text: We say it early.\n"
    left = text.replace("    name: Ana Silva", "    name: Ana Silva\n    left: '2026-11-01'\n  cy:\n    name: Cy")
    said = run("diff", before, write(old.parent, "b.alliance.yaml", left))
    assert "members/cy: joined; asks everybody\n  + name: Cy\n" in said.out
    assert "members/ana: left; asks Ben Osei\n  + left: 2026-11-01\n" in said.out
    assert "atmosphere/early: moved from values; asks everybody\n    We say it early.\n" in said.out
    assert "  Cy, for the first time: " in said.out
    new = run("diff", before, old.parent / "b.alliance.yaml", "--for", "cy").out
    assert "You are new, and agree for the first time" in new
    gone = run("diff", before, old.parent / "b.alliance.yaml", "--for", "ana").out
    assert "You do not have to agree again." in gone


def test_between_others(tmp_path: Path) -> None:
    """What is between others is counted, and is not shown to whom it does not concern."""
    text = (ROOT / "examples" / "team" / "harbour.alliance.yaml").read_text(encoding="utf-8")
    old = write(tmp_path, "old.alliance.yaml", text)
    pact = '  pact:\n    by: [amara]\n    to: [bo]\n    text: "We pair."\n'
    assert "\ncommitments:\n" in text
    members = list(json.loads(run("status", old, "--format", "json").out)["members"])
    first, second, third = (one["id"] for one in members[:3])
    pact = pact.replace("amara", first).replace("bo", second)
    new = write(tmp_path, "new.alliance.yaml", text.replace("\ncommitments:\n", f"\ncommitments:\n{pact}"))
    said = run("diff", old, new, "--for", third)
    assert said.code == 1
    assert "You do not have to agree again.\n\n1 more change, between others; without --for it is shown.\n" in said.out


def test_only_written_in_another_way(old: Path) -> None:
    """What means the same is told to be written in another way, and asks nobody."""
    new = write(old.parent, "new.alliance.yaml", ALLIANCE.replace("    to: [ana]\n", ""))
    out = run("diff", old, new).out
    assert "commitments/flag-slips: noted; asks nobody\n" in out
    assert "it is only written in another way\n\nNobody has to agree again.\n" in out


def test_many_reasons(old: Path) -> None:
    """Of many reasons only the first are named at the end; each stands above."""
    rules = "".join(f"  r{number}:\n    text: Rule {number}.\n" for number in range(9))
    new = write(old.parent, "new.alliance.yaml", f"{ALLIANCE}ground_rules:\n{rules}")
    assert run("diff", old, new).out.endswith("ground_rules/r5 and 3 more\n")


def test_json(old: Path, new: Path) -> None:
    """``--format json`` gives the same as data, with a part for who reads it, and without it nothing for members only."""
    public = run("diff", old, new, "--format", "json")
    found = json.loads(public.out)
    assert (public.code, found["withheld"], found["consents_again"]) == (1, 1, ["ana", "ben"])
    assert "meeting" not in public.out
    ours = json.loads(run("diff", old, new, "--format", "json", "--for", "ben").out)
    assert (ours["withheld"], ours["for"]["agrees_again"]) == (0, True)


def test_hostile_words(old: Path) -> None:
    """No word of a file commands the terminal or a build, in text and in JSON, and JSON still reads back the same."""
    text = "\u202eevil ::error::x ##[group]"
    intention = "Ship hard things together without burning out."
    new = write(old.parent, "new.alliance.yaml", ALLIANCE.replace(intention, f'"{text}"'))
    said = run("diff", old, new)
    assert "\u202e" not in said.out
    assert not [line for line in said.out.splitlines() if " ::" in line or "##[" in line]
    data = run("diff", old, new, "--format", "json")
    assert "##[" not in data.out
    assert text in json.loads(data.out)["changes"][0]["after"]


def test_two_alliances(old: Path) -> None:
    """Two alliances are not two versions of one, unless the one replaces the other."""
    other = write(old.parent, "other.alliance.yaml", ALLIANCE.replace("id: ana-ben", "id: ana-benno"))
    said = run("diff", old, other)
    assert (said.code, said.out) == (2, "")
    assert "is the alliance 'ana-ben', and" in said.err
    assert "write supersedes: ana-ben" in said.err
    next_ = write(old.parent, "n.alliance.yaml", ALLIANCE.replace("id: ana-ben", "id: pact\nsupersedes: ana-ben"))
    assert "id: noted; asks everybody\n  - ana-ben\n  + pact\n" in run("diff", old, next_).out


def test_wrong_usage(old: Path, new: Path) -> None:
    """Somebody unknown and files that are no alliances end it with exit code 2; all that is wrong is told at once."""
    said = run("diff", old, new, "--for", "bem")
    assert (said.code, said.out) == (2, "")
    assert "did you mean 'ben'?" in said.err
    broken = write(old.parent, "broken.alliance.yaml", ALLIANCE.replace("title:", "titel:"))
    said = run("diff", broken, old.parent / "none.alliance.yaml")
    assert (said.code, said.out) == (2, "")
    assert "unknown-field" in said.err
    assert "none.alliance.yaml" in said.err


def test_a_session(old: Path) -> None:
    """A session is refused without a word of what it holds, whatever it is called."""
    held = (ROOT / "examples" / "one-to-one" / "ana-ben.session.json").read_text(encoding="utf-8")
    said = run("diff", old, write(old.parent, "s.alliance.yaml", held))
    assert (said.code, said.out) == (2, "")
    assert "what a session holds is private" in said.err
