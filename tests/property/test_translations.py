"""Laws of translations, over made-up banks, flows and translations of them."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliancekit.documents import dumps, loads
from alliancekit.flow import AskStep, Flow, FlowTranslation, GroupStep, SayStep, Step
from alliancekit.library import fallbacks, translated, translation_gaps
from alliancekit.library._stamping import stamp_bytes
from alliancekit.library._units import Key, Translatable, Translation, units
from alliancekit.model import Bank, BankTranslation, Prompt, Section
from alliancekit.wire import structure
from tests.strategies import LANGUAGES, PROSE, values

LABEL = st.text(st.sampled_from("abcdé日ü {}x"), min_size=1, max_size=8).filter(str.strip)
MODEST = settings(max_examples=50, suppress_health_check=list(HealthCheck), deadline=None)

Say = Callable[[Key, str, str], str]
"""What a translation says for a part of a unit that says something in the source; empty where it says nothing."""


PROMPTS = st.lists(
    values(Prompt).filter(lambda one: len({more.id for more in one.follow_ups}) == len(one.follow_ups)), max_size=4
)


@st.composite
def banks(draw: st.DrawFn) -> Bank:
    """Return a bank whose ids are unique, as a translation needs it."""
    prompts = [evolve(one, id=f"p{at}") for at, one in enumerate(draw(PROMPTS))]
    titles = draw(st.lists(LABEL, max_size=3))
    sections = [Section(id=f"s{at}", title=title) for at, title in enumerate(titles)]
    language = draw(st.sampled_from([None, "en"]))
    return Bank(id="b", title=draw(LABEL), language=language, sections=sections, prompts=prompts)


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    """Return a flow whose ids are unique, with steps in steps."""
    steps: list[Step] = []
    for at, (kind, title, text) in enumerate(draw(st.lists(STEPS, min_size=1, max_size=6))):
        if kind == "say":
            steps.append(SayStep(id=f"s{at}", title=title, text=text))
        elif kind == "group" and steps:
            steps = [GroupStep(id=f"s{at}", title=title, steps=steps)]
        else:
            steps.append(AskStep(id=f"s{at}", title=title))
    return Flow(id="f", title=draw(LABEL), language="en", bank="b", steps=steps)


STEPS = st.tuples(st.sampled_from(["say", "group", "ask"]), st.none() | LABEL, PROSE)


def words_for(source: Translatable, language: str, say: Say) -> Translation:
    """Return the translation of *source* in which each text is what *say* says."""
    plain: dict[str, Any] = {"translates": source.id, "language": language}
    for (what, name), unit in units(source).items():
        said: dict[str, Any] = {}
        for part, text in unit.parts.items():
            outer, _, inner = part.partition("/")
            if not (words := say((what, name), part, text)):
                continue
            if outer == "options":
                said.setdefault("options", {})[inner] = words
            elif outer == "follow_ups":
                said.setdefault("follow_ups", []).append({"id": inner, "text": words})
            else:
                said[outer] = words
        if what == "title":
            plain |= said
        elif said:
            _put(plain, what, name, said)
    cls: type[Translation] = FlowTranslation if isinstance(source, Flow) else BankTranslation
    return structure(plain, cls)


def _put(plain: dict[str, Any], what: str, name: str, said: dict[str, Any]) -> None:
    if what == "section":
        plain.setdefault("sections", []).append({"id": name, **said})
    else:
        plain.setdefault(f"{what}s", {})[name] = said


@st.composite
def pairs(draw: st.DrawFn, *, whole: bool = True) -> tuple[Any, Translation]:
    """Return a bank or a flow, and a translation of it; one that is not *whole* leaves some of its texts out."""
    source: Translatable = draw(st.one_of(banks(), flows()))

    def say(_: Key, part: str, __: str) -> str:
        if not whole and part != "text" and draw(st.booleans()):
            return ""
        return draw(PROSE if part in ("text", "why") or part.startswith("follow_ups") else LABEL)

    return source, words_for(source, draw(st.sampled_from(["pt", "pt-BR", "ja", "zh-Hant"])), say)


def parts(document: Translatable | Translation) -> dict[Key, dict[str, str]]:
    return {key: dict(unit.parts) for key, unit in units(document).items()}


def stamped(source: Translatable, translation: Translation) -> Translation:
    text = stamp_bytes(dumps(translation).encode(), source, path="x.yaml")[0]
    return loads(text, type(translation))


@MODEST
@given(pairs())
def test_a_whole_translation_is_all_that_is_read(pair: tuple[Any, Translation]) -> None:
    """Every text that is read is that of the translation; put back into the old words, it is what it was."""
    source, translation = pair
    found = translated(source, translation)
    assert parts(found) == parts(translation) | {key: {} for key in parts(found) if key not in parts(translation)}
    back = translated(found, words_for(source, "en", lambda *said: said[-1]))
    assert evolve(back, language=source.language) == source


@MODEST
@given(pairs(whole=False))
def test_stamping(pair: tuple[Any, Translation]) -> None:
    """Stamping changes nothing but ``source`` lines, a second time nothing, and then nothing is stale."""
    source, translation = pair
    before = dumps(translation)
    after = stamp_bytes(before.encode(), source, path="x.yaml")[0]
    assert [line for line in after.decode().split("\n") if "source: sha256:" not in line] == before.split("\n")
    assert parts(loads(after, type(translation))) == parts(translation)
    assert stamp_bytes(after, source, path="x.yaml")[0] == after
    found = translation_gaps(source, loads(after, type(translation)))
    assert {one.rule for one in found} <= {"missing-translation", "placeholder-in-prompt"}


@MODEST
@given(pairs(), st.data())
def test_one_letter_makes_one_entry_stale(pair: tuple[Any, Translation], data: st.DataObject) -> None:
    """One more letter in one text of the source makes exactly that entry stale, and in a `why` none."""
    source, translation = pair
    known = stamped(source, translation)
    at = data.draw(st.sampled_from([(key, part) for key, unit in units(source).items() for part in unit.parts]))
    newer = translated(
        source, words_for(source, "en", lambda key, part, text: f"{text}s" if (key, part) == at else text)
    )
    stale = [one.pointer for one in translation_gaps(newer, known) if one.rule == "stale-translation"]
    assert stale == ([] if at[1] == "why" else [units(known)[at[0]].pointer])


@MODEST
@given(pairs(whole=False), st.data())
def test_the_wider_is_under_the_narrower(pair: tuple[Any, Translation], data: st.DataObject) -> None:
    """A narrower translation over a wider one is the source in the wider, and that in the narrower."""
    source, wide = pair
    narrow = words_for(
        source,
        "pt-BR-x1996",
        lambda _, part, __: data.draw(LABEL) if part == "text" or data.draw(st.booleans()) else "",
    )
    assert translated(source, narrow, wide) == translated(translated(source, wide), narrow)


@given(
    st.sampled_from([*LANGUAGES, "en-x-a-b", "de-DE-u-co-phonebk", "sl-IT-nedis"]), st.randoms(use_true_random=False)
)
def test_what_stands_in(tag: str, random: Any) -> None:
    """Each of what stands in is the begin of the one before, down to the language; the case of letters is no matter."""
    found = fallbacks(tag)
    assert found[-1] == tag.partition("-")[0]
    assert all(narrow.startswith(f"{wide}-") for narrow, wide in pairwise(found))
    assert not any(one[-2:-1] == "-" for one in found[1:])
    assert all(fallbacks(one) == found[at:] for at, one in enumerate(found))
    assert fallbacks("".join(random.choice([one.upper(), one.lower()]) for one in tag)) == found
