"""Each rule where it is close: what it speaks of, and what looks the same and is sound."""

from __future__ import annotations

import pytest

from alliancekit import check
from tests.documents.base import whole


def rules(example: str) -> set[str]:
    return {one.rule for one in check.check_text(whole(example.strip("\n"), is_sound=True))}


def members(*entries: str) -> str:
    return "members:\n" + "".join(f"  {entry}\n" for entry in entries)


def commitments(count: int, standing: str = "open", by: str = "ana") -> str:
    entries = (f"  c{n}: {{by: [{by}], text: Send note {n}., standing: {standing}}}\n" for n in range(count))
    return "commitments:\n" + "".join(entries)


ANA, BEN = "ana: {name: Ana Silva}", "ben: {name: Ben Osei}"
CLEO = "cleo: {name: Cleo Brandt}"
LEFT = 'cleo: {name: Cleo Brandt, left: "2027-01-01"}'
ONE_RULE = "  g{0}: {{topic: other, text: Rule {0}.}}\n"


def ground_rules(count: int) -> str:
    return "ground_rules:\n" + "".join(ONE_RULE.format(number) for number in range(count))


@pytest.mark.parametrize(
    ("rule", "example"),
    [
        ("member-count", members(ANA)),
        ("member-count", members(ANA, BEN, CLEO)),
        ("member-count", f"kind: team\n{members(ANA)}"),
        ("member-count", members(ANA, 'ben: {name: Ben, left: "2027-01-01"}')),
        ("one-sided", commitments(2)),
        ("unheard-member", f"kind: team\n{members(ANA, BEN, CLEO)}{commitments(1)}"),
        (
            "unheard-member",
            f"kind: team\n{members(ANA, BEN, CLEO)}commitments: {{a: {{by: [ben], to: [everyone], text: A.}}}}",
        ),
        ("dates-out-of-order", members('ana: {name: A, joined: "2026-11-02", left: "2026-11-01"}', BEN)),
        ("no-preferences", members(ANA, BEN)),
        ("no-preferences", members("ana: {name: A, prefers: {}}", BEN)),
        ("too-many-clauses", ground_rules(8)),
        ("too-many-clauses", commitments(6)),
        ("too-many-clauses", commitments(6, standing="broken")),
        ("too-many-clauses", commitments(6, by="everyone")),
        ("unratified", "status: active"),
        ("self-commitment", "commitments: {a: {by: [ana], to: [ana], text: Read.}}"),
        ("duplicate-clause", "values: {a: {text: Be  brave.}, b: {text: be brave}}"),
        ("clause-without-evidence", "values: {a: {text: Say it., known_by: We did.}, b: {text: Hear it.}}"),
        ("commitment-without-time", commitments(1)),
        ("commitment-without-time", commitments(1, standing="broken")),
        ("owned-by-everyone", commitments(1, by="everyone")),
        ("expectation-unanswered", "expectations: {a: {by: [ana], text: Call.}}"),
        ("no-decision-rule", "kind: team"),
        ("no-steward", f"kind: team\n{members(ANA, BEN, LEFT)}steward: [cleo]"),
        ("unknown-ratifier", f'ratifications: {{anna: {{date: "2026-11-01", digest: "sha256:{"0" * 64}"}}}}'),
    ],
)
def test_it_speaks(rule: str, example: str) -> None:
    """The rule speaks of what it is there for."""
    assert rule in rules(example)


@pytest.mark.parametrize(
    ("rule", "example"),
    [
        ("member-count", f"kind: team\n{members(ANA, BEN)}"),
        ("member-count", members(ANA, BEN, 'cleo: {name: Cleo, left: "2027-01-01"}')),
        ("one-sided", commitments(2, by="everyone")),
        ("one-sided", commitments(2, by="ana, ben")),
        ("one-sided", f"kind: team\n{commitments(2)}"),
        ("unheard-member", f"kind: team\n{members(ANA, BEN, CLEO)}{commitments(1, by='everyone')}"),
        ("unheard-member", f"kind: team\n{members(ANA, BEN, LEFT)}"),
        ("unheard-member", f"kind: team\n{members(ANA, BEN, CLEO)}commitments: {{}}"),
        (
            "unheard-member",
            f"kind: team\n{members(ANA, BEN, CLEO)}commitments: {{a: {{by: [ana, ben], to: [cleo], text: A.}}}}",
        ),
        ("unheard-member", f"kind: team\n{members(ANA, BEN, CLEO)}concerns: {{a: {{by: [cleo], text: A.}}}}"),
        (
            "unheard-member",
            f"kind: team\n{members(ANA, BEN, CLEO)}responses: [{{prompt: hopes, by: cleo, answer: A.}}]",
        ),
        (
            "unheard-member",
            f"kind: team\n{members(ANA, BEN, CLEO)}unresolved: {{a: {{element: values, text: A., objections: {{cleo: No.}}}}}}",
        ),
        ("dates-out-of-order", members('ana: {name: A, joined: "2026-11-01", left: "2026-11-01"}', BEN)),
        ("no-preferences", members("ana: {name: A, prefers: {feedback: Soon.}}", "bot: {name: Bot, agent: true}")),
        ("no-preferences", members("ana: {name: A, prefers: {feedback: Soon.}}", 'ben: {name: B, left: "2027-01-01"}')),
        ("no-preferences", f"kind: team\n{members(ANA, BEN)}"),
        ("too-many-clauses", ground_rules(7)),
        ("too-many-clauses", commitments(5)),
        ("too-many-clauses", commitments(6, standing="released")),
        ("too-many-clauses", commitments(6, standing="kept")),
        ("unratified", "status: draft"),
        ("unratified", "status: paused"),
        ("self-commitment", "commitments: {a: {by: [everyone], to: [everyone], text: Read.}}"),
        ("self-commitment", "commitments: {a: {by: [ana], text: Read.}}"),
        ("duplicate-clause", "commitments: {a: {by: [ana], text: Call.}, b: {by: [ben], text: Call.}}"),
        ("clause-without-evidence", f"atmosphere: {{a: {{text: Say it.}}}}\n{commitments(2)}"),
        ("commitment-without-time", commitments(1, standing="kept")),
        ("commitment-without-time", commitments(1, standing="released")),
        ("commitment-without-time", f"status: closed\n{commitments(1)}"),
        ("commitment-without-time", 'commitments: {a: {by: [ana], text: Call., due: "2027-01-01"}}'),
        ("owned-by-everyone", f"steward: [ben]\n{commitments(1, by='everyone')}"),
        ("owned-by-everyone", f"steward: [bem]\n{commitments(1, by='everyone')}"),
        ("owned-by-everyone", f"steward: ben\n{commitments(1, by='everyone')}"),
        ("owned-by-everyone", commitments(1, standing="released", by="everyone")),
        ("owned-by-everyone", commitments(1, by="ana, ben")),
        ("expectation-unanswered", "expectations: {a: {by: [ana], text: Call., declined_by: [ben]}}"),
        ("no-decision-rule", "kind: one-to-one"),
        ("no-steward", f"kind: team\n{members(ANA, BEN, LEFT)}steward: [cleo, ben]"),
        ("no-steward", f"kind: team\n{members(ANA, BEN)}steward: [cloe]"),
        ("unknown-member", "commitments: {a: {by: [everyone], text: Call.}}"),
        ("unknown-clause", "waivers: {a: {clause: review, members: [ana], reason: Away.}}"),
        ("unknown-clause", "waivers: {a: {clause: weekly, members: [ana], reason: Away.}}"),
    ],
)
def test_it_is_silent(rule: str, example: str) -> None:
    """The rule is silent of what only looks like it."""
    assert rule not in rules(example)


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("We meet at [time].", (5, 23, 29)),
        (">-\n  We meet\n  at [time].", (7, 6, 12)),
        ("[time]".join("''"), (5, 13, 19)),
    ],
)
def test_a_blank_is_pointed_at(written: str, place: tuple[int, int, int]) -> None:
    """Of a text with a blank in it the blank is told, and not the text."""
    (found,) = (one for one in check.check_text(whole(f"intention: {written}", is_sound=True)))
    assert (found.rule, found.message) == ("placeholder", "'[time]' is a placeholder")
    assert found.span is not None
    assert (found.line, found.column, found.span.end.column) == place


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("We try\n      to listen.", "'try to' leaves open whether it will be done"),
        ("We try to listen, if possible.", "'try to', 'if possible' leave open whether it will be done"),
        ("We always listen.", "'always' is more than anyone can keep"),
        ("We always listen, at all times.", "'always', 'at all times' are more than anyone can keep"),
    ],
)
def test_words_are_named(text: str, message: str) -> None:
    """One word or several, and over the end of a line, what is said of them is a sentence."""
    parts = f"values:\n  a:\n    known_by: We did.\n    text: A.\n  b:\n    text: {text}"
    found = {one.rule: one.message for one in check.check_text(whole(parts, is_sound=True))}
    assert message in found.values()


def test_who_has_to_agree_again_is_said() -> None:
    """Of each stale yes it is said whose it is, when it was given, and what to do."""
    digest = f"sha256:{'0' * 64}"
    text = whole(f'ratifications:\n  ben:\n    date: "2026-11-01"\n    digest: "{digest}"', is_sound=True)
    (found,) = (one for one in check.check_text(text) if one.rule == "stale-ratification")
    assert found.message == "what concerns ben has changed since ben agreed on 2026-11-01"
    assert found.hint == "ben has to agree again: alliancekit ratify FILE --as ben --date YYYY-MM-DD"
    assert found.pointer == "/ratifications/ben"
    (named,) = (one for one in check.check_text(text, path="our a.yaml") if one.rule == "stale-ratification")
    assert named.hint == "ben has to agree again: alliancekit ratify 'our a.yaml' --as ben --date YYYY-MM-DD"


@pytest.mark.parametrize(
    ("rule", "example"),
    [
        ("no-intention", "# no intention\ntitle: A"),
        ("no-commitments", "commitments: {}"),
        ("no-review", "cadence: {}"),
        ("placeholder", "intention: TBD"),
    ],
)
@pytest.mark.parametrize("status", ["draft", "active", "paused", "closed"])
def test_some_are_errors_once_active(rule: str, example: str, status: str) -> None:
    """What a draft may lack, an alliance that holds may not."""
    found = check.check_text(whole(f"{example}\nstatus: {status}", is_sound=True))
    severities = {one.severity.value for one in found if one.rule == rule}
    expected = {"active": {"error"}, "closed": set() if rule == "no-review" else {"warning"}}
    assert severities == expected.get(status, {"warning"})
