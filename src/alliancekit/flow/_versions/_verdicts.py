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

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Final, TypeAlias, final

from attrs import frozen

from alliancekit.flow._answers import unsuitable
from alliancekit.flow._eyes import eyes_of, is_asked, is_visible
from alliancekit.flow._moves import Phase, StepKind
from alliancekit.flow._plan import RevealStep
from alliancekit.flow._route import Leaf, Route, split
from alliancekit.flow._state import State
from alliancekit.flow._versions._carrying import Carried, known, place_of
from alliancekit.flow._versions._changes import Change, ChangeKind
from alliancekit.flow._versions._migration import Judgement, Place, Verdict
from alliancekit.flow._where import frontier

__all__ = ["VERDICTS", "Ruling", "judged"]

_ORDER: Final = (Place.AHEAD, Place.OPEN, Place.DONE)


@final
class Both:
    """A session before and after a change of its plan."""

    def __init__(self, old: State, carried: Carried) -> None:
        self.old, self.new, self.carried = old, carried.state, carried

    # What stands where ---------------------------------------------------------------------------------------------------

    @cached_property
    def shown(self) -> Mapping[tuple[str, str], object]:
        """What all knew before."""
        return known(self.old)

    @cached_property
    def still_shown(self) -> Mapping[tuple[str, str], object]:
        """What all know after."""
        return known(self.new)

    @cached_property
    def before(self) -> Mapping[str, Place]:
        """Where each step was, by the id of the leaf."""
        return {leaf.id: place_of(self.old, leaf) for leaf in self.old.route.leaves}

    @cached_property
    def after(self) -> Mapping[str, Place]:
        """Where each step is."""
        return {leaf.id: place_of(self.new, leaf) for leaf in self.new.route.leaves}

    @cached_property
    def stranded(self) -> frozenset[str]:
        """The steps, other than texts, that would stand behind what is done and were not done."""
        return frozenset(
            leaf.id
            for leaf in self.new.route.leaves
            if leaf.kind is not StepKind.SAY
            and self.after[leaf.id] is Place.DONE
            and self.before.get(leaf.id) is not Place.DONE
        )

    def place(self, change: Change) -> Place:
        """Return where a change is: of two places, the one that is further."""
        if change.step is None and change.prompt is None:  # of the flow, which every session is in
            return Place.OPEN
        places = [Place.AHEAD]
        if change.kind is not ChangeKind.STEP_ADDED:
            places += [self.before[leaf.id] for leaf in self.leaves(self.old.route, change)]
        if change.kind is not ChangeKind.STEP_REMOVED:
            places += [self.after[leaf.id] for leaf in self.leaves(self.new.route, change)]
        if change.kind is ChangeKind.OF_ADDED and any(ask.id in self.old.stages for ask in self._asks(change)):
            places.append(Place.DONE)
        return max(places, key=_ORDER.index)

    def leaves(self, route: Route, change: Change) -> tuple[Leaf, ...]:
        """Return the steps that a change is about: for a group, those in it; for a prompt, the one that asks it."""
        if change.prompt is not None:
            return tuple(leaf for name, leaf in route.asked_in.items() if split(name)[0] == change.prompt)
        if change.step is not None and change.step in route.steps:
            return route.steps[change.step]
        return tuple(leaf for leaf in route.leaves if any(one.id == change.step for one in leaf.within))

    def _asks(self, change: Change) -> Iterator[Leaf]:
        """Yield the asks that a reveal shows now and did not show before."""
        for leaf in self.leaves(self.new.route, change):
            was = {ask.id for ask in self.old.route.shows.get(leaf.id, ())}
            yield from (ask for ask in self.new.route.shows.get(leaf.id, ()) if ask.id not in was)

    # What becomes of it --------------------------------------------------------------------------------------------------

    def asks_again(self, change: Change) -> bool:
        """Whether somebody answers again, or says again that they are ready."""
        about = {leaf.step.id for leaf in self._concerned(change)}
        return any(
            one.step in about and (change.prompt is None or one.prompt is None or _main(one.prompt) == change.prompt)
            for one in self.carried.again(self.old)
        )

    def _concerned(self, change: Change) -> Iterator[Leaf]:
        for leaf in self.leaves(self.new.route, change):
            yield from self.new.route.shows[leaf.id] if isinstance(leaf.step, RevealStep) else (leaf,)

    def takes_place(self, change: Change) -> bool:
        """Whether it is a joint step that took place; a table also keeps what it names out of the alliance."""
        return any(self._is_over(leaf) for leaf in self.old.route.steps.get(change.step or "", ()))

    def _is_over(self, leaf: Leaf) -> bool:
        is_joint = leaf.kind is not StepKind.ASK
        return leaf.kind is StepKind.AGREE or (is_joint and self.old.stages.get(leaf.id, Phase.OPEN) is not Phase.OPEN)

    def is_known(self, change: Change) -> bool:
        """Whether all know something of what was answered there; of a reveal without names it counts as known."""
        return any(True for _ in self._known(change)) or self._is_nameless(change)

    def _known(self, change: Change) -> Iterator[tuple[str, str]]:
        asks = {leaf.id for leaf in self.leaves(self.old.route, change)}
        for question, holder in self.shown:
            if change.prompt in (None, _main(split(question)[0])) and self._ask(question).id in asks:
                yield question, holder

    def _ask(self, question: str) -> Leaf:
        return self.old.route.asked_in[question.partition(".")[0]]

    def _is_nameless(self, change: Change) -> bool:
        leaves, state = self.leaves(self.old.route, change), self.old
        return any(leaf.id in state.route.veiled and leaf.id in state.crowds for leaf in leaves)

    def loses(self, change: Change) -> bool:
        """Whether something that all know would be asked by nothing."""
        gone = (question for question, _ in self._known(change) if self.new.route.ask_of(question) is None)
        return any(True for _ in gone) or self._is_nameless(change)

    def is_unfit(self, change: Change) -> bool:
        """Whether something that all know does not fit any more."""
        return self._is_nameless(change) or any(self._does_not_fit(*pair) for pair in self._known(change))

    def _does_not_fit(self, question: str, holder: str) -> bool:
        if self.new.route.ask_of(question) is None:
            return True
        prompt, value = self.new.route.prompt_of(question), self.old.slots[question, holder].value
        return bool(unsuitable(value, prompt, follow_up="." in question, members=self.new.members))

    def undoes(self, change: Change) -> bool:
        """Whether it would hide what all know, or show what was passed over, or take a step to where it is done."""
        leaves = self.leaves(self.old.route, change)
        return (
            self.is_multiplied(change)
            or any(pair not in self.still_shown for pair in self._known(change))
            or self.strands(change)
            or any(self._is_uncovered(leaf) for leaf in leaves)
            or self.covers_table(change)
        )

    def is_multiplied(self, change: Change) -> bool:
        """Whether it would go into a repeat, or out of one: what was answered once would be asked for each."""
        route = self.new.route
        leaves = self.leaves(self.old.route, change)
        return any(leaf.step.id in route.steps and leaf.id not in route.places for leaf in leaves)

    def strands(self, change: Change) -> bool:
        """Whether a step would stand behind what is done, and was not done: it would never be asked."""
        if not self.stranded:
            return False
        named = {leaf.id for route in (self.old.route, self.new.route) for leaf in self.leaves(route, change)}
        hidden = {ask.id for name in named for ask in self.old.route.shows.get(name, ())}
        # What has moved may be the barrier, and not what it has left behind it.
        barriers = (leaf for leaf in self.leaves(self.old.route, change) if leaf.kind is not StepKind.ASK)
        return bool(self.stranded & (named | hidden)) or any(leaf.id in self.old.stages for leaf in barriers)

    def _is_uncovered(self, leaf: Leaf) -> bool:
        """Return whether a joint step that was passed because it was hidden would be shown."""
        if leaf.kind in (StepKind.SAY, StepKind.ASK) or leaf.id in self.old.stages:
            return False
        now = self.new.route.places.get(leaf.id)
        return now is not None and self.before[leaf.id] is Place.DONE and eyes_of(self.new).is_shown(now)

    def covers_table(self, change: Change) -> bool:
        """Whether a table or a ratification that lies open would not be what comes next."""
        named = {leaf.id for leaf in self.leaves(self.old.route, change)}
        held = [name for name, stage in self.old.stages.items() if stage is Phase.OPEN and name in named]
        barrier = frontier(self.new)
        return any(barrier is None or barrier.id != name for name in held)

    def is_unseen(self, change: Change) -> bool:
        """Whether answers of it were closed without being shown."""
        return any(self.old.stages.get(leaf.id) is not Phase.REVEALED for leaf in self.leaves(self.old.route, change))

    def asks_others(self, change: Change) -> bool:
        """Whether other members would have been asked."""
        leaves, places = self.leaves(self.old.route, change), self.new.route.places
        return any(
            is_asked(self.old, leaf, who) != is_asked(self.new, places[leaf.id], who)
            for leaf in leaves
            if leaf.id in places
            for who in self.old.present
        )

    def lies_open(self, change: Change) -> bool:
        """Whether it is a table or a ratification that lies open."""
        return any(self.old.stages.get(leaf.id) is Phase.OPEN for leaf in self.leaves(self.old.route, change))

    def is_acted_on(self, change: Change) -> bool:
        """Whether it is more than a text, or than a group, whose steps are judged on their own."""
        return any(leaf.kind is not StepKind.SAY for leaf in self.new.route.steps.get(change.step or "", ()))

    def leaves_behind(self, change: Change) -> bool:
        """Whether a table that lies open, answers that it would have shown, or answers for each would be left."""
        return self.lies_open(change) or self.strands(change) or self.is_multiplied(change)

    # The whole -----------------------------------------------------------------------------------------------------------

    def is_broken(self) -> bool:
        """
        Return whether something that all know of what is done would vanish, or something would show that nobody may know.

        The table keeps this from happening, change by change; here it is looked at once more for all of them together.
        """
        done = {pair for pair in self.shown if self._ask(pair[0]).id in self.old.stages}
        if self.stranded or any(pair not in self.still_shown for pair in done):
            return True
        return any(not self._might_know(*pair) for pair in self.still_shown if pair not in self.shown)

    def _might_know(self, question: str, holder: str) -> bool:
        slot, leaf = self.old.slots[question, holder], self._ask(question)
        return slot.is_shared and (self.old.route.is_shared(question) or is_visible(self.old, leaf, slot.by))


def _main(question: str) -> str:
    return question.partition(".")[0]


# The table -----------------------------------------------------------------------------------------------------------

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
