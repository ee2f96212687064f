"""What keys and columns are called out there, and languages: ``followUps`` is a follow-up, ``ja_JP`` is ``ja-JP``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final
from unicodedata import normalize

from alliancekit.model import BankTranslation
from alliancekit.shapes import shape_of

__all__ = [
    "ANSWER_KINDS",
    "CONTAINERS",
    "NOT_ASKED",
    "STRONG_TEXTS",
    "TEXTS",
    "field_of",
    "language_of",
    "plain_key",
    "rank_of",
    "split_language",
    "tag_of",
    "words",
]

# What is longer is no name of anything.
_LONGEST: Final = 100
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_APART: Final = re.compile(r"[\W_]+")


def words(text: str) -> list[str]:
    """Return the words of *text*: long lists of them are read more easily as one."""
    return text.split()


# The first that an entry has is its question; what stands further on may be a heading or a comment.
STRONG_TEXTS: Final = words(
    "question question_text prompt prompt_text question_title q query frage pergunta pregunta domanda vraag вопрос pytanie"
    " soru spørgsmål fråga kysymys 質問 問い 設問 问题 問題 질문 سؤال שאלה प्रश्न คำถาม ερώτηση"
)
TEXTS: Final = (*STRONG_TEXTS, *words("text body content statement title label name item message value string"))

_FIELDS: Final[Mapping[str, str]] = MappingProxyType({
    "id": (
        "id _id key slug uid uuid guid identifier number no nr num question_id questionid code ref question_no question_nr"
        " question_number q_no q_number item_id serial_no sr_no s_no row_number 番号 编号 編號 번호 номер رقم מספר"
    ),
    "section": (
        "category categories section sections topic topics theme themes group groups area chapter heading module block pillar"
        " kategorie thema categoria categoría catégorie thème tema カテゴリ カテゴリー 分類 トピック 类别 類別 分类"
        " категория тема 카테고리 category_name section_name topic_name category_id section_id topic_id group_id"
        " bereich rubrik abschnitt tema tópico onderwerp categorie sezione seção sección テーマ 主题 主題 주제 فئة الفئة موضوع"
        " الموضوع קטגוריה נושא"
    ),
    "subsection": "subcategory sub_category subsection subtopic sub_topic subtheme subgroup subtopics subcategories subsections",
    "section_title": "section_title category_title topic_title",
    "tags": "tags tag labels keywords keyword schlagworte タグ etiquetas",
    "why": (
        "why rationale description purpose hint hints note notes context explanation reason reasoning help help_text"
        " helptext comment comments guidance intent intention background details commentary subtitle begründung warum"
        " por_que zweck 理由 目的 説明 備考 why_ask why_ask_it why_ask_this why_ask_this_question why_this_question"
        " why_it_matters why_this_matters why_it_works why_we_ask reason_for_asking what_it_shows what_it_reveals warum_fragen"
        " motivo razón pourquoi perché waarom motivação 意図 为什么 원인 이유"
    ),
    "follow_ups": (
        "follow_ups followups follow_up followup follow_up_questions followup_questions subquestions sub_questions probes"
        " probe additional_questions deeper questions nachfragen 追加質問"
    ),
    "options": (
        "options option choices choice answers answer_options answer_choices possible_answers alternatives responses"
        " enum antworten opções opciones 選択肢 oneof"
    ),
    "kind": "kind type typ antworttyp antwortart fragetyp answer_type question_type input input_type format response_type answer_kind widget field_type",
    "multiple": "multiple multi multi_select allow_multiple allow_multiple_selection is_multiple",
    "scale": "scale rating_scale likert",
    "least": "least min minimum min_value from start rate_min scale_min",
    "most": "most max maximum max_value to end rate_max scale_max",
    "points": "points steps scale_points levels",
    "low": "low low_label min_label minlabel lowlabel label_min left_label start_label min_text left min_rate_description",
    "high": "high high_label max_label maxlabel highlabel label_max right_label end_label max_text right max_rate_description",
    "polarity": "polarity",
    "unit": "unit units",
    "evidence": "evidence",
    "scope": "scope",
    "visibility": "visibility",
    "informs": "informs",
    "answer": "answer",
    "language": "language lang locale sprache idioma",
    "translations": "translations translation i18n localizations localisations localized locales l10n",
})  # fmt: skip
_FIELD_OF: Final[Mapping[str, str]] = MappingProxyType({
    name: meaning for meaning, names in _FIELDS.items() for name in words(names)
})  # fmt: skip

_RANKS: Final[Mapping[str, int]] = MappingProxyType({name: rank for rank, name in enumerate(_FIELD_OF)})

# Keys under which the questions themselves stand: they name no section.
CONTAINERS: Final = frozenset(words(
    "questions prompts items entries data list children results rows records content contents cards question_list bank"
    " fields properties question_bank fragen perguntas preguntas questionlist elements pages values 質問 all objects docs documents"
))  # fmt: skip

# What stands among the questions of a form, and asks nothing.
NOT_ASKED: Final = frozenset(words(
    "html image video expression statement section_header page_break static divider welcome_screen thankyou_screen"
    " thank_you_screen signature_pad"
))  # fmt: skip

ANSWER_KINDS: Final[Mapping[str, str]] = MappingProxyType({
    name: kind
    for kind, names in {
        "text": (
            "text open open_ended open_text openended free free_text freetext free_form string textarea long short"
            " long_text short_text longtext shorttext paragraph comment essay long_answer short_answer multiline freitext"
        ),
        "choice": (
            "choice single single_choice singlechoice single_select radio radiogroup select dropdown multiple_choice"
            " multiplechoice mcq one_of enum list auswahl einfachauswahl"
        ),
        "choices": "choices checkbox checkboxes multi multi_select multiselect multi_choice multiple multiple_select many_of mehrfachauswahl",
        "scale": "scale rating likert slider linear_scale stars star_rating opinion_scale range skala bewertung",
        "yes-no": "yes_no yesno boolean bool true_false y_n toggle ja_nein",
        "number": "number numeric integer int float decimal zahl",
        "date": "date day datum",
        "clauses": "clauses",
    }.items()
    for name in words(names)
})  # fmt: skip

# ISO 639-1: a closed set, since any two letters could be a key.
_CODES: Final = frozenset(words(
        "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo"
        " es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg"
        " ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn"
        " no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta"
        " te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
        " fil yue cmn haw nds gsw ast kab ckb"
))  # fmt: skip
_NAMES: Final[Mapping[str, str]] = MappingProxyType({
    name: code
    for code, names in {
        "en": "english englisch inglês inglés anglais 英語 英语",
        "de": "german deutsch allemand alemán alemão ドイツ語 德语",
        "fr": "french français francais französisch フランス語 法语",
        "es": "spanish español espanol spanisch espagnol スペイン語 西班牙语",
        "pt": "portuguese português portugues portugiesisch ポルトガル語",
        "it": "italian italiano italienisch",
        "nl": "dutch nederlands",
        "ja": "japanese japanisch 日本語 japonês japonés",
        "zh": "chinese chinesisch 中文 汉语 中国語",
        "ko": "korean 한국어 韓国語",
        "ru": "russian русский",
        "pl": "polish polski",
        "uk": "ukrainian українська",
        "tr": "turkish türkçe",
        "ar": "arabic العربية",
        "he": "hebrew עברית",
        "hi": "hindi हिन्दी",
        "sv": "swedish svenska",
        "da": "danish dansk",
        "fi": "finnish suomi",
        "nb": "norwegian norsk",
    }.items()
    for name in words(names)
})  # fmt: skip
_TAG: Final = re.compile(
    r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?(?:[-_]([A-Za-z0-9]{5,8}))?"
)
_IN_BRACKETS: Final = re.compile(r"(.+?)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*")
_AFTER: Final = re.compile(r"(.+?)(?:@|[_.:\- ])([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)")


def plain_key(key: str) -> str:
    """Return *key* in lower case, its words joined by underscores: ``followUps`` is ``follow_ups``."""
    return _plain(key[:_LONGEST])


@lru_cache(maxsize=1024)
def _plain(key: str) -> str:
    plain = normalize("NFKC", key)
    return "number" if plain.strip() == "#" else _APART.sub("_", _CAMEL.sub("_", plain).casefold()).strip("_")


def field_of(key: str) -> str:
    """Return what *key* means in an entry: ``text``, ``why``, …; empty where it is not known."""
    plain = plain_key(key)
    return "text" if plain in TEXTS else _FIELD_OF.get(plain, "")


def rank_of(key: str) -> int:
    """Return how well *key* names its field: the lower, the better."""
    return _RANKS.get(plain_key(key), len(_RANKS))


def language_of(word: str) -> str:
    """Return the tag of the language that *word* names (``ja_JP`` is ``ja-JP``, ``Deutsch`` is ``de``), or nothing."""
    return _tag(word.strip()) if len(word) <= _LONGEST else ""


@lru_cache(maxsize=1024)
def _tag(word: str) -> str:
    folded = word.casefold()
    if folded in _NAMES:
        return _NAMES[folded]
    found = _TAG.fullmatch(word)
    if found is None or found[1].casefold() not in _CODES:
        return ""
    parts = (found[1].lower(), (found[2] or "").title(), (found[3] or "").upper(), (found[4] or "").lower())
    return "-".join(filter(None, parts))


def tag_of(word: str) -> str:
    """Return the tag that *word* is, of any language, or that it names; else nothing."""
    shape = shape_of(BankTranslation).fields["language"].shape
    return word if len(word) <= _LONGEST and shape.problem(word) is None else language_of(word)


def split_language(key: str) -> tuple[str, str]:
    """Return the key and the language of ``text@ja``, ``question_en`` or ``Question (German)``; without one, all of it."""
    return _split(key) if len(key) <= _LONGEST else (key, "")


@lru_cache(maxsize=1024)
def _split(key: str) -> tuple[str, str]:
    # Of what is known as a whole the last word is no language: "Why ask it" is not in Italian.
    found = None if field_of(key) else _IN_BRACKETS.fullmatch(key) or _AFTER.fullmatch(key)
    if found is not None and field_of(found[1]) and (language := language_of(found[2])):
        return found[1], language
    return key, ""
