"""The words of a language, and what they say of a text."""

import pickle
import re
from importlib.resources import files
from tomllib import loads
from unicodedata import normalize

import pytest

from alliancekit import check
from alliancekit.check import Settings, Words, read_words, words_of
from alliancekit.check._words import Reading
from alliancekit.check._words._words import LISTS
from alliancekit.documents import loads as loads_document
from alliancekit.documents import read_tree
from alliancekit.errors import ConfigurationError, InvalidValueError, UnknownNameError
from alliancekit.model import Alliance
from tests.documents.base import whole
from tests.shared import ROOT

KLINGON = Words(vague=("qu{v,S}",), observable=("tera'",))
BUILT_IN = sorted(
    one.name.removesuffix(".toml") for one in files("alliancekit.check._words").iterdir() if one.name.endswith(".toml")
)
# German and Japanese know questions so far, and no clauses. In Japanese a question shows at its end what it is, and there is
# nothing between words by which those could be told that all have in common.
OF_CLAUSES = [*LISTS[: LISTS.index("asking")]]
LACKING = {
    *(("de", name) for name in OF_CLAUSES),
    *(("ja", name) for name in (*OF_CLAUSES, "closed", "common", "deciding")),
} - {("de", "joins"), ("de", "alternatives"), ("ja", "idioms")}


def english() -> Words:
    words = words_of("en")
    assert words is not None
    return words


def reading(text: str, words: Words | None = None) -> Reading:
    return Reading(text, words or english())


def names(text: str, kind: str) -> list[str]:
    return [one.words for one in getattr(reading(text), kind)]


def rules(text: str, settings: Settings, language: str = "en") -> set[str]:
    example = f"language: {language}\nground_rules:\n  one:\n    topic: conflict\n    text: {text}"
    found = check.check_text(whole(example, is_sound=True), settings=settings)
    return {one.rule for one in found if one.pointer == "/ground_rules/one/text"}


class TestLookingUp:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("We answer promptly.", ["promptly"]),
            ("PROMPTLY we answer", ["PROMPTLY"]),
            ("Promptly, promptly and fairly", ["Promptly", "fairly"]),
            ("We grow open-minded", ["open-minded"]),
            ("We grow open minded", ["open minded"]),
            ("We grow open‑minded", ["open‑minded"]),
            ("We do our\n  best", ["do our\n  best"]),
            ("A self-transparent and patient-facing tool", []),
            ("unfair, soonest, nicely, snake_nice_case", []),
            ("We do our. Best of all", []),
            ("For better or worse we talk", []),
        ],
    )
    def test_whole_words(self, text: str, found: list[str]) -> None:
        """Words are found whole, in any case, with a hyphen or a space, and not across a mark nor in an idiom."""
        assert found == names(text, "vague")

    def test_apostrophes_and_accents(self) -> None:
        """However an apostrophe or an accent is typed, the word is the same."""
        words = Words(vague=("d'accord", "ge\u0301nial"))
        for text in ("D’accord", "d'accord", "g\u00e9nial", "GE\u0301NIAL"):
            assert reading(text, words).vague, text

    def test_places(self) -> None:
        """A word is given with its place in the text, where that is written as it is read."""
        (found,) = reading("Wir — promptly").vague
        assert (found.words, found.start, found.end) == ("promptly", 6, 14)
        (found,) = reading("e\u0301e\u0301 promptly").vague
        assert (found.words, found.start, found.end) == ("promptly", None, None)
        (found,) = reading("\u0130 promptly").vague
        assert (found.words, found.start, found.end) == ("promptly", None, None)

    @pytest.mark.parametrize(
        "text", ["", " ", "…", "\u0301", "我们互相尊重", "หมู่บ้าน", "हम सुनते हैं", "\U0001f91d", "a" * 9999]
    )
    def test_other_scripts(self, text: str) -> None:
        """A text in any script is read."""
        assert (names(text, "vague"), reading(text).quality, reading(text).negation) == ([], None, None)


class TestWhatHolds:
    @pytest.mark.parametrize(
        "text",
        ["Promptly, in 4 hours", "In chat, promptly", "Promptly: today", "٣ times a day", "See https://example.org"],
    )
    def test_held(self, text: str) -> None:
        """A digit of any script, a time, a channel or an artefact holds a text to something."""
        assert reading(text).is_held

    @pytest.mark.parametrize("text", ["We give 100 %", "24/7", "At the end of the day we talk", "Talk once in a while"])
    def test_not_held(self, text: str) -> None:
        """A number or a time that is part of the word itself, or of an idiom, stands beside nothing."""
        assert not reading(text).is_held


class TestGrammar:
    @pytest.mark.parametrize(
        "text",
        ["Transparent.", "Open and honest", "Be nice!", "Trust", "We are always kind to each other", "RESPECT & FUN"],
    )
    def test_bare(self, text: str) -> None:
        """A text of qualities and small words is bare."""
        assert reading(text).quality
        assert reading(text).vague == ()

    @pytest.mark.parametrize("text", ["Be there", "Kind words for newcomers", "", "…", "to each other", "Trust?"])
    def test_not_bare(self, text: str) -> None:
        """One word more, and it says something."""
        assert reading(text).quality is None

    @pytest.mark.parametrize(
        ("text", "opening"),
        [
            ("No blaming", "No"),
            ("Don’t interrupt.", "Don’t"),
            ("We never shout. We do not sulk.", "never"),
            ("No blaming, shaming or sulking", "No"),
            ("No gossip and no grudges", "No"),
            ("Please avoid jargon", "avoid"),
            ("Nobody is left behind", "Nobody"),
        ],
    )
    def test_negative(self, text: str, opening: str) -> None:
        """A text of which each part begins with a negation says only what not to do."""
        found = reading(text).negation
        assert found is not None
        assert found.words == opening
        assert reading(text).absolute == ()

    @pytest.mark.parametrize(
        "text",
        [
            "Don't interrupt, listen.",
            "No blame: we look for the cause",
            "Never alone, but in pairs",
            "No surprises. We say it early.",
            "Don't shout and sit down",
            "Don't hesitate to ask",
            "Never forget to thank",
            "Nothing is decided until both agree",
            "We listen and never shout",
            "No meeting without a question that it is to answer",
            "Nobody has to justify a no",
            "Notes are kept",
        ],
    )
    def test_not_negative(self, text: str) -> None:
        """What is done instead, an exception, or forbidding the opposite makes it say something."""
        assert reading(text).negation is None

    @pytest.mark.parametrize(
        ("text", "second"),
        [
            ("We will listen, and we will answer.", "we will"),
            ("I'll cook. I'll wash up.", "I'll"),
            ("Share what you know, support each other and admit mistakes", "support"),
            ("We will share knowledge, support others & praise them", "support"),
        ],
    )
    def test_compound(self, text: str, second: str) -> None:
        """Two promises, or three instructions, are more than one thing."""
        found = reading(text).second_promise
        assert found is not None
        assert found.words == second

    @pytest.mark.parametrize(
        "text",
        [
            "We will listen.",
            "Listen and learn.",
            "We stop, breathe, and go on",
            "We will stop when voices rise, and we will talk again",
            "Share knowledge and support each other",
            "Share notes, code and tools",
            "We will share, and ask, and listen",
            "Be brave: share notes and support others",
            "We help each other to think differently, share what we saw and support others",
        ],
    )
    def test_not_compound(self, text: str) -> None:
        """One action in several steps, or on several things, is one promise."""
        assert reading(text).second_promise is None


class TestLanguages:
    def test_tags(self) -> None:
        """A tag is looked for whole, then by its beginning; without one a text is English."""
        assert words_of("EN-gb") is words_of("en") is words_of(None)
        assert words_of("english") is None
        assert words_of("../en") is None
        assert words_of("en/../../x") is None
        hella = Words(vague=("hella",))
        own = {"tlh": KLINGON, "EN-us": hella}
        assert words_of("tlh-KX", own) == KLINGON
        assert words_of("en-US", own) == english().with_more(hella)
        assert words_of("en-GB", own) is words_of("en")
        assert words_of("fr", own) is None

    def test_own(self) -> None:
        """Whoever knows a language gives its words with the settings, or more of one that is there."""
        settings = Settings(words={"tlh": KLINGON})
        assert rules("QuS maH", settings, "tlh") == {"vague-wording"}
        assert rules("QuS maH tera'", settings, "tlh") == set()
        more = Settings(words={"en": Words(vague=("synergy",), idioms=("nice weather",))})
        assert rules("We seek synergy with others", more) == {"vague-wording"}
        assert rules("We seek synergy with others", Settings()) == set()
        assert rules("In nice weather we cook", Settings()) == {"vague-wording"}
        assert rules("In nice weather we cook", more) == set()

    def test_in_a_configuration(self) -> None:
        """A project says them in its configuration."""
        table = {"words": {"tlh": {"vague": ["qu{v,S}"], "observable": ["tera'"]}}}
        settings = check.make_configuration(table).settings()
        assert settings == Settings(words={"tlh": KLINGON})
        with pytest.raises(ConfigurationError, match=r"words\.tlh: unknown key 'vage'; did you mean 'vague'"):
            check.make_configuration({"words": {"tlh": {"vage": ["qu{v,S}"]}}})

    def test_as_the_documentation_shows(self) -> None:
        """The table that the documentation shows is a sound configuration."""
        page = (ROOT / "docs" / "explanation" / "wording.md").read_text(encoding="utf-8")
        (block,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
        settings = check.make_configuration(loads(block)).settings()
        assert rules("We proberen netjes af te wassen.", settings, "nl") == {"vague-wording", "weasel-wording"}
        assert rules("We seek synergy with others", settings) == {"vague-wording"}

    def test_one_by_one(self) -> None:
        """A list that a language lacks is not judged."""
        assert reading("No. Never", Words()).negation is None
        assert reading("nice", Words()).quality is None

    def test_odd_entries(self) -> None:
        """An entry of which nothing is left is found nowhere."""
        words = Words(vague=("{,s}", "\u00a0", "a{b", "{a}{b}", "\u0301"), idioms=("{,}x", "- -x"))
        assert [one.words for one in reading("s", words).vague] == ["s"]
        assert reading("", words).vague == ()

    def test_picklable(self) -> None:
        """Settings with words go to other processes, before and after they were used."""
        settings = Settings(words={"tlh": KLINGON})
        assert Reading("quv", KLINGON).vague
        assert pickle.loads(pickle.dumps(settings)) == settings

    def test_from_a_file(self) -> None:
        """The words of a language are read from TOML."""
        assert read_words('vague = ["qu{v,S}"]\nobservable = ["tera\'"]') == KLINGON

    @pytest.mark.parametrize(
        ("text", "error", "message"),
        [
            ("vague = [", InvalidValueError, "read_words.text: must be TOML: "),
            ('vage = ["a"]', UnknownNameError, "no list of words is named 'vage'; did you mean 'vague'?"),
            ("vague = [1]", InvalidValueError, "Words.vague: must be a word, or a few of them, not 1"),
            ('vague = "a"', InvalidValueError, "Words.vague: must be a list, not the text 'a'"),
            ('vague = ["", "a"]', InvalidValueError, "Words.vague: must be a word, or a few of them, not ''"),
            ('vague = ["-"]', InvalidValueError, "Words.vague: must have a word in it"),
        ],
    )
    def test_broken(self, text: str, error: type[Exception], message: str) -> None:
        """A file that is wrong says where, and what would be right."""
        with pytest.raises(error, match=re.escape(message)):
            read_words(text)

    @pytest.mark.parametrize("language", BUILT_IN)
    def test_built_in(self, language: str) -> None:
        """The words of each language are full, sorted out, and in one list of those that exclude each other."""
        words = words_of(language)
        assert words is not None
        for name in LISTS:
            entries = getattr(words, name)
            assert entries or (language, name) in LACKING, name
            assert len(entries) == len({one.lower() for one in entries}), name
        for one in ("vague", "weasel", "absolute"):
            for other in ("vague", "weasel", "absolute", "observable"):
                assert one == other or not set(getattr(words, one)) & set(getattr(words, other)), (one, other)


class TestEnglish:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Everyone tries to listen", ["Everyone tries to"]),
            ("Try your best", ["Try your best"]),
            ("We answer as quickly as we can", ["as quickly as we can"]),
            ("Come early, if at all possible", ["if at all possible"]),
        ],
    )
    def test_found(self, text: str, found: list[str]) -> None:
        """Whoever is said to try promises nothing, and is told so by one rule alone."""
        assert names(text, "weasel") == found
        assert names(text, "vague") == []

    @pytest.mark.parametrize(
        "text",
        [
            "I want to hear bad news from you and not from the client",
            "If you want to leave, say so",
            "Should anyone object, the text goes back to its author",
            "Should one of us fall ill, the others draw lots",
            "We try the idea with a customer before we argue about it",
            "Ask why somebody does not contribute as much as needed",
            "Whoever finds that something is not fair says so",
            "Say when it is enough",
            "We criticise the idea, never the person",
            "Feedback names what was done, never what somebody is like",
        ],
    )
    def test_silent(self, text: str) -> None:
        """A wish that is told, a condition, an experiment and a contrast are none of what they sound like."""
        one = reading(text)
        assert not one.is_held
        assert (one.vague, one.weasel, one.absolute, one.quality, one.negation, one.second_promise) == (
            (),
            (),
            (),
            None,
            None,
            None,
        )


class TestPortuguese:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("Respondemos rapidamente.", "vague"),
            ("Tratamos as pessoas com respeito", "vague"),
            ("Falamos uns com os outros de forma transparente", "vague"),
            ("Sempre que possível ajudamos quem chega.", "weasel"),
            ("Vamos tentar ouvir quem discorda", "weasel"),
            ("Assumimos sempre o que fizemos", "absolute"),
            ("Transparência e honestidade.", "quality"),
            ("Ser respeitosos uns com os outros", "quality"),
            ("Abertas e sinceras", "quality"),
            ("Não interromper.", "negation"),
            ("Sem culpas, sem gritos", "negation"),
            ("Nada de gritar ou amuar", "negation"),
            ("Vamos ouvir quem discorda e vamos pedir ajuda", "second_promise"),
            ("Partilhar o que sabemos, ouvir quem chega e pedir ajuda", "second_promise"),
        ],
    )
    def test_found(self, text: str, kind: str) -> None:
        """In Portuguese too, wording that binds nobody is found, whichever way it is typed."""
        for written in (text, text.upper(), normalize("NFD", text)):
            one = reading(written, words_of("pt-BR"))
            assert not one.is_held
            assert getattr(one, kind)

    @pytest.mark.parametrize(
        "text",
        [
            "Respondemos rapidamente, em duas horas.",
            "Quem é responsável diz o que falta",
            "Os pacientes falam primeiro",
            "Não hesitar em pedir ajuda",
            "Não interromper, mas pedir a palavra",
            "Sempre que alguém chega, dizemos quem somos",
            "Ouvimos quem discorda e pedimos ajuda",
            "Quem discorda fala primeiro",
            "É justo que quem decide explique porquê",
        ],
    )
    def test_silent(self, text: str) -> None:
        """What can be seen, or is only said that way, is not."""
        one = reading(text, words_of("pt"))
        found = (one.vague, one.weasel, one.absolute, one.quality, one.negation, one.second_promise)
        assert one.is_held or not any(found), found


class TestPlaces:
    @pytest.mark.parametrize(
        ("written", "place"),
        [
            ("We answer promptly.", (35, 21, 29)),
            ("'We answer promptly.'", (35, 22, 30)),
            ('"We answer promptly."', (35, 22, 30)),
            ("'We don''t answer promptly.'", (35, 29, 37)),
            ('"We\\tanswer promptly."', (35, 23, 31)),
            ('"We \\U0001f642 answer prompt\\u006cy."', (35, 33, 46)),
            ("We answer\n      promptly.", (36, 7, 15)),
            ("|  # promptly\n      We answer\n\n        promptly.", (38, 9, 17)),
            (">-\n      We answer\n      promptly.\n", (37, 7, 15)),
            ('"We answer \\\n      promptly."', (36, 7, 15)),
        ],
    )
    def test_the_word_itself(self, written: str, place: tuple[int, int, int]) -> None:
        """The word is pointed at, however it is written."""
        text = whole(f"ground_rules:\n  one:\n    topic: conflict\n    text: {written}", is_sound=True)
        (found,) = (one.span for one in check.check_text(text) if one.rule == "vague-wording")
        assert found is not None
        assert (found.start.line, found.start.column, found.end.column) == place

    def test_json(self) -> None:
        """In JSON too."""
        text = '{"alliancekit":"alliance/1","ground_rules":{"a":{"topic":"other","text":"Be there soon"}}}'
        (found,) = (one.span for one in check.check_text(text) if one.rule == "vague-wording")
        assert found is not None
        assert text[found.start.column - 1 : found.end.column - 1] == "soon"

    def test_in_memory(self) -> None:
        """A value in memory has no places, and its wording is told."""
        alliance = loads_document(whole("values: {a: {text: We answer promptly.}}", is_sound=True), Alliance)
        (found,) = (one for one in check.check_value(alliance) if one.rule == "vague-wording")
        assert (found.pointer, found.span) == ("/values/a/text", None)

    @pytest.mark.parametrize("pointer", ["/b", "/a/b", "/a/0", "", "/c"])
    def test_what_is_no_text(self, pointer: str) -> None:
        """What does not exist, or is no text, has no part."""
        assert read_tree("a: x\nc: [promptly]\n", format="yaml").part(pointer, 0, 1) is None


@pytest.mark.parametrize(
    "text",
    [
        "try " * 2500,
        "if " * 3333,
        "no, " * 2500,
        "don't " * 1666,
        "we will and " * 800,
        "a'" * 5000,
        "-" * 10_000,
        "e\u0301\u0316" * 3333,
        "a" + "\u0301\u0316" * 5000,
        "share x, " * 1100,
        "as far as as far as " * 500,
    ],
)
def test_hostile_texts(text: str) -> None:
    """However a text repeats itself, it is read to its end."""
    one = reading(text[:10_000])
    seen = (one.is_held, one.vague, one.weasel, one.absolute, one.quality, one.negation, one.second_promise)
    assert len(seen) == 7
