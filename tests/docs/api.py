"""
Makes ``docs/reference/api.md`` from the docstrings: ``python -m tests.docs.api`` writes it.

The groups and the words about aliases stand here, because an alias has no docstring that Python could find.
"""

import inspect
from importlib import import_module
from typing import Any

from tests.shared import ROOT

PAGE = ROOT / "docs" / "reference" / "api.md"

HEAD = """\
# Python names

What each room offers, with the first line of its docstring; `help(alliancekit.Session)` shows the rest.
Everything is typed, frozen and picklable; nothing that begins with an underscore is public.

`import alliancekit as ak` gives the nouns, the engine, and reading and writing.
The other rooms are imported by name: `from alliancekit import cadence, check, consent, library, render`.
"""

GROUPS: dict[str, str] = {
    "Reading and writing": "load loads dump dumps edit Limits wire __version__",
    "The alliance": """Alliance Member Preferences Clause Quality Value Sign Expectation Concern Commitment GroundRule
        Cadence ScheduledCheckIn Channel Review Recurrence Response Unresolved Waiver Ratification MadeWith""",
    "Check-ins": "CheckIn Reviewed Amendment PulseByName PulseAggregate",
    "Prompts": """Bank Section Prompt FollowUp TextAnswer ChoiceAnswer ChoicesAnswer ScaleAnswer YesNoAnswer NumberAnswer
        DateAnswer ClausesAnswer BankTranslation PromptTranslation SectionTranslation""",
    "Flows": """Flow Plan SayStep AskStep RevealStep AgreeStep RatifyStep GroupStep RepeatStep Quorum StepKind
        Phase FlowTranslation StepTranslation""",
    "Sessions": "Session View Task Said Revelation Given OnTable Progress Script",
    "Requests": """Request Answer Clear Pass Submit Withdraw Reveal Reopen Propose Respond Accept StandAside Object
        Decline Ratify Join Leave Erase Migrate""",
    "Facts": """Fact Asked Changed Passed Readied Withdrawn Revealed Revised Reopened Proposed Responded Settled Ratified Joined Left Erased Migrated
        Finished Refused""",
    "What is wrong": """Finding Severity Position Span AllianceKitError DocumentError UnreadableError InvalidValueError
        UnknownNameError ConfigurationError ConflictError EditRefusedError
        MissingExtraError RequestNotAllowedError""",
    "Types and constants": """FrozenMap Id Ref Label Prose Question Language Timezone Kind Status Standing Topic Element
        Visibility Audience Frequency Weekday AnswerKind Step Condition AnyRequest AnyFact EVERYONE""",
}

ROOMS: dict[str, str] = {
    "model": "BankDiff ReplacedPrompt MovedPrompt SectionChange BankCoverage Rotation",
    "flow": """transcript Transcript Entry Standing simulate Simulation standstills PossibleStandstill Standstill coverage
        Coverage Case placeholders stray_braces""",
    "library": """bank bank_names flow flow_names layer layer_problems languages_of translations_of translated
        translation_coverage offers Offers Offer PackProblem PackError Coverage Share translation_gaps check_translation source_of stamp Stamps
        digest_of fallbacks whole""",
    "intake": "read_alliance ImportedAlliance AgreementFormat read_bank ImportedBank Kept Note ListFormat",
    "cadence": """occurrences Occurrence next_occurrence previous_occurrence count_occurrences agenda Event EventKind
        counted_from dates next_check_in review_due exists to_rrule from_rrule to_calendar event_uids Recurs""",
    "check": """check_paths check_each check_text check_value Workers Search Patterns PerFile Report Checked FailOn FORMATS report_schema Settings
        explain Explanation Rule Subject Hit Together Facts RULES CONSENT_RULES
        Configuration SettingsTable find_configuration read_configuration make_configuration
        find_gaps Gaps Gap settings_text settings_schema documents_in Found Words words_of read_words
        fix_text fix_files save_fixed Fixed""",
    "consent": "status ratify withdraw join leave Departure waived settle diff AllianceDiff Change MemberDiff apply_check_in Applied ConsentStatus MemberStatus Consent digest content concerns audience merge Merged Conflict",
    "living": """chain Chain Meeting Story Looked Replayed relations Relations MissingAlliance
        pulse aggregate Pulse Series Point Change Trend
        read_history History AgreementHistory AgreementVersion audit Audit AuditedAgreement AllianceFacts Neglect
        AGREEMENT_NAMES MOST_DAYS merge_texts MergedText""",
    "render": """to_markdown to_mermaid to_csv to_surveyjs answers_from_surveyjs to_form_schema EXPORTS FORMS rhythm_in_words
        escape_markdown escape_mermaid""",
    "wire": "structure unstructure explain Explained make_converter configure_converter",
    "limits": "LIMITS SESSION_LIMITS",
}

SAID = {
    "EVERYONE": "The word that stands for all members in `by`, `to` and `of`.",
    "__version__": "The version, as text.",
    "Id": "The id of something that a document defines.",
    "Ref": "The id of something that is defined elsewhere.",
    "Label": "A short text on one line: a name, a title.",
    "Prose": "A text of one or more lines.",
    "Question": "A prompt, or `prompt.follow_up`.",
    "Language": "A language tag: `en`, `pt-BR`.",
    "Timezone": "The name of a time zone: `Europe/Lisbon`.",
    "Kind": "Of an alliance: `one-to-one` or `team`.",
    "Status": "Of an alliance: `draft`, `active`, `paused` or `closed`.",
    "Standing": "Of a commitment: `open`, `kept`, `broken` or `released`.",
    "Topic": "Of a ground rule: `conflict`, `challenge`, `decisions` and so on.",
    "Element": "A part of an alliance that members agree on.",
    "Visibility": "Who may read something: its author alone, the members, or anybody.",
    "ListFormat": "How a list of questions is written: `markdown`, `csv`, `json`, `jsonl` or `yaml`.",
    "Audience": "Whom a clause is for: member ids, or everyone.",
    "Frequency": "`daily`, `weekly`, `monthly` or `yearly`.",
    "Weekday": "`monday` to `sunday`.",
    "AnswerKind": "Any of the kinds of answer.",
    "Step": "Any kind of step.",
    "Condition": "Any condition of a `when`.",
    "AnyRequest": "Any request.",
    "AnyFact": "Any fact.",
    "FORMATS": "The formats of a report: what writes each, by its name.",
    "EXPORTS": "The formats that a bank is written in: what writes each, by its name.",
    "FORMS": "Those of them that a member can fill in, and so a view is written in.",
    "AgreementFormat": "How an agreement is written: `markdown` or `json`.",
    "FailOn": "The least severity that makes the exit code 1: `error`, `warning` or `never`.",
    "EventKind": "Of what comes: `check-in`, `review`, `due`, `waiver` or `expires`.",
    "Recurs": "Something that comes back: a promise, a check-in, or the review.",
    "AGREEMENT_NAMES": "What files are called that hold an agreement as plain text.",
    "MOST_DAYS": "How many days an agreement may rest that does not say itself when it is looked at.",
    "RULES": "Every rule, by its code.",
    "CONSENT_RULES": "The rules that more ratifications mend.",
    "LIMITS": "The limits of every document but sessions.",
    "SESSION_LIMITS": "The limits of sessions.",
}


def page() -> str:
    """Return the page."""
    front = [part for title, names in GROUPS.items() for part in _table(title, "alliancekit", names)]
    rooms = [
        part for room, names in ROOMS.items() for part in _table(f"alliancekit.{room}", f"alliancekit.{room}", names)
    ]
    return "\n".join([HEAD, *front, *rooms])


def names() -> set[str]:
    """Return the names of `alliancekit` that the page has."""
    return {name for group in GROUPS.values() for name in group.split()}


def _table(title: str, module: str, listed: str) -> list[str]:
    found = import_module(module)
    rows = [f"| `{name}` | {_said(name, getattr(found, name))} |" for name in listed.split()]
    return [f"## {title}\n", "| name | what it is |", "|---|---|", *rows, ""]


def _said(name: str, value: Any) -> str:
    line = SAID.get(name) or (inspect.getdoc(value) or "").split("\n")[0]
    return line.replace("``", "`").replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
