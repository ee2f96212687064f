"""``python -m tests.unit.intake`` writes what the sample agreements come to; look at each before you commit it."""

import alliancekit as ak
from tests.unit.intake.test_agreements import SAMPLES, read

for path in SAMPLES:
    path.with_name(f"{path.name}.expected.yaml").write_text(ak.dumps(read(path).alliance), encoding="utf-8")
