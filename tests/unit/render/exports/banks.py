"""A bank with something of everything, and the same with one text in every place that holds somebody's words."""

from alliancekit.model import (
    Bank,
    BankTranslation,
    ChoiceAnswer,
    ChoicesAnswer,
    ClausesAnswer,
    DateAnswer,
    FollowUp,
    NumberAnswer,
    Prompt,
    PromptTranslation,
    ScaleAnswer,
    Section,
    SectionTranslation,
    YesNoAnswer,
)

__all__ = ["full", "in_japanese"]


def full(words: str = "") -> Bank:
    """Return a bank that has everything; *words*, where given, stand for every text in it."""

    def said(text: str) -> str:
        return words or text

    options = {"direct": said("Direct"), "warm": said("Warm")}
    prompts = [
        Prompt(id="loose", text=said("What else?")),
        Prompt(
            id="tone",
            text=said("Which tone?"),
            why=said("People mean different things."),
            answer=ChoicesAnswer(options=options, note=True),
            informs=["atmosphere"],
            follow_ups=[FollowUp(id="works", text=said("What works?")), FollowUp(id="fails", text=said("What not?"))],
            tags=[said("tone"), f"{words}two; parts\\"],
        ),
        Prompt(id="meet", text=said("How often?"), scope="shared", answer=ChoiceAnswer(options=options)),
        Prompt(
            id="score",
            text=said("How much?"),
            answer=ScaleAnswer(points=7, low=said("Little"), high=said("Much"), polarity="positive"),
        ),
        Prompt(id="sure", text=said("Sure?"), answer=YesNoAnswer()),
        Prompt(id="hours", text=said("How long?"), answer=NumberAnswer(least=-0.5, most=40, unit=said("hours"))),
        Prompt(id="day", text=said("Which day?"), answer=DateAnswer()),
        Prompt(
            id="worries",
            text=said("What worries you?"),
            visibility="private",
            answer=ClausesAnswer(),
            informs=["concerns"],
        ),
        Prompt(
            id="next",
            text=said("What next?"),
            scope="shared",
            answer=ClausesAnswer(evidence=True),
            informs=["expectations", "commitments", "ground_rules.conflict", "ground_rules.other"],
        ),
    ]
    sections = [
        Section(id="first", title=said("At first"), prompts=["tone", "meet", "score", "sure"]),
        Section(id="then", title=said("And then"), prompts=["hours", "day", "tone", "worries", "next"]),
        Section(id="empty", title=said("Nothing yet")),
    ]
    return Bank(
        id="full",
        title=said("Everything"),
        language="en",
        licence=said("MIT"),
        kinds=["one-to-one", "team"],
        sections=sections,
        prompts=prompts,
    )


def in_japanese(words: str = "") -> BankTranslation:
    """Return a part of that bank in Japanese; *words*, where given, stand for every text in it."""

    def said(text: str) -> str:
        return words or text

    return BankTranslation(
        translates="full",
        language="ja",
        title=said("すべて"),
        sections=[SectionTranslation(id="first", title=said("はじめに"))],
        prompts=[
            PromptTranslation(
                id="tone",
                text=said("どんな調子で?"),
                why=said("人それぞれです。"),
                options={"direct": said("率直に"), "warm": said("温かく")},
                follow_ups=[FollowUp(id="works", text=said("何が役に立ちますか?"))],
            ),
            PromptTranslation(id="score", text=said("どのくらい?"), low=said("少し"), high=said("たくさん")),
            PromptTranslation(id="hours", text=said("どれくらい?"), unit=said("時間")),
        ],
    )
