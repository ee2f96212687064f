"""What the headings over a line say about it: which part of an alliance, and which topic."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, final

from attrs import evolve, frozen

from alliancekit.intake._people import is_each
from alliancekit.intake._sayings import is_question
from alliancekit.intake._vocabulary import lexicon, plain

__all__ = ["Under", "element_of", "field_of", "is_label", "role_of", "topic_in", "topic_of"]

# A longer heading is a sentence, and the words in it are about something else.
_LONGEST: Final = 6
# A question asks for these, where it has their words; of the rest it may only speak.
_ASKED: Final = frozenset({"intention", "values", "atmosphere", "success"})
# Where a heading has a topic too, these words stand beside it: "the purpose of our meetings".
_BESIDE: Final = frozenset({"intention", "success", "atmosphere", "rules", "goals", "members"})
_SPACELESS: Final = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")


@lru_cache(maxsize=4096)
def topic_of(heading: str) -> str:
    """Return the topic that *heading* names, or an empty text."""
    return lexicon("topics").first(heading) if heading else ""


@lru_cache(maxsize=4096)
def role_of(heading: str) -> str:
    """Return the part of an alliance that *heading* names, or an empty text."""
    role = lexicon("roles").first(heading)
    asks = is_question(heading)
    if not role or (asks and role not in _ASKED) or (not asks and len(heading.split()) > _LONGEST):
        return ""
    if role == "members" and is_each(heading):
        return ""
    return "" if role in _BESIDE and topic_of(heading) else role


def field_of(heading: str) -> str:
    """Return the field of a member that *heading* names, or an empty text."""
    return lexicon("fields").first(heading)


def is_label(heading: str) -> bool:
    """Return whether *heading* names a topic and no more, so that it is no part of what is agreed."""
    short = len(plain(heading).split()) <= 2 and (not _SPACELESS.search(heading) or len(heading) <= 10)
    return short and not is_question(heading) and bool(topic_of(heading))


def topic_in(text: str) -> str:
    """Return the topic that the words of a clause speak of; one word in a long text is not enough."""
    topics = lexicon("topics")
    return topics.most(text, 1 if len(text) <= 200 else 2) or "other"


def element_of(role: str) -> str:
    """Return where a clause goes that nobody in particular gives."""
    return role if role in {"values", "atmosphere", "success"} else "ground_rules"


@final
@frozen(kw_only=True)
class Under:
    """
    What is known of a line by the headings over it.

    Attributes:
        role: The part of an alliance: ``values``, ``members``, ``rules`` and so on; empty where none says.
        topic: What ground rules there are about; empty where none says.
        each: Whether the nearest heading speaks of each person by itself.
        field: The field of a member that it asks for then.
        is_label: Whether it only names a topic.
        by: The member whose words stand there, where a heading says so: "Ada commits to".
        of: The member of whom it is expected.
    """

    role: str = ""
    topic: str = ""
    each: bool = False
    field: str = ""
    is_label: bool = False
    by: str = ""
    of: str = ""

    def below(self, heading: str) -> Under:
        """Return what is known below *heading*."""
        role, topic, each = role_of(heading), topic_of(heading), is_each(heading)
        asks_people = each or (is_question(heading) and bool(re.search(r"\byou\b|\bI\b", heading)))
        field = field_of(heading) if asks_people else ""
        if each and not field and lexicon("columns").has("role", heading):
            field = "role"
        label = is_label(heading)
        if role:
            return Under(role=role, topic=topic, each=each, field=field, is_label=label)
        inherited = "" if self.role == "members" and (topic or is_question(heading)) else self.role
        # That the whole is an agreement says nothing of its sections.
        kept = "" if inherited == "rules" else inherited
        return Under(
            role=kept, topic=topic or self.topic, each=each, field=field, is_label=label, by=self.by, of=self.of
        )

    def expected(self, by: str, of: str) -> Under:
        """Return what is known where the member *by* says what is expected of the member *of*."""
        return Under(role="expectations", by=by, of=of)

    def titled(self, title: str, *, has_sections: bool) -> Under:
        """Return what is known below the *title* of the whole, which may promise more than each section is about."""
        role = role_of(title)
        known = role in {"values", "success", "atmosphere"} or not has_sections
        return Under(role=role if known else "", topic=topic_of(title))

    def asked(self, question: str) -> Under:
        """Return what is known of the answer to *question*."""
        return evolve(self.below(question), is_label=False)
