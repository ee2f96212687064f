from pathlib import Path

import pytest
from attrs import evolve

from alliancekit import library
from alliancekit.documents import dump, load
from alliancekit.errors import DocumentError, UnknownNameError
from alliancekit.findings import Severity
from alliancekit.flow import AskStep, Flow, FlowTranslation, GroupStep, SayStep, StepTranslation
from alliancekit.model import (
    Bank,
    BankTranslation,
    ChoiceAnswer,
    FollowUp,
    NumberAnswer,
    Prompt,
    PromptTranslation,
    ScaleAnswer,
    Section,
    SectionTranslation,
)

BANK = Bank(
    id="walk",
    title="A walk",
    language="en",
    sections=[Section(id="first", title="First", prompts=["tone", "pace"])],
    prompts=[
        Prompt(
            id="tone",
            text="What tone, after {pace}?",
            why="It matters.",
            answer=ChoiceAnswer(options={"direct": "Direct", "warm": "Warm"}, note=True),
            follow_ups=[FollowUp(id="more", text="What more?"), FollowUp(id="less", text="What less?")],
        ),
        Prompt(id="pace", text="What pace?", answer=ScaleAnswer(low="Slow", high="Fast", polarity="positive")),
        Prompt(id="miles", text="How far?", answer=NumberAnswer(unit="miles")),
    ],
)
WHOLE = BankTranslation(
    translates="walk",
    language="pt",
    title="Um passeio",
    sections=[SectionTranslation(id="first", title="Primeiro")],
    prompts=[
        PromptTranslation(
            id="tone",
            text="Que tom, depois de {pace}?",
            why="Importa.",
            options={"direct": "Direto", "warm": "Caloroso"},
            follow_ups=[FollowUp(id="less", text="O que menos?"), FollowUp(id="more", text="Que mais?")],
        ),
        PromptTranslation(id="pace", text="Que passo?", low="Lento", high="Rápido"),
        PromptTranslation(id="miles", text="Até onde?", unit="milhas"),
    ],
)
FLOW = Flow(
    id="stroll",
    title="A stroll",
    language="en",
    bank="walk",
    steps=[
        SayStep(id="hello", text="Hello."),
        GroupStep(
            id="in", title="Inside", steps=[AskStep(id="tone"), SayStep(id="bye", title="End", text="Bye {tone}.")]
        ),
    ],
)
STROLL = FlowTranslation(
    translates="stroll",
    language="ja",
    title="散歩",
    steps=[
        StepTranslation(id="hello", text="こんにちは。"),
        StepTranslation(id="in", title="なか"),
        StepTranslation(id="bye", title="おわり", text="さようなら {tone}。"),
    ],
)


def stamped(translation: BankTranslation, source: Bank, folder: Path) -> BankTranslation:
    path = folder / "some.xx.bank.yaml"
    dump(translation, path)
    library.stamp(path, source)
    found = load(path, BankTranslation)
    path.unlink()
    return found


def told(found: object) -> list[str]:
    assert isinstance(found, tuple)
    return [f"{one.rule} {one.pointer}: {one.message}" for one in found]


class TestTranslated:
    def test_a_bank(self) -> None:
        """Every text is read in the other language; what is no text, and every order, is as it was."""
        found = library.translated(BANK, WHOLE)
        assert (found.id, found.title, found.language) == ("walk", "Um passeio", "pt")
        assert found.sections == (Section(id="first", title="Primeiro", prompts=["tone", "pace"]),)
        assert found.prompts["tone"] == Prompt(
            id="tone",
            text="Que tom, depois de {pace}?",
            why="Importa.",
            answer=ChoiceAnswer(options={"direct": "Direto", "warm": "Caloroso"}, note=True),
            follow_ups=[FollowUp(id="more", text="Que mais?"), FollowUp(id="less", text="O que menos?")],
        )
        assert found.prompts["pace"].answer == ScaleAnswer(low="Lento", high="Rápido", polarity="positive")
        assert found.prompts["miles"].answer == NumberAnswer(unit="milhas")

    def test_a_flow(self) -> None:
        """The steps of a flow are read in the other language, at any depth."""
        found = library.translated(FLOW, STROLL)
        assert found.steps == (
            SayStep(id="hello", text="こんにちは。"),
            GroupStep(
                id="in",
                title="なか",
                steps=[AskStep(id="tone"), SayStep(id="bye", title="おわり", text="さようなら {tone}。")],
            ),
        )
        assert (found.id, found.title, found.language) == ("stroll", "散歩", "ja")

    def test_what_is_left_out(self) -> None:
        """What a translation leaves out stays in the language of the source."""
        part = BankTranslation(
            translates="walk",
            language="pt",
            prompts=[
                PromptTranslation(
                    id="tone",
                    text="Que tom?",
                    options={"warm": "Caloroso"},
                    follow_ups=[FollowUp(id="more", text="Mais?")],
                )
            ],
        )
        found = library.translated(BANK, part)
        assert (found.title, found.sections, found.prompts["pace"]) == ("A walk", BANK.sections, BANK.prompts["pace"])
        tone = found.prompts["tone"]
        assert (tone.text, tone.why) == ("Que tom?", "It matters.")
        assert tone.answer == ChoiceAnswer(options={"direct": "Direct", "warm": "Caloroso"}, note=True)
        assert [one.text for one in tone.follow_ups] == ["Mais?", "What less?"]

    def test_what_is_not_there(self) -> None:
        """What the source does not have is passed over: nothing is added to it."""
        strange = BankTranslation(
            translates="walk",
            language="pt",
            sections=[SectionTranslation(id="last", title="Fim")],
            prompts=[
                PromptTranslation(id="nobody", text="Quem?"),
                PromptTranslation(id="miles", text="Até onde?", why="Sim.", low="Baixo", options={"a": "A"}),
            ],
        )
        found = library.translated(BANK, strange)
        assert found.sections == BANK.sections
        assert found.prompts == BANK.prompts.with_entry("miles", BANK.prompts["miles"].with_text("Até onde?"))

    def test_the_narrower_first(self) -> None:
        """Of two translations the first counts, text by text, and the language is the narrowest."""
        narrow = BankTranslation(
            translates="walk", language="pt-BR", prompts=[PromptTranslation(id="tone", text="Qual tom?")]
        )
        found = library.translated(BANK, narrow, WHOLE)
        assert found.language == "pt-BR"
        assert (found.prompts["tone"].text, found.prompts["tone"].why) == ("Qual tom?", "Importa.")
        assert found.prompts["pace"].text == "Que passo?"

    def test_without_a_translation(self) -> None:
        """Nothing translated is nothing changed."""
        assert library.translated(BANK) == BANK

    def test_a_bank_that_took_prompts_over(self) -> None:
        """The translation of a base reaches what came from it, and not what came in its place."""
        top = Bank(id="top", title="Top", language="en", prompts=[Prompt(id="pace", text="At what pace?")])
        found = library.translated(top.over(BANK), WHOLE)
        assert (found.id, found.title) == ("top", "Top")
        assert found.prompts["tone"].text == "Que tom, depois de {pace}?"
        assert found.prompts["pace"].text == "At what pace?"


class TestGaps:
    def test_complete(self, tmp_path: Path) -> None:
        """A translation that has everything, and says of what, has no gaps."""
        assert library.translation_gaps(BANK, stamped(WHOLE, BANK, tmp_path)) == ()

    def test_not_stamped(self) -> None:
        """What does not say what was translated is one finding, however much there is."""
        assert told(library.translation_gaps(BANK, WHOLE)) == [
            (
                "stale-translation : 5 entries say not what was translated, so nobody sees when it changes: title, first, tone, "
                "pace and miles"
            )
        ]

    def test_missing(self, tmp_path: Path) -> None:
        """What is missing is named: whole entries together, and single texts by entry."""
        part = BankTranslation(
            translates="walk", language="pt", prompts=[PromptTranslation(id="tone", text="Que tom, {pace}?")]
        )
        assert told(library.translation_gaps(BANK, stamped(part, BANK, tmp_path))) == [
            "missing-translation : the title is not translated",
            "missing-translation : the section first is not translated",
            "missing-translation /prompts: the prompts pace and miles are not translated",
            (
                "missing-translation /prompts/tone: the why, the option direct, the option warm, the follow-up more and the "
                "follow-up less of the prompt tone are not translated"
            ),
        ]

    def test_what_a_wider_one_has(self, tmp_path: Path) -> None:
        """What a wider translation has is not missing."""
        part = BankTranslation(
            translates="walk", language="pt-BR", prompts=[PromptTranslation(id="pace", text="Passo?")]
        )
        assert library.translation_gaps(BANK, stamped(part, BANK, tmp_path), wider=[WHOLE]) == ()

    def test_stale(self, tmp_path: Path) -> None:
        """What was changed since is found where it stands, and nothing else."""
        known = stamped(WHOLE, BANK, tmp_path)
        newer = BANK.with_prompts(BANK.prompts["pace"].with_text("What pace!"))
        found = library.translation_gaps(newer, known)
        assert told(found) == ["stale-translation /prompts/pace: the prompt pace was changed after it was translated"]
        assert found[0].hint == "look at it again, and stamp it: alliancekit banks stamp FILE"
        assert found[0].severity is Severity.WARNING

    def test_a_better_reason(self, tmp_path: Path) -> None:
        """Another `why` makes nothing stale: the question is the same."""
        known = stamped(WHOLE, BANK, tmp_path)
        tone = BANK.prompts["tone"]
        assert library.digest_of(BANK, "tone") == known.prompts["tone"].source
        newer = BANK.with_prompts(
            Prompt(id="tone", text=tone.text, why="Really.", answer=tone.answer, follow_ups=tone.follow_ups)
        )
        assert library.translation_gaps(newer, known) == ()

    def test_unknown(self, tmp_path: Path) -> None:
        """What the bank does not have is found, with what was meant."""
        strange = BankTranslation(
            translates="walk",
            language="pt",
            sections=[SectionTranslation(id="frist", title="Primeiro")],
            prompts=[
                PromptTranslation(id="tune", text="Quem?"),
                PromptTranslation(id="miles", text="Até onde?", unit="milhas", why="Sim."),
                PromptTranslation(
                    id="tone",
                    text="{pace}",
                    options={"dirct": "Direto"},
                    follow_ups=[FollowUp(id="moer", text="Mais?")],
                ),
            ],
        )
        found = [one for one in library.translation_gaps(BANK, strange) if one.rule == "unknown-prompt"]
        assert [(one.pointer, one.message, one.hint) for one in found] == [
            ("/prompts/miles/why", "the prompt miles has no why", ""),
            ("/prompts/tone/follow_ups", "the prompt tone has no follow-up moer", "did you mean 'more'?"),
            ("/prompts/tone/options/dirct", "the prompt tone has no option dirct", "did you mean 'direct'?"),
            ("/prompts/tune", "the prompt tune is not in the bank", "did you mean 'tone'?"),
            ("/sections/0", "the section frist is not in the bank", "did you mean 'first'?"),
        ]

    def test_a_bank_that_is_not_whole(self) -> None:
        """Of a bank that extends others nobody can say what it does not have, before it is laid over them."""
        top = Bank(id="walk", title="T", extends=["base"])
        found = library.translation_gaps(top, WHOLE)
        assert [one for one in found if one.rule == "unknown-prompt"] == []

    def test_placeholders(self) -> None:
        """What is filled in has to be the same in every language, and braces of a label are only braces."""
        wrong = BankTranslation(
            translates="walk",
            language="pt",
            prompts=[
                PromptTranslation(id="tone", text="Que tom?", why="{why}", options={"direct": "{Direto} {x}"}),
                PromptTranslation(id="miles", text="Até onde, {{sim}}?"),
            ],
        )
        found = [one for one in library.translation_gaps(BANK, wrong) if one.rule == "placeholder-in-prompt"]
        assert [(one.pointer, one.message) for one in found] == [
            ("/prompts/tone/text", "the text of the prompt tone lacks {pace}"),
            ("/prompts/tone/why", "the why of the prompt tone has {why}, which the original has not"),
        ]
        assert {one.severity for one in found} == {Severity.ERROR}

    def test_a_flow(self) -> None:
        """The steps of a flow likewise; a step without words has nothing to translate."""
        strange = FlowTranslation(
            translates="stroll",
            language="ja",
            steps=[
                StepTranslation(id="helo", text="こんにちは。"),
                StepTranslation(id="tone", title="?"),
                StepTranslation(id="in", title="なか", text="?"),
                StepTranslation(id="bye", text="さようなら。"),
            ],
        )
        assert told(library.translation_gaps(FLOW, strange)) == [
            "missing-translation : the title is not translated",
            "stale-translation : 2 entries say not what was translated, so nobody sees when it changes: in and bye",
            "missing-translation /steps: the step hello is not translated",
            "missing-translation /steps/bye: the title of the step bye is not translated",
            "placeholder-in-prompt /steps/bye/text: the text of the step bye lacks {tone}",
            "unknown-reference /steps/helo: the step helo is not in the flow",
            "unknown-reference /steps/in/text: the step in has no text",
            "unknown-reference /steps/tone: the step tone says nothing and has no title",
        ]
        assert [one for one in library.translation_gaps(FLOW, STROLL) if one.rule != "stale-translation"] == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """
    A folder with a bank in three languages, one that builds on it, and a flow.

    ``top`` asks `pace` in its own words and `extra`, and has both in Portuguese.
    """
    dump(BANK, tmp_path / "walk.bank.yaml")
    dump(stamped(WHOLE, BANK, tmp_path), tmp_path / "walk.pt.bank.yaml")
    narrow = BankTranslation(
        translates="walk", language="pt-BR", prompts=[PromptTranslation(id="miles", text="Quão longe?", unit="milhas")]
    )
    dump(stamped(narrow, BANK, tmp_path), tmp_path / "walk.pt-BR.bank.yaml")
    german = BankTranslation(
        translates="walk",
        language="de",
        prompts=[PromptTranslation(id="pace", text="Welches Tempo?"), PromptTranslation(id="tone", text="Ton {pace}?")],
    )
    dump(german, tmp_path / "walk.de.bank.yaml")
    top = Bank(
        id="top",
        title="On top",
        language="en",
        extends=["walk"],
        remove=["miles"],
        sections=[Section(id="first", title="First", prompts=["extra"])],
        prompts=[Prompt(id="pace", text="At what pace?"), Prompt(id="extra", text="What else?")],
    )
    dump(top, tmp_path / "top.bank.yaml")
    own = BankTranslation(
        translates="top",
        language="pt",
        prompts=[PromptTranslation(id="pace", text="A que passo?"), PromptTranslation(id="extra", text="Que mais?")],
    )
    dump(own, tmp_path / "top.pt.bank.yaml")
    dump(FLOW, tmp_path / "stroll.flow.yaml")
    dump(STROLL, tmp_path / "stroll.ja.flow.yaml")
    return tmp_path


class TestInALanguage:
    def test_what_stands_in(self, folder: Path) -> None:
        """Who asks for a narrow language reads it, under it the wider, and under that the source."""
        found = library.bank(folder / "walk.bank.yaml", language="pt-br")
        assert (found.language, found.title) == ("pt-BR", "Um passeio")
        assert [one.text for one in found.prompts.values()] == [
            "Que tom, depois de {pace}?",
            "Que passo?",
            "Quão longe?",
        ]
        assert library.bank(folder / "walk.bank.yaml", language="pt-PT").language == "pt"
        assert library.bank(folder / "walk.bank.yaml", language="pt").prompts["miles"].text == "Até onde?"

    @pytest.mark.parametrize("tag", ["en", "en-GB", "sv", "zh-Hant"])
    def test_the_source(self, folder: Path, tag: str) -> None:
        """Who asks for its own language, or one that there is not, reads the source."""
        path = folder / "walk.bank.yaml"
        assert library.bank(path, language=tag) == library.bank(path) == BANK

    def test_nothing_is_wider_than_the_source(self, folder: Path) -> None:
        """A bank that is written in the wider language is not read in a translation into it."""
        dump(Bank(id="own", title="Nosso", language="pt", prompts=[]), folder / "own.bank.yaml")
        dump(BankTranslation(translates="own", language="pt", title="Outro"), folder / "own.pt.bank.yaml")
        dump(BankTranslation(translates="own", language="pt-BR", title="Da gente"), folder / "own.pt-BR.bank.yaml")
        titles = [library.bank(folder / "own.bank.yaml", language=tag).title for tag in ("pt", "pt-PT", "pt-BR")]
        assert titles == ["Nosso", "Nosso", "Da gente"]

    def test_a_flow(self, folder: Path) -> None:
        """A flow is read in the language as a bank is."""
        assert library.flow(folder / "stroll.flow.yaml", language="ja-JP") == library.translated(FLOW, STROLL)
        assert library.flow(folder / "stroll.flow.yaml", language="pt") == FLOW

    def test_a_bank_on_another(self, folder: Path) -> None:
        """What was taken over is read in the translation of where it came from, and the rest in that of its own."""
        found = library.bank(folder / "top.bank.yaml", language="pt")
        assert {key: one.text for key, one in found.prompts.items()} == {
            "tone": "Que tom, depois de {pace}?",
            "pace": "A que passo?",
            "extra": "Que mais?",
        }
        assert (found.id, found.language, found.title) == ("top", "pt", "On top")
        # It says the same title as the section that it names, so the translation of that fits.
        assert found.sections[0].title == "Primeiro"

    def test_what_was_replaced(self, folder: Path) -> None:
        """A translation of what was replaced is not put in the place of what came instead."""
        found = library.bank(folder / "top.bank.yaml", language="de")
        assert found.prompts["pace"].text == "At what pace?"
        assert found.prompts["tone"].text == "Ton {pace}?"

    def test_what_a_layer_says_the_same(self, folder: Path) -> None:
        """What a layer says in the same words keeps its translation, but for what it says in others."""
        pace = Prompt(id="tone", text=BANK.prompts["tone"].text, why="Else.", tags=["x"])
        same = Prompt(
            id="tone",
            text=pace.text,
            why="Else.",
            tags=["x"],
            answer=BANK.prompts["tone"].answer,
            follow_ups=BANK.prompts["tone"].follow_ups,
        )
        path = folder / "over.bank.yaml"
        dump(Bank(id="over", title="Over", language="en", extends=["walk"], prompts=[same]), path)
        tone = library.bank(path, language="pt").prompts["tone"]
        assert (tone.text, tone.why, tone.tags) == ("Que tom, depois de {pace}?", "Else.", ("x",))

    def test_a_layer_may_translate_what_it_takes_over(self, folder: Path) -> None:
        """Where the base has not the language, the translation of the layer may say all."""
        own = BankTranslation(
            translates="top", language="sv", prompts=[PromptTranslation(id="tone", text="Vilken ton, {pace}?")]
        )
        dump(own, folder / "top.sv.bank.yaml")
        found = library.bank(folder / "top.bank.yaml", language="sv")
        assert (found.prompts["tone"].text, found.prompts["extra"].text) == ("Vilken ton, {pace}?", "What else?")
        assert told(library.check_translation(own, beside=folder / "top.sv.bank.yaml"))[-1].startswith(
            "missing-translation /prompts/tone: the why"
        )

    def test_a_layer_in_another_language(self, folder: Path) -> None:
        """What a bank takes over comes in its own language, where that is there."""
        top = Bank(id="oben", title="Oben", language="pt-BR", extends=["walk"], prompts=[Prompt(id="x1", text="Olá?")])
        dump(top, folder / "oben.bank.yaml")
        found = library.bank(folder / "oben.bank.yaml")
        assert [one.text for one in found.prompts.values()] == [
            "Que tom, depois de {pace}?",
            "Que passo?",
            "Quão longe?",
            "Olá?",
        ]
        assert (found.language, found.title) == ("pt-BR", "Oben")
        assert library.bank(folder / "oben.bank.yaml", language="en").prompts["pace"].text == "What pace?"

    def test_what_is_built_in_is_translated_where_it_is_used(self, folder: Path) -> None:
        """A translation of a built-in bank lies beside the file that names it."""
        swedish = BankTranslation(
            translates="team", language="sv", prompts=[PromptTranslation(id="purpose", text="Vad är vi här för?")]
        )
        dump(swedish, folder / "team.sv.bank.yaml")
        found = library.bank("team", beside=folder / "stroll.flow.yaml", language="sv")
        assert found.prompts["purpose"].text == "Vad är vi här för?"
        assert library.bank("team", language="sv") == library.bank("team")

    def test_a_bank_of_one_s_own_is_not_read_in_words_for_another(self, folder: Path) -> None:
        """A bank that has the name of a built-in one is not read in the words of that one."""
        dump(Bank(id="team", title="Ours", language="en", prompts=[]), folder / "team.bank.yaml")
        assert library.bank("team", beside=folder / "x.flow.yaml", language="pt").title == "Ours"

    @pytest.mark.parametrize("kind", ["bank", "flow"])
    @pytest.mark.parametrize("name", library.bank_names())
    def test_what_is_built_in(self, name: str, kind: str) -> None:
        """Built-in banks and flows are read in each language, and in the same one it is the same."""
        find = library.bank if kind == "bank" else library.flow
        found = {find(name, language=tag).title for tag in ("en", "pt", "de", "ja")}
        assert len(found) == 4
        assert find(name, language="de-CH") == find(name, language="de")


class TestTranslationsOf:
    def test_which_there_are(self, folder: Path) -> None:
        """They are listed by language, in its one way of writing; without reading one it says which languages."""
        (folder / "walk.JA-jp.bank.json").write_text(
            '{"alliancekit": "bank/1", "translates": "walk", "language": "ja-JP"}'
        )
        (folder / "walk.ja_KS.bank.yaml").write_text("no tag, so no translation")
        (folder / "walk.a.b.bank.yaml").write_text("nor this")
        path = folder / "walk.bank.yaml"
        assert library.languages_of(path) == ("de", "ja-JP", "pt", "pt-BR")
        assert [one.language for one in library.translations_of(path)] == ["de", "ja-JP", "pt", "pt-BR"]
        assert library.languages_of(folder / "stroll.flow.yaml", "flow") == ("ja",)
        assert library.translations_of(folder / "stroll.flow.yaml", "flow") == (STROLL,)

    def test_by_name(self) -> None:
        """What is built in has three translations, which are read once."""
        assert library.languages_of("team") == library.languages_of("team", "flow") == ("de", "ja", "pt")
        assert library.translations_of("team")[0] is library.translations_of("team")[0]
        with pytest.raises(UnknownNameError, match="did you mean 'team'"):
            library.languages_of("taem")

    def test_a_file_that_is_named_for_another(self, folder: Path) -> None:
        """A file that says another language, or another bank, than its name is refused, with its path."""
        path = folder / "walk.bank.yaml"
        (folder / "walk.pt.bank.yaml").rename(folder / "walk.ja.bank.yaml")
        with pytest.raises(
            DocumentError, match=r"walk\.ja\.bank\.yaml:\d+:\d+: is named for ja, and says that it is in pt"
        ):
            library.bank(path, language="ja")
        (folder / "walk.ja.bank.yaml").unlink()
        (folder / "top.pt.bank.yaml").rename(folder / "walk.pt.bank.yaml")
        with pytest.raises(DocumentError, match="is named for the bank walk, and translates top"):
            library.translations_of(path)

    def test_a_file_of_another_name(self, folder: Path) -> None:
        """A bank whose file has another name than it has its translations by either."""
        (folder / "walk.bank.yaml").rename(folder / "mine.bank.yaml")
        (folder / "walk.de.bank.yaml").rename(folder / "mine.de.bank.yaml")
        assert library.languages_of(folder / "mine.bank.yaml") == ("de", "pt", "pt-BR")

    def test_a_translation_that_is_not_sound(self, folder: Path) -> None:
        """A translation with findings is refused only where it is needed."""
        (folder / "walk.pt.bank.yaml").write_text("alliancekit: bank/1\ntranslates: walk\nlanguage: pt\nprompt: {}\n")
        assert library.bank(folder / "walk.bank.yaml", language="de").language == "de"
        with pytest.raises(DocumentError, match="did you mean 'prompts'"):
            library.bank(folder / "walk.bank.yaml", language="pt")


class TestCheckTranslation:
    def test_a_narrow_one(self, folder: Path) -> None:
        """What the wider translation has is not missing from the narrower one."""
        path = folder / "walk.pt-BR.bank.yaml"
        assert library.check_translation(load(path, BankTranslation), beside=path) == ()

    def test_what_a_base_has(self, folder: Path) -> None:
        """What the translation of a base has is not missing from that of the layer."""
        path = folder / "top.pt.bank.yaml"
        library.stamp(path, library.bank(folder / "top.bank.yaml"))
        found = library.check_translation(load(path, BankTranslation), beside=path)
        assert told(found) == ["missing-translation : the title is not translated"]

    def test_the_source(self, folder: Path) -> None:
        """What a translation translates is found beside it, whole."""
        path = folder / "top.pt.bank.yaml"
        found = library.source_of(load(path, BankTranslation), beside=path)
        assert found == library.bank(folder / "top.bank.yaml")
        assert library.source_of(STROLL, beside=folder / "stroll.ja.flow.yaml") == FLOW
        with pytest.raises(UnknownNameError):
            library.source_of(STROLL)

    @pytest.mark.parametrize(
        "name", ["walk.pt_BR.bank.yaml", "walk.ja.bank.yaml", "stroll.pt-BR.bank.yaml", "walk.yaml", "walk.pt-BR.yaml"]
    )
    def test_a_name_by_which_nobody_finds_it(self, folder: Path, name: str) -> None:
        """A translation whose file is named for another language, another bank or none is never read, and that is said."""
        path = (folder / "walk.pt-BR.bank.yaml").rename(folder / name)
        (found,) = library.check_translation(load(path, BankTranslation), beside=path)
        assert (found.rule, found.pointer) == ("missing-translation", "/language")
        assert found.message == "nobody who asks for walk in pt-BR finds it by this name"
        assert found.hint == "call it walk.pt-BR.bank.yaml"

    def test_a_bank_in_a_file_of_another_name(self, folder: Path) -> None:
        """What is translated is found by the name that both files have, and is called by its id."""
        (folder / "walk.bank.yaml").rename(folder / "mine.bank.yaml")
        path = (folder / "walk.pt.bank.yaml").rename(folder / "mine.pt.bank.yaml")
        translation = load(path, BankTranslation)
        assert library.check_translation(translation, beside=path) == ()
        assert library.source_of(translation, beside=path) == BANK
        (found, *_) = library.check_translation(evolve(translation, translates="mine"), beside=path)
        assert (found.rule, found.pointer) == ("unknown-base", "/translates")
        assert (found.message, found.hint) == ("the bank that 'mine' names has the id 'walk'", "write walk")

    def test_a_flow(self, folder: Path) -> None:
        """The translation of a flow is held against the flow beside it."""
        path = folder / "stroll.ja.flow.yaml"
        library.stamp(path, FLOW)
        assert library.check_translation(load(path, FlowTranslation), beside=path) == ()


class TestCoverage:
    def test_complete(self, folder: Path) -> None:
        """A bank of which everything is there is complete; narrower languages are, by what stands in."""
        found = library.translation_coverage(folder / "walk.bank.yaml", "pt-BR")
        assert found.is_complete
        assert (found.tags, found.total, len(found.complete)) == (("pt-BR", "pt"), 3, 3)
        assert {sort: str(share) for sort, share in found.texts.items()} == {
            "titles": "2/2",
            "texts": "3/3",
            "whys": "1/1",
            "options": "2/2",
            "ends": "2/2",
            "units": "1/1",
            "follow_ups": "2/2",
        }

    def test_what_is_not(self, folder: Path) -> None:
        """What is missing, stale and not stamped is counted and named."""
        found = library.translation_coverage(folder / "walk.bank.yaml", "de")
        assert (found.complete, found.missing, found.unstamped) == ((), ("tone", "pace", "miles"), ("tone", "pace"))
        dump(BANK.with_prompts(BANK.prompts["miles"].with_text("How many?")), folder / "walk.bank.yaml")
        found = library.translation_coverage(folder / "walk.bank.yaml", "pt")
        assert (found.complete, found.stale) == (("tone", "pace"), ("miles",))
        assert [one.rule for one in found.findings] == ["stale-translation"]

    def test_what_a_wider_one_lends(self, folder: Path) -> None:
        """An entry that has only its text is stale with the options that a wider language lends it."""
        path = folder / "walk.bank.yaml"
        narrow = BankTranslation(
            translates="walk", language="pt-BR", prompts=[PromptTranslation(id="tone", text="Tom, depois de {pace}?")]
        )
        dump(narrow, folder / "walk.pt-BR.bank.yaml")
        path.write_text(path.read_text(encoding="utf-8").replace("Warm", "Cordial"), encoding="utf-8")
        found = library.translation_coverage(path, "pt-BR")
        assert (found.stale, found.unstamped) == (("tone",), ("tone",))
        library.stamp(folder / "walk.pt-BR.bank.yaml", library.bank(path))
        found = library.translation_coverage(path, "pt-BR")
        assert (found.stale, found.unstamped, found.is_complete) == (("tone",), (), False)
        library.stamp(folder / "walk.pt.bank.yaml", library.bank(path))
        assert library.translation_coverage(path, "pt-BR").is_complete

    def test_its_own_language(self, folder: Path) -> None:
        """In its own language a bank is complete."""
        found = library.translation_coverage(folder / "walk.bank.yaml", "en-GB")
        assert (found.is_complete, found.tags) == (True, ("en",))

    def test_a_language_that_there_is_not(self, folder: Path) -> None:
        """Where there is no translation, all is missing."""
        found = library.translation_coverage(folder / "walk.bank.yaml", "sv")
        assert (found.tags, found.missing, found.is_complete) == ((), ("tone", "pace", "miles"), False)

    def test_a_bank_on_another(self, folder: Path) -> None:
        """A bank is counted whole, with what it takes over."""
        found = library.translation_coverage(folder / "top.bank.yaml", "pt")
        assert (found.complete, found.unstamped) == (("tone",), ("pace", "extra"))
        library.stamp(folder / "top.pt.bank.yaml", library.bank(folder / "top.bank.yaml"))
        found = library.translation_coverage(folder / "top.bank.yaml", "pt")
        assert [one.message for one in found.findings] == ["the title is not translated"]

    def test_a_section_that_goes(self, folder: Path) -> None:
        """The words of a section that goes with the last of its prompts are no gap of the bank that removes these."""
        short = Bank(id="short", title="A walk", language="en", extends=["walk"], remove=["tone", "pace"])
        dump(short, folder / "short.bank.yaml")
        found = library.translation_coverage(folder / "short.bank.yaml", "pt")
        assert (found.complete, found.findings) == (("miles",), ())

    def test_a_flow(self, folder: Path) -> None:
        """A flow is counted by its steps that have words."""
        library.stamp(folder / "stroll.ja.flow.yaml", FLOW)
        found = library.translation_coverage(folder / "stroll.flow.yaml", "ja", "flow")
        assert (found.is_complete, found.total) == (True, 3)

    @pytest.mark.parametrize("language", ["pt", "de", "ja"])
    @pytest.mark.parametrize("kind", ["bank", "flow"])
    @pytest.mark.parametrize("name", library.bank_names())
    def test_what_is_built_in(self, name: str, kind: str, language: str) -> None:
        """All that is built in is complete in three more languages."""
        assert kind in ("bank", "flow")
        assert library.translation_coverage(name, language, "flow" if kind == "flow" else "bank").findings == ()
