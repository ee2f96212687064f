"""What the text of a prompt asks, and which prompts ask the same."""

import pytest

from alliancekit.check import Words
from alliancekit.check._words import Asking, alike, blanks_in, words_of
from alliancekit.check._words._alike import Pair


def asking(text: str, language: str = "en") -> Asking:
    return Asking(text, words_of(language), language)


def questions(text: str, language: str = "xx") -> int:
    return len(asking(text, language).questions)


class TestQuestions:
    @pytest.mark.parametrize(
        ("text", "count"),
        [
            ("What do you want? What do you fear?", 2),
            ("What do you want?What do you fear?", 2),
            ("What do you want?! Really, how come?!", 2),
            ("What is the No. 1 problem right now?", 1),
            ("What do you think of https://a.example/b?c=d&e=f in all its glory?", 1),
            ("When somebody asks you “why do you do that?”, what do you say?", 1),
            ('When somebody asks "why do you do that?" do you answer?', 1),
            ("Did you mean that? (What did others hear? What did they say?)", 1),
            ("(What did others hear? What did they say?)", 2),
            ("Was hoffst du heute? Und was fürchtest du dabei?", 2),
            ("¿Qué esperas de todo esto? ¿Y qué temes de todo esto?", 2),
            ("ما الذي تأمله من هذا؟ وما الذي تخشاه منه؟", 2),
            ("你希望什么？你害怕什么？", 2),
            ("何を望みますか。何を恐れますか。", 2),
            ("何を望みますか", 1),
            ("それはいいことです。", 0),
            ("Ի՞նչ եք ուզում մեզանից։ Ինչի՞ց եք վախենում այստեղ։", 2),
            ("What do you want in five years? Ten years?", 1),
            ("Que veux-tu ? Pourquoi pas ?", 1),
            ("Say what you want.", 0),
            ("???", 1),
            ("", 0),
        ],
    )
    def test_in_any_language(self, text: str, count: int) -> None:
        """Questions are counted by their marks, without those of an aside, of somebody quoted, or of a word or two."""
        assert questions(text) == count

    def test_greek(self) -> None:
        """In Greek a semicolon asks, and only there."""
        text = "Τι περιμένεις από αυτό; Και τι φοβάσαι από αυτό;"
        assert (questions(text, "el"), questions(text, "en")) == (2, 0)
        assert questions("Τι θέλεις να κάνουμε\u037e") == 1

    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("Are you happy here? What makes you say that?", "en"),
            ("Do you get enough feedback? If not, why not?", "en"),
            ("What could be better? And why do you think so?", "en"),
            ("Sentes-te bem aqui? O que te leva a dizer isso?", "pt"),
            ("Bist du zufrieden? Woran machst du das fest?", "de"),
            ("ここにいて楽しいですか？　どうしてそう思いますか？", "ja"),
        ],
    )
    def test_reasons(self, text: str, language: str) -> None:
        """That somebody is asked why is no question of its own, in a language whose words are known."""
        assert questions(text, language) == 1
        assert questions(text) == 2

    def test_places(self) -> None:
        """Each has its place in the text, whatever was passed over."""
        text = "What (if anything?) do you want? What do you fear?"
        first, second = asking(text).questions
        assert text[second.start : second.end].strip() == "What do you fear?"
        assert (first.start, first.end) == (0, second.start)


class TestClosed:
    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("Do you trust each other?", "en"),
            ("Don’t you trust each other?", "en"),
            ("Next week, would you take the minutes?", "en"),
            ("So do you trust each other?", "en"),
            ("And are you sure?", "en"),
            ("Anything else on your mind?", "en"),
            ("When you are stuck, do you ask for help?", "en"),
            ("Do you feel challenged at work? Are you learning new things?", "en"),
            ("Is there anything that you would like to talk about?", "en"),
            ("Happiness, from 1 to 10?", "en"),
            ("Sentes que recebes feedback suficiente?", "pt"),
            ("Há alguma coisa que te preocupa?", "pt-BR"),
            ("Você se sente à vontade aqui?", "pt"),
            ("Gibt es etwas, was dich stört?", "de"),
            ("Fühlst du dich hier wohl?", "de"),
            ("Wenn es eng wird, bittest oder hast du gebeten um Hilfe?", "de"),
            ("私に何かフィードバックはありますか？", "ja"),
            ("私の助けが必要な場面はありますか。", "ja"),
        ],
    )
    def test_closed(self, text: str, language: str) -> None:
        """A question that one word answers is closed."""
        assert asking(text, language).is_closed

    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("What do you want?", "en"),
            ("At what point do you ask for help?", "en"),
            ("If you were me, what would you do?", "en"),
            ("As a team, how do we decide?", "en"),
            ("When did you last laugh here?", "en"),
            ("Do you feel safe here? Why or why not?", "en"),
            ("Do you feel safe here? What would help?", "en"),
            ("Is there anything that you would change, and if so, why?", "en"),
            ("Is there anything that you would change, and why?", "en"),
            ("Could you tell me a little more about that?", "en"),
            ("Please describe a good day. Is it like today?", "en"),
            ("Who should decide?", "en"),
            ("Trust each other.", "en"),
            ("What's up?", "en"),
            ("O que esperas?", "pt"),
            ("Com quem gostas de trabalhar?", "pt"),
            ("Podes descrever um bom dia?", "pt"),
            ("Was wünschst du dir?", "de"),
            ("Mit wem arbeitest du gern?", "de"),
            ("Bitte beschreibe: Ist das so?", "de"),
            ("どんな風にフィードバックを受け取りたいですか？", "ja"),
            ("いつから困っていますか？", "ja"),
            ("それについてもう少し教えてもらえますか？", "ja"),
            ("Avez-vous confiance ?", "fr"),
        ],
    )
    def test_open(self, text: str, language: str) -> None:
        """One that asks for more, or for a favour, is open; of a language without words nobody says that one is closed."""
        assert not asking(text, language).is_closed


class TestAsks:
    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("What do you want?", "en"),
            ("Tell me about your week.", "en"),
            ("In one sentence, describe your aim.", "en"),
            ("Please name three things that you enjoy.", "en"),
            ("(And you?)", "en"),
            ("Descreve um bom dia.", "pt"),
            ("Por favor, conte-nos uma história.", "pt"),
            ("Beschreibe einen guten Tag.", "de"),
            ("Bitte erzähl von deiner Woche.", "de"),
            ("この1週間について教えてください。", "ja"),
            ("今日話し合わなければいけないことは何でしょうか。", "ja"),
            ("Bonjour.", "fr"),
        ],
    )
    def test_asks(self, text: str, language: str) -> None:
        """A question asks, and a request does; of a language without words nobody says that something does not."""
        assert asking(text, language).asks

    @pytest.mark.parametrize(
        ("text", "language", "begins"),
        [
            ("Feedback on our meetings", "en", False),
            ("We share what we know.", "en", False),
            ("What are your goals (for the group)", "en", True),
            ("Um bom dia", "pt", False),
            ("Qual o objetivo da equipa", "pt", True),
            ("Ein guter Tag", "de", False),
            ("Was dich stört", "de", True),
            ("良い一日", "ja", False),
        ],
    )
    def test_does_not(self, text: str, language: str, begins: bool) -> None:
        """A heading or a statement asks nothing, and a question may lack its mark."""
        assert (asking(text, language).asks, asking(text, language).begins_as_question) == (False, begins)


class TestAlike:
    def pairs(self, *texts: str, language: str = "en") -> list[Pair]:
        return [*alike(texts, words_of(language))]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("What do you want?", "what do you  want"),
            ("What do you want?", "What, do you want…"),
            ("Où vas-tu\u00a0?", "OU\u0300 vas tu"),
            ("何を望みますか？", "何を望みますか。"),
        ],
    )
    def test_same(self, one: str, other: str) -> None:
        """Case, punctuation, spacing and how accents are written make no difference, in any language."""
        assert [*alike((one, other), None)] == [Pair(1, 0, is_same=True)]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (
                "What could I do as a manager to make your work easier?",
                "What can I do as a manager to make your work easier?",
            ),
            ("What questions do you have about the project?", "What questions do you have about this project?"),
            ("How should we thank you for good work?", "How should we thank you for your good work here?"),
            (
                "How do you feel your work and home balance is right now?",
                "How do you feel your work and home balance is?",
            ),
        ],
    )
    def test_nearly(self, one: str, other: str) -> None:
        """Two thirds of the words that not every question has are enough; of few nearly all words."""
        assert self.pairs(one, other) == [Pair(1, 0, is_same=False)]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("What are you most excited about?", "What are you most worried about?"),
            ("What can you do to make progress on what was said?", "What can I do to make progress on what was said?"),
            ("Which part of our meetings do you enjoy most?", "Which part of our meetings do you enjoy least?"),
            ("Who helps you?", "How do you help?"),
            ("Which work, feedback and meetings help here?", "Which feedback, meetings and lunches help the tired?"),
        ],
    )
    def test_others(self, one: str, other: str) -> None:
        """Who is meant, and most or least, make another question."""
        assert self.pairs(one, other) == []

    def test_the_first(self) -> None:
        """The first of several is the one that the others repeat; a text without a word is like nothing."""
        assert self.pairs("What now?", "?", "Why?", "what now", "What now!", "?") == [
            Pair(3, 0, is_same=True),
            Pair(4, 0, is_same=True),
        ]

    def test_without_words(self) -> None:
        """Nearly the same is told only where the small words of a language are known."""
        texts = ("Que pensez-vous de nos réunions du lundi ?", "Que pensez-vous de nos longues réunions du lundi ?")
        assert [*alike(texts, None)] == [*alike(texts, Words(vague=("a",)))] == []


class TestBlanks:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("How is [name of child]?", ["[name of child]"]),
            ("How is [ ]? And [...]?", ["[ ]", "[...]"]),
            ("How is <project> going?", ["<project>"]),
            ("How is the project X going?", ["X"]),
            ("XはどうですかX", ["X", "X"]),
            ("Is it XX or XXX?", ["XX", "XXX"]),
            ("What about ____?", ["____"]),
            ("TBD", ["TBD"]),
            ("Ask about TODO.", ["TODO"]),
            ("［名前］さんは？", ["［名前］"]),
        ],
    )
    def test_found(self, text: str, found: list[str]) -> None:
        """What somebody was to fill in is found, in the ways in which people write it."""
        assert [text[start:end] for start, end in blanks_in(text)] == found

    @pytest.mark.parametrize(
        "text",
        [
            "Read [our charter](https://a.example) first?",
            "As in the note [1]?",
            "Is a < b and c > d?",
            "Is <b>that</b> so?<br/>",
            "See <https://a.example> or <a@b.example>?",
            "X-rays, vitamin-X, Xavier, MacOSX, X's?",
            "Does Generation X differ? And Windows X?",
            "Some __bold__ words and snake_case?",
            "Who works in todo lists?",
        ],
    )
    def test_not_found(self, text: str) -> None:
        """Links, notes, markup and names are none."""
        found = [text[start:end] for start, end in blanks_in(text)]
        assert found == (["X"] if "X's" in text else [])


@pytest.mark.parametrize(
    "text",
    [
        "?" * 10_000,
        "." * 10_000,
        "!" * 9_999 + "?",
        "a? " * 3_333,
        "(" * 10_000,
        "(a?" * 3_333,
        "[" * 10_000,
        "<a" * 5_000,
        "_" * 10_000,
        "_ " * 5_000,
        "X " * 5_000,
        "what do " * 1_250,
        "do, " * 2_500,
        "and " * 2_500,
        "か。" * 5_000,
        "何" * 10_000,
        "' " * 5_000,
        '?"' * 5_000,
        "a. B" * 2_500,
        ". " * 5_000,
        " " * 10_000,
        ".\u00a0" + " " * 9_998,
    ],
)
def test_hostile_texts(text: str) -> None:
    """However a text repeats itself, it is read to its end."""
    for language in ("en", "ja", "el"):
        one = asking(text, language)
        assert len((one.questions, one.asks, one.begins_as_question, one.is_closed, [*blanks_in(text)])) == 5


def test_hostile_lists() -> None:
    """However many prompts are like each other, or nearly so, the list is read to its end."""
    near = [" ".join(f"w{(number * step) % 97}" for step in range(1, 30)) for number in range(5_000)]
    same = ["trust safety work meeting " + "a" * (number % 7) for number in range(5_000)]
    every = [f"trust safety work meeting number{number} other{number} more{number}" for number in range(5_000)]
    found = [len([*alike(texts, words_of("en"))]) for texts in (near, same, every)]
    assert found == [4_903, 4_999, 0]
