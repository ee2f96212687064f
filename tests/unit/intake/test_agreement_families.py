"""Families of shapes in which people keep agreements, a line or two of each."""

import pytest

from alliancekit import intake
from alliancekit.intake import ImportedAlliance
from alliancekit.intake._vocabulary import lexicon


def of(text: str, name: str = "a.md") -> ImportedAlliance:
    return intake.read_alliance(text, name=name)


def rules(imported: ImportedAlliance) -> list[tuple[str, str]]:
    return [(one.topic, one.text) for one in imported.alliance.ground_rules.values()]


EXPECTING = {
    "What Dana can expect from Chris": ("dana", "chris"),
    "What Dana Quill needs from Chris": ("dana", "chris"),
    "What I can count on from Chris": ("dana", "chris"),
    "Was Chris von Dana erwarten kann": ("chris", "dana"),
    "Worauf Dana sich bei Chris verlassen kann": ("dana", "chris"),
    "O que Dana pode esperar de Chris": ("dana", "chris"),
    "DanaがChrisに期待すること": ("dana", "chris"),
}


@pytest.mark.parametrize("heading", EXPECTING)
def test_a_heading_that_names_two_says_who_expects(heading: str) -> None:
    """What stands below it are expectations, by whom and of whom the heading says."""
    imported = of(f"# Dana & Chris\n\nBetween Dana Quill and Chris Wu.\n\n## {heading}\n- an agenda\n")
    [expectation] = imported.alliance.expectations.values()
    assert (*expectation.by, *expectation.of) == EXPECTING[heading]


@pytest.mark.parametrize("heading", ["What managers can expect from Chris", "What Dana can expect from Dana"])
def test_whom_nobody_knows_expects_nothing(heading: str) -> None:
    """A heading that names somebody else, or one twice, makes no expectation."""
    imported = of(f"# A\n\nWe, Dana and Chris, agree:\n\n## {heading}\n- an agenda\n")
    assert not imported.alliance.expectations
    assert [text for _, text in rules(imported)] == ["an agenda"]


def test_two_are_named_in_the_first_sentence() -> None:
    """The words "We, Dana and Chris," names the members of an agreement between two."""
    alliance = of("# Us\n\nWe, Dana and Chris, meet often.\n\n- Be kind.\n").alliance
    assert (alliance.kind, list(alliance.members)) == ("one-to-one", ["dana", "chris"])


@pytest.mark.parametrize("heading", ["Quiet & Order", "Working agreement: Alpha & Omega", "Respect and Trust"])
def test_two_words_in_a_heading_are_no_members(heading: str) -> None:
    """Two words with a capital are names only where the text below names both again."""
    assert not of(f"# {heading}\n\n- Shoes off.\n\n## {heading}\n- Doors closed.\n").alliance.members


def test_a_question_in_bold_over_its_answer() -> None:
    """It is a heading even where no blank line stands between, and again further down the paragraph."""
    imported = of("# A\n\n**1. How do we chat?**\nOn the wall.\n**2. Who cooks?**\nWe all do.\n")
    assert rules(imported) == [("communication", "On the wall."), ("other", "We all do.")]
    assert imported.kept == ()


def test_lines_with_signs_are_rules_of_their_own() -> None:
    """Bullets that a word processor drew divide a paragraph."""
    assert [text for _, text in rules(of("# A\n\n• Be kind\n• Be brief\n"))] == ["• Be kind", "• Be brief"]


def test_roles_of_each_person() -> None:
    """What stands behind a name below "Roles" is that member's role, however long."""
    members = of("Team: Ada, Ben\n\n## Roles\n* Ada: keeps the board up to date\n* Ben - cook\n").alliance.members
    assert members["ada"].extra["x-role"] == "keeps the board up to date"
    assert members["ben"].roles == ("cook",)


def test_lines_of_plain_text_are_rules() -> None:
    """Its first line is the title; lines that are sentences, or short, stand apart; a wrapped sentence stays whole."""
    text = "Our house\n\nShoes off.\nDoors closed.\n\nWhoever comes home late\nis quiet on the stairs.\n"
    imported = of(text, "house.txt")
    assert imported.alliance.title == "Our house"
    assert [one for _, one in rules(imported)] == [
        "Shoes off.",
        "Doors closed.",
        "Whoever comes home late is quiet on the stairs.",
    ]


@pytest.mark.parametrize("text", ["Be kind.\n\nBe brief.\n", "Be kind\nBe brief\n", "# A\n\nb\n"])
def test_plain_text_without_a_title(text: str) -> None:
    """A sentence, a line with others right below it, or a line over which a heading stands, is no title."""
    assert of(text, "house.txt").alliance.title in {"House", "A"}


def test_a_charter_names_its_team() -> None:
    """A text under "team" is the title; a list of names are members."""
    assert of('{"team": "Atlas", "rules": ["b"]}', "a.json").alliance.title == "Atlas"
    listed = of('{"team": "Ada, Ben", "rules": ["b"]}', "atlas.json").alliance
    assert (listed.title, list(listed.members)) == ("Atlas", ["ada", "ben"])


def test_what_says_nothing_in_a_charter_is_kept() -> None:
    """An empty list, and what is said about the document, are no rules; an entry without a text is a heading."""
    imported = of('{"rules": ["a"], "tags": [], "updated": "2026-01-02", "be kind": ""}', "a.json")
    assert rules(imported) == [("other", "a")]
    assert {one.pointer for one in imported.kept} == {"/tags", "/updated", "/be kind"}


def test_a_short_text_keeps_its_key() -> None:
    """The text "10-15" says nothing; with the key it does."""
    imported = of('{"communication": {"core_hours": "10-15", "calls": "We call each other on Mondays."}}', "a.json")
    assert [text for _, text in rules(imported)] == ["core_hours: 10-15", "calls\n\nWe call each other on Mondays."]


@pytest.mark.parametrize(
    "text",
    [
        "When we clash, we cook.",
        "If we argue we stop.",
        "Bei Zoff gehen wir raus.",
        "Em caso de atrito, paramos.",
        "ぶつかったら休む",
    ],
)
def test_words_for_conflict(text: str) -> None:
    """There are many words for it."""
    assert rules(of(f"- {text}\n- b\n"))[0] == ("conflict", text)


@pytest.mark.parametrize("text", ["Arguments of functions are typed.", "Firefighting is nobody's job."])
def test_words_that_only_look_like_conflict(text: str) -> None:
    """A part of another word is none."""
    assert lexicon("topics").most(text) != "conflict"


def test_a_stop_behind_a_letter_belongs_to_the_name() -> None:
    """The stop behind the last name of a list does not."""
    members = of("Members: Ada Q., Ben W.\n\n- a\n").alliance.members
    assert [one.name for one in members.values()] == ["Ada Q.", "Ben W."]
    assert of("Members: Ada, Ben.\n\n- a\n").alliance.members["ben"].name == "Ben"


def test_a_role_before_the_name() -> None:
    """Below "Roles" a label before a known name is that member's role; one before nobody's name stays a rule."""
    imported = of("Members: Ada Lo, Ben Wu\n\n## Roles\n- Scribe: Ada\n- Tech lead: TBD\n- Cook: Ada\n")
    assert imported.alliance.members["ada"].roles == ("scribe",)
    assert [text for _, text in rules(imported)] == ["Tech lead: TBD", "Cook: Ada"]


def test_a_row_of_nobody_among_members_is_kept() -> None:
    """The words "TBD" and "All" in a table of members are no members, and no rules either."""
    imported = of("# A\n\n| Name | Role |\n|--|--|\n| Ada Lo | cook |\n| TBD | scribe |\n| All | - |\n")
    assert list(imported.alliance.members) == ["ada"]
    assert rules(imported) == []
    assert [(one.line, one.end_line) for one in imported.kept] == [(6, 7)]


def test_the_title_of_front_matter_stands_over_a_section() -> None:
    """A heading below the first level is a section where the front matter has a title."""
    assert of("---\ntitle: Crew\n---\n\n## Rules\n\n- a\n").alliance.title == "Crew"
    both = of("---\ntitle: Crew\n---\n\n# Rules\n\n- a\n").alliance
    assert (both.title, both.extra["x-title"]) == ("Rules", "Crew")
