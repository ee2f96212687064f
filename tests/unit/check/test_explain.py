"""Why rules exist."""

import re

import pytest

from alliancekit import check
from alliancekit.errors import UnknownNameError
from tests.shared import ROOT


@pytest.mark.parametrize("rule", check.RULES)
def test_each_rule_explains_itself(rule: str) -> None:
    """Each rule says why it exists, shows a failing and a passing example, and where it comes from."""
    text = check.explain(rule).to_text()
    assert text.startswith(f"{rule} (")
    assert all(part in text for part in ("Fails:", "Passes:", "Source:"))


def test_text() -> None:
    """The explanation can be read in a terminal."""
    assert check.explain("self-commitment").to_text() == (
        "self-commitment (References; warning)\n"
        "\n"
        "A commitment is what someone gives to somebody else. A promise to oneself is a plan, and nobody else can count"
        " on it.\n"
        "\n"
        "Fails:\n"
        "\n"
        "    commitments:\n"
        "      read-more:\n"
        "        by: [ana]\n"
        "        to: [ana]\n"
        "        text: Read one paper a week.\n"
        "\n"
        "Passes:\n"
        "\n"
        "    commitments:\n"
        "      read-more:\n"
        "        by: [ana]\n"
        "        to: [ben]\n"
        "        text: Send notes on one paper every Friday.\n"
        "\n"
        "Fix: Take out to whom, so that it is given to the others (by `--fix --unsafe-fixes`).\n"
        "\n"
        "Source: What members can count on from each other."
    )


def test_unknown() -> None:
    """A rule that does not exist has no explanation, and the nearest one is named."""
    with pytest.raises(UnknownNameError, match="did you mean 'unknown-member'"):
        check.explain("unknwon-member")


def test_the_pages_are_up_to_date() -> None:
    """Each rule has a page, and it says what the rule says; ``python -m alliancekit.check`` writes them."""
    folder = ROOT / "docs" / "reference" / "rules"
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == check.reference_pages()


def test_custom() -> None:
    """A rule that is not ours says what there is to say."""
    rules = [check.Rule(code="acme-tabs", why="Tabs are for accountants.")]
    assert check.explain("acme-tabs", rules).to_text() == "acme-tabs (Custom; warning)\n\nTabs are for accountants."
    assert check.explain("syntax", rules).rule == "syntax"


def test_codes_are_kebab_case() -> None:
    """Codes are stable names: lower-case words joined by hyphens."""
    assert [one for one in check.RULES if not re.fullmatch("[a-z]+(-[a-z]+)*", one)] == []
