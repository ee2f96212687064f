"""Laws of banks over banks, over made-up ones."""

from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliancekit import library
from alliancekit.model import Bank, Prompt, Section
from tests.banks import write_bank
from tests.strategies import values

NAMES = tuple("abcdefg")
TEXTS = ("First?", "Second?")


@st.composite
def sections(draw: st.DrawFn, prompts: list[str], least: int = 0) -> list[Section]:
    """Return sections in which each of *prompts* stands at most once."""
    names = draw(st.permutations(("s", "t", "u", "v")))[: draw(st.integers(0, 4))]
    homes = {one: draw(st.sampled_from((*names, ""))) for one in prompts}
    inside = {name: [one for one in prompts if homes[one] == name] for name in names}
    return [
        Section(id=name, title=draw(st.sampled_from(("One", "Two"))), prompts=inside[name])
        for name in names
        if len(inside[name]) >= least
    ]


@st.composite
def banks(draw: st.DrawFn, name: str, *, least: int = 1) -> Bank:
    """Return a bank with nothing below it, whose sections have *least* prompts each."""
    prompts = draw(st.permutations(NAMES))[: draw(st.integers(0, 7))]
    asked = [Prompt(id=one, text=draw(st.sampled_from(TEXTS))) for one in prompts]
    return Bank(id=name, title=name, prompts=asked, sections=draw(sections(prompts, least)))


@st.composite
def layers(draw: st.DrawFn, name: str) -> Bank:
    """Return a bank that is made to lie over others."""
    top = draw(banks(name, least=0))
    return Bank(
        id=name,
        title=name,
        extends=["below"],
        remove=draw(st.permutations(NAMES))[: draw(st.integers(0, 3))],
        prompts=top.prompts,
        sections=top.sections,
    )


@settings(max_examples=300)
@given(banks("old"), banks("new", least=0))
def test_the_layer_of_a_diff_makes_the_one_of_the_other(old: Bank, new: Bank) -> None:
    """The old bank under the layer of its difference to the new one is the new one, prompts and sections in order."""
    layer = old.diff(new).layer()
    whole = library.layer(old, layer)
    assert whole == new
    assert not whole.diff(new)
    assert layer.extends == ("old",)


@settings(max_examples=100)
@given(banks("old"))
def test_nothing_differs_from_itself(old: Bank) -> None:
    """A bank and itself differ in nothing, and the layer between them says nothing."""
    diff = old.diff(old)
    assert not diff
    layer = diff.layer(id="new")
    assert (len(layer.prompts), layer.sections, layer.remove) == (0, (), ())


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(values(Bank), values(Bank))
def test_any_two_banks(old: Bank, new: Bank) -> None:
    """However odd two banks are, what differs can be told, and laid over the old one it gives the new prompts."""
    diff = old.diff(new)
    assert str(diff) == "nothing differs" or diff
    assert library.layer(old, diff.layer(id="layer-of-them")).prompts == new.prompts


@settings(max_examples=200)
@given(banks("below", least=0), layers("mid"), layers("top"))
def test_prompts_are_layered_in_any_grouping(below: Bank, mid: Bank, top: Bank) -> None:
    """
    Whether the upper two become one layer first makes no difference to which prompts there are, and whose.

    Nor to which sections there are, as far as each layer names those that it needs; their order may differ, for a layer
    that does not know a section cannot say beside which it stands.
    """
    one_by_one = library.layer(library.layer(below, mid), top)
    together = library.layer(below, library.layer(mid, top))
    assert together.prompts == one_by_one.prompts
    assert together.origins == one_by_one.origins


@settings(max_examples=30)
@given(banks("below", least=0), layers("mid"), layers("top"))
def test_files_that_extend_files(below: Bank, mid: Bank, top: Bank) -> None:
    """Read from files, a bank is what one over another gives in code, and so is where its prompts came from."""
    above = evolve(top, extends=["mid"])
    with TemporaryDirectory() as folder:
        *_, path = [write_bank(Path(folder), one) for one in (below, mid, above)]
        whole = library.bank(path)
    expected = above.over(mid.over(below))
    assert whole == expected
    assert whole.origins == expected.origins


@settings(max_examples=200)
@given(banks("below", least=0), layers("top"))
def test_by_code_as_by_file(below: Bank, top: Bank) -> None:
    """Taking out, putting in and placing one after another is what a bank over another does at once."""
    again = [one for one in top.remove if one in below.prompts]
    stepwise = below.with_id("top").without_prompts(*again).with_prompts(*top.prompts.values())
    stepwise = stepwise.with_sections(*top.sections)
    at_once = library.layer(below, top)
    assert stepwise.prompts == at_once.prompts
    assert stepwise.origins == at_once.origins
    assert {one.id: one.prompts for one in stepwise.sections} == {one.id: one.prompts for one in at_once.sections}
