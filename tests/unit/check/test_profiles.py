"""Which rules run, and how bad what they find is."""

import pytest

from alliancekit.check import RULES, make_configuration
from alliancekit.check._configuration._profiles import PROFILES, group_name
from alliancekit.findings import Severity
from alliancekit.typing import Json

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def how_bad(code: str, **table: Json) -> Severity | None:
    return make_configuration(table).settings().severities.get(code, RULES[code].severity)


class TestProfiles:
    @pytest.mark.parametrize("code", RULES)
    def test_standard(self, code: str) -> None:
        """By default each rule is as bad as it is by itself, and as its page says."""
        assert code not in make_configuration({"profile": "standard"}).settings().severities

    @pytest.mark.parametrize("code", RULES)
    def test_strict(self, code: str) -> None:
        """Strictly, a warning is an error and information is a warning."""
        worse = {ERROR: ERROR, WARNING: ERROR, INFO: WARNING}
        assert how_bad(code, profile="strict") is worse[RULES[code].severity]

    @pytest.mark.parametrize("code", RULES)
    def test_gentle(self, code: str) -> None:
        """Gently, what is wrong stays, and matters of taste are off."""
        rule = RULES[code]
        taste = {"Alliance", "Clauses", "Living", "Banks", "Flows"}
        stays = rule.severity is ERROR or rule.group not in taste
        assert how_bad(code, profile="gentle") is (rule.severity if stays else None)

    def test_names(self) -> None:
        """A profile that there is can be chosen, and no other."""
        assert [make_configuration({"profile": name}).table.profile for name in PROFILES] == list(PROFILES)

    def test_groups_and_rules(self) -> None:
        """No rule is called as a group is, so that one word says which."""
        assert {group_name(rule.group) for rule in RULES.values()} & set(RULES) == set()


class TestOrder:
    """A profile is asked first, then the table of rules, and last which are selected and ignored."""

    def test_the_table_over_the_profile(self) -> None:
        """What is said of a rule holds, whatever the profile is."""
        assert how_bad("no-steward", profile="strict", rules={"no-steward": "info"}) is INFO
        assert how_bad("no-steward", profile="gentle", rules={"no-steward": "error"}) is ERROR
        assert how_bad("no-steward", profile="strict", rules={"no-steward": {"severity": "off"}}) is None

    def test_numbers_alone(self) -> None:
        """A table that has numbers alone leaves the severity to the profile."""
        table: Json = {"too-many-clauses": {"most_commitments": 2}}
        assert how_bad("too-many-clauses", profile="strict", rules=table) is ERROR
        assert how_bad("too-many-clauses", rules=table) is WARNING

    def test_selected(self) -> None:
        """Only what is selected runs, as bad as is said elsewhere."""
        assert how_bad("no-steward", select=["no-steward"], rules={"no-steward": "error"}) is ERROR
        assert how_bad("no-steward", select=["alliance"]) is INFO
        assert how_bad("no-steward", select=["clauses", "no-review"]) is None

    def test_selected_and_failed(self) -> None:
        """That a rule failed is told of whatever runs, unless that is ignored."""
        assert how_bad("plugin-failed", select=["no-steward"]) is ERROR
        assert how_bad("plugin-failed", select=["no-steward"], rules={"plugin-failed": "info"}) is INFO
        assert how_bad("plugin-failed", select=["no-steward"], ignore=["plugin-failed"]) is None

    def test_selected_by_name(self) -> None:
        """What is off elsewhere runs if it is selected by its own name, and not with its group."""
        assert how_bad("no-steward", select=["no-steward"], rules={"no-steward": "off"}) is INFO
        assert how_bad("no-steward", select=["alliance"], rules={"no-steward": "off"}) is None
        assert how_bad("no-steward", select=["no-steward"], profile="gentle") is INFO

    def test_ignored(self) -> None:
        """What is ignored does not run; its own name says more than that of its group."""
        assert how_bad("no-steward", ignore=["no-steward"], select=["no-steward"]) is None
        assert how_bad("no-steward", ignore=["alliance"]) is None
        assert how_bad("no-steward", ignore=["alliance"], select=["no-steward"]) is INFO
        assert how_bad("no-steward", ignore=["no-steward"], select=["alliance"]) is None

    @pytest.mark.parametrize("code", [code for code, rule in RULES.items() if rule.is_fixed])
    def test_what_always_runs(self, code: str) -> None:
        """What says that nobody has looked into a file stays, whatever else is selected or ignored."""
        group = group_name(RULES[code].group)
        assert how_bad(code, ignore=[group], select=["no-steward"], profile="gentle") is ERROR
        assert how_bad(code, rules={code: "error"}) is ERROR
