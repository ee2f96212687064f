"""
Whether a running session can go on with a change of its plan: the policy, as one table.

What was shown or agreed is never undone, and what somebody said under a promise is never taken from under it:

- *Ahead* of everybody, any change is safe.
- Where a step is *open*, an answer that still fits stays, and one that does not is asked again. So is an answer that more
  people would read than its author was told: blind and now open, private and now for all, without a name and now with
  it. A prompt that is gone takes its answers along; they are set aside, and only their authors hear of it. A table that
  lies open keeps its rule and its elements.
- What is *done* stands. Nothing may appear behind it, because it would never be asked; nothing that all know of it may
  vanish or stand for something else; and a reveal that showed no names never shows them.
- What does not change what anybody may know or must do is safe everywhere: words, titles, tags, another order. New words
  are the same question; a question that means something else needs an id of its own.

A refusal is told to whoever asked for the change. So it hangs on the two plans and on what all know, and never on an
answer that is not revealed: in what is done, such an answer is set aside where it does not fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias, final

from attrs import frozen

from alliancekit.flow._state import State
from alliancekit.flow._versions._both import Both
from alliancekit.flow._versions._carrying import Carried
from alliancekit.flow._versions._changes import Change, ChangeKind
from alliancekit.flow._versions._migration import Judgement, Place, Verdict

__all__ = ["VERDICTS", "Ruling", "judged"]

Test: TypeAlias = Callable[[Both, Change], bool]


@final
@frozen
class Ruling:
    """
    What a kind of change means in a place.

    Attributes:
        verdict: The verdict.
        reason: Why.
        otherwise: The verdict where the test holds; None where there is only one.
        because: Why it is that.
        test: When it is.

    .. versionadded:: 0.1
    """

    verdict: Verdict
    reason: str
    otherwise: Verdict | None = None
    because: str = ""
    test: Test | None = None

    def of(self, both: Both, change: Change) -> tuple[Verdict, str]:
        """Return the verdict on *change*, and why."""
        if self.otherwise is not None and self.test is not None and self.test(both, change):
            return self.otherwise, self.because
        return self.verdict, self.reason


def _safe(reason: str) -> Ruling:
    return Ruling(Verdict.SAFE, reason)


def _refuse(reason: str) -> Ruling:
    return Ruling(Verdict.REFUSE, reason)


def _unless(test: Test, because: str, reason: str) -> Ruling:
    return Ruling(Verdict.SAFE, reason, Verdict.REFUSE, because, test)


def _again(because: str, reason: str) -> Ruling:
    return Ruling(Verdict.SAFE, reason, Verdict.ASK_AGAIN, because, Both.asks_again)


_K = ChangeKind
_AHEAD: Final = _safe("nobody has come to it")
_HARMLESS: Final = _safe("nobody may know more by it, or has more to do")
_NEVER: Final = "what is done is not asked again, so nobody would come to it"
_STANDS: Final = "what was shown or agreed stands"
_UNTOUCHED: Final = _safe("it is over, and this changes nothing of what came of it")
_FITS: Final = _again("an answer that does not fit is asked again, and so is who is ready", "every answer fits")
_TABLE: Final = "the members have begun to agree under what it says"
_ASIDE: Final = "what it asked is set aside where nothing asks it now"
_BEHIND: Final = "what lies on its table, or what was to be shown in it, would be left behind"
_MOVED: Final = _unless(Both.undoes, "it would undo what was done, or would never be asked", "everything done stands")
_KNOWN_FIT: Final = _unless(Both.is_unfit, "an answer that was shown does not fit", "what was shown fits")
_MEANT: Final = _unless(Both.is_known, "an answer that was shown would say something else", "no answer was shown")
_SHOWN: Final = _unless(Both.takes_place, _STANDS, "nothing came of it that it alone holds")
_HELD: Final = "nothing that is known goes with it; what was kept private is set aside"

# What is about the flow as a whole has no place of its own: every session that is not over is in it.
_OF_THE_FLOW: Final = (
    _K.FLOW_RENAMED, _K.FLOW_RETITLED, _K.FLOW_LANGUAGE, _K.FLOW_KINDS, _K.FLOW_BANK, _K.LANGUAGES,
)  # fmt: skip
_ANYWHERE: Final = (
    _K.RESTATED, _K.TAGS, _K.STEP_RETITLED, _K.STEP_REWORDED, _K.PROMPT_REWORDED, _K.PROMPTS_REORDERED, _K.OF_REORDERED,
    _K.ELEMENTS_REORDERED, _K.FOLLOW_UPS_REORDERED, _K.MADE_OPTIONAL, _K.ONCE, _K.MISSING, _K.LATE, _K.ROUNDS_RAISED,
    _K.OPTION_ADDED, _K.BOUNDS_WIDENED, _K.NOTE_ADDED, _K.EVIDENCE_DROPPED, _K.VISIBILITY_CLOSED, _K.MOST_RAISED,
    _K.MOST_LOWERED,
)  # fmt: skip
_FITTING: Final = (_K.OPTION_REMOVED, _K.BOUNDS_NARROWED, _K.NOTE_REMOVED, _K.EVIDENCE_REQUIRED)
_MEANING: Final = (_K.POINTS_RAISED, _K.POINTS_LOWERED, _K.MEANING)
_INFORMING: Final = (_K.ANSWER_KIND, _K.INFORMS_ADDED, _K.INFORMS_REMOVED, _K.INFORMS_REORDERED)
_PROMISED: Final = _again("more would be known than was said when it was answered", "nobody has answered yet")

_OPEN: Final[Mapping[ChangeKind, Ruling]] = {
    **dict.fromkeys((*_OF_THE_FLOW, *_ANYWHERE), _HARMLESS),
    _K.STEP_ADDED: _safe("it comes to whoever has not gone past it"),
    _K.STEP_REMOVED: _unless(Both.leaves_behind, _BEHIND, _ASIDE),
    _K.STEP_MOVED: _MOVED,
    _K.STEP_RETYPED: _unless(Both.leaves_behind, _BEHIND, _ASIDE),
    _K.STEP_RECONDITIONED: _unless(Both.covers_table, _TABLE, "a hidden step keeps its answers"),
    _K.PROMPT_ADDED: _again("who was ready has one more prompt to answer", "nobody was ready"),
    _K.PROMPT_REMOVED: _safe("its answers are set aside, and their authors are told"),
    _K.PROMPT_MOVED: _again("its answers do not stay, or who was ready has one more prompt", "its answers go with it"),
    _K.MODE_OPENED: _PROMISED,
    _K.MODE_BLINDED: _unless(Both.undoes, "it would hide what the others have read", "nobody has read anything yet"),
    _K.WHO: _safe("who is asked now answers it, and what the others answered stays"),
    _K.MADE_REQUIRED: _again("who was ready may have left something out", "nobody was ready"),
    _K.OF_ADDED: _PROMISED,
    _K.OF_REMOVED: _unless(Both.strands, _NEVER, "its answers stay unseen, or are shown elsewhere"),
    _K.ATTRIBUTION_WIDENED: _PROMISED,
    _K.ATTRIBUTION_NARROWED: _safe("less will be known than was said when it was answered"),
    **dict.fromkeys((_K.ELEMENT_ADDED, _K.ELEMENT_REMOVED, _K.RULE, _K.DECIDED_BY, _K.ROUNDS_LOWERED), _refuse(_TABLE)),
    _K.OVER: _refuse("it has begun for others"),
    **dict.fromkeys((*_FITTING, *_INFORMING), _FITS),
    **dict.fromkeys(
        _MEANING, _again("the same number says something else, so it is asked again", "nobody has answered")
    ),
    _K.SCOPE: _again("an answer of one is not the answer of all", "nobody has answered yet"),
    _K.VISIBILITY_OPENED: _again("what was kept private is asked again", "nobody has kept anything private"),
    _K.FOLLOW_UP_ADDED: _safe("it may be left out"),
    _K.FOLLOW_UP_REMOVED: _safe("its answers are set aside, and their authors are told"),
}
_DONE: Final[Mapping[ChangeKind, Ruling]] = {
    **dict.fromkeys(_ANYWHERE, _UNTOUCHED),
    _K.STEP_ADDED: _unless(Both.is_acted_on, _NEVER, "it is a text, or holds steps that are judged on their own"),
    _K.STEP_REMOVED: _SHOWN,
    _K.STEP_MOVED: _MOVED,
    _K.STEP_RETYPED: _refuse(_STANDS),
    _K.STEP_RECONDITIONED: _unless(
        Both.undoes, "what is shown of it would be another", "what is shown of it is the same"
    ),
    _K.PROMPT_ADDED: _refuse(_NEVER),
    _K.PROMPT_REMOVED: _unless(Both.loses, _STANDS, _HELD),
    _K.PROMPT_MOVED: _refuse(_STANDS),
    _K.MODE_OPENED: _unless(Both.is_unseen, "it would show what was answered blind", "it was shown already"),
    _K.MODE_BLINDED: _unless(Both.undoes, "it would hide what the others have read", "nobody has read anything"),
    _K.WHO: _unless(Both.asks_others, _NEVER, "it is the same members"),
    _K.MADE_REQUIRED: _UNTOUCHED,
    _K.OF_ADDED: _refuse("what was closed unseen stays unseen"),
    _K.OF_REMOVED: _SHOWN,
    _K.ATTRIBUTION_WIDENED: _SHOWN,
    _K.ATTRIBUTION_NARROWED: _SHOWN,
    **dict.fromkeys((_K.ELEMENT_ADDED, _K.ELEMENT_REMOVED), _refuse(_STANDS)),
    **dict.fromkeys((_K.RULE, _K.DECIDED_BY, _K.ROUNDS_LOWERED), _UNTOUCHED),
    _K.OVER: _refuse("it was taken for others"),
    **dict.fromkeys(_FITTING, _KNOWN_FIT),
    **dict.fromkeys((*_MEANING, *_INFORMING), _MEANT),
    _K.SCOPE: _refuse("an answer of one is not the answer of all"),
    _K.VISIBILITY_OPENED: _refuse("what was kept private stays private"),
    _K.FOLLOW_UP_ADDED: _refuse(_NEVER),
    _K.FOLLOW_UP_REMOVED: _unless(Both.loses, _STANDS, _HELD),
}

VERDICTS: Final[Mapping[tuple[ChangeKind, Place], Ruling]] = MappingProxyType(
    {
        **{(kind, Place.AHEAD): _AHEAD for kind in ChangeKind if kind not in _OF_THE_FLOW},
        **{(kind, Place.OPEN): ruling for kind, ruling in _OPEN.items()},
        **{(kind, Place.DONE): ruling for kind, ruling in _DONE.items()},
    }
)
"""What each kind of change means in each place."""


def judged(old: State, carried: Carried, changes: Iterable[Change]) -> tuple[Judgement, ...]:
    """Return what each change means for the session that has come to *old*, and would come to *carried*."""
    both = Both(old, carried)
    found: list[Judgement] = []
    for change in changes:
        place = both.place(change)
        verdict, reason = VERDICTS[change.kind, place].of(both, change)
        found.append(Judgement(change=change, place=place, verdict=verdict, reason=reason))
    if found and all(one.verdict is not Verdict.REFUSE for one in found) and both.is_broken():
        first, rest = found[0], found[1:]
        reason = "together with the other changes, it would undo what was done"
        return (Judgement(change=first.change, place=first.place, verdict=Verdict.REFUSE, reason=reason), *rest)
    return tuple(found)
