"""What is written reads back: ``read(write(x)) == x`` in both formats, by our reader and by a stranger's."""

import yaml
from hypothesis import HealthCheck, example, given, settings

from alliancekit.documents import read_tree, write_json, write_yaml
from tests.property.plain_data import DOCUMENTS, TRAPS, same

MANY = settings(
    max_examples=350, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
EVERY_TRAP: dict[str, object] = {f"k{i}": [text, {"in": text}] for i, text in enumerate(TRAPS)}
TRAPS_AS_KEYS: dict[str, object] = {text: text for text in TRAPS if text != "e\u0301"}


@MANY
@given(DOCUMENTS)
@example(EVERY_TRAP)
@example(TRAPS_AS_KEYS)
def test_yaml_reads_back_to_the_same_value(data: dict[str, object]) -> None:
    """Our reader, and one of YAML 1.1, find in what we wrote what was there."""
    text = write_yaml(data)  # type: ignore[arg-type] - the strategy builds plain data only

    assert same(read_tree(text, format="yaml").value, data), text
    assert same(yaml.safe_load(text), data), text


@MANY
@given(DOCUMENTS)
@example(EVERY_TRAP)
@example(TRAPS_AS_KEYS)
def test_json_reads_back_to_the_same_value(data: dict[str, object]) -> None:
    """Our reader finds in the JSON that we wrote what was there."""
    assert same(read_tree(write_json(data), format="json").value, data)  # type: ignore[arg-type] - as above
