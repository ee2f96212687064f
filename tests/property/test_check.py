"""Laws of checking."""

import json
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from alliancekit import check
from alliancekit.model import Alliance, Bank, CheckIn
from tests.strategies import documents, mutated

HEADERS = {"alliance/1": Alliance, "bank/1": Bank, "check-in/1": CheckIn}
PLAIN = st.sampled_from(sorted(HEADERS)).flatmap(
    lambda header: documents(HEADERS[header]).map(lambda data: {"alliancekit": header, **data})
)


@given(PLAIN, st.randoms(use_true_random=False))
def test_every_document_is_answered(data: dict[str, object], random: Random) -> None:
    """However a document is broken, it is answered, with known rules, in order of place, and can be told."""
    text = json.dumps(mutated(data, random), indent=1)
    findings = check.check_text(text)
    places = [(one.line or 0, one.column or 0) for one in findings]
    assert places == sorted(places)
    assert all(one.span is not None for one in findings)
    assert {one.rule for one in findings} <= set(check.RULES)
    report = check.Report(files=(check.Checked(path="x", findings=findings),))
    assert report.to_text().count("\n\n") == len(findings)
    assert len(json.loads(report.to_json())["findings"]) == len(findings)
