"""
Write the documents of the rules' examples, and what `check` says about every document.

``python -m tests.documents``, after a rule or the base has changed; then read the difference, line by line.
"""

from alliancekit import check
from tests.documents.base import whole
from tests.documents.test_found import HERE, NOT_SHOWN, found

for rule in sorted(set(check.RULES) - NOT_SHOWN):
    explained = check.explain(rule)
    about = "flow" if explained.group == "Flows" else "alliance"
    for kind, example in (("invalid", explained.failing), ("valid", explained.passing)):
        text = whole(example, is_sound=kind == "valid", about=about)
        (HERE / kind / about / f"{rule}.yaml").write_text(text, encoding="utf-8")

for path in HERE.glob("*/*/*.yaml"):
    lines = "".join(f"{line}\n" for line in found(path))
    path.with_suffix(".expected").write_text(lines, encoding="utf-8")
