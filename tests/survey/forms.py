"""
A long form in the manner of FHIR's Questionnaire, and what a stranger makes of it: a flow and its bank, and a survey.

The form is made up; its rules are those of ``enableWhen`` (R4): a question is *enabled* when any or all of its rules hold,
and so is a group, which hides all that is in it; a question that is not enabled has no answer; ``=``, ``<``, ``>``, ``<=`` and
``>=`` hold where some answer does, ``!=`` where some answer is another, and ``exists`` says whether there is one at all.

What is shared is known to all alike, so that a group can hang on it: the stranger makes each prompt shared.
"""

from collections.abc import Iterator
from random import Random
from typing import Any, Final

__all__ = ["bank_of", "flow_of", "linked", "questionnaire", "questions", "survey_from"]

CODES: Final = ("LA33-6", "LA32-8", "LA4489-6", "yes", "84.5")
OPENING: Final = 12
PART: Final = 40
PLAIN: Final = {
    "boolean": (True, False),
    "integer": (0, 1, 2, 3, 18, 65),
    "decimal": (0.5, 1.0, 2.25, 37.5, 98.6, 100),
    "date": ("1999-12-31", "2020-02-29", "2026-01-01"),
    "string": ("none", "None", "37", "true"),
}
ORDERED: Final = frozenset({"integer", "decimal", "date"})
COMPARED: Final = {"=": "eq", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
KINDS: Final = {"boolean": "yes-no", "integer": "number", "decimal": "number", "date": "date", "string": "text"}


# The form --------------------------------------------------------------------------------------------------------------


def questionnaire(rng: Random, count: int = 420) -> dict[str, Any]:
    """Return a form of *count* questions, most of them with rules, in groups that are up to eight deep."""
    known: list[dict[str, Any]] = []
    # What it begins with has no rules, as a form begins with who and when: so that something can be answered at all.
    items: list[dict[str, Any]] = [_question(rng, f"{number}", known, 0) for number in range(1, OPENING + 1)]
    while len(known) < count:
        items.append(_group(rng, f"{len(items) + 1}", known, min(count, len(known) + PART), 1))
    return {"resourceType": "Questionnaire", "status": "active", "item": items}


def _group(rng: Random, link: str, known: list[dict[str, Any]], count: int, depth: int) -> dict[str, Any]:
    group: dict[str, Any] = {"linkId": link, "text": f"Part {link}", "type": "group"} | _enabled(rng, known, 0.3)
    items: list[dict[str, Any]] = []
    for number in range(1, rng.randint(4, 12)):
        here = f"{link}.{number}"
        if depth < 8 and len(known) < count and rng.random() < 0.22:
            items.append(_group(rng, here, known, count, depth + 1))
        elif rng.random() < 0.05:
            items.append({"linkId": here, "text": f"About {here}.", "type": "display"} | _enabled(rng, known, 0.8))
        elif len(known) < count:
            items.append(_question(rng, here, known))
    return {**group, "item": items or [_question(rng, f"{link}.0", known)]}


def _question(rng: Random, link: str, known: list[dict[str, Any]], chance: float = 0.6) -> dict[str, Any]:
    kind = rng.choice(["choice", "choice", "choices", *PLAIN])
    item: dict[str, Any] = {"linkId": link, "text": f"What about {link}?", "type": kind.removesuffix("s")}
    if kind in {"choice", "choices"}:
        item["answerOption"] = [{"valueCoding": {"code": one, "display": f"Code {one}"}} for one in CODES]
        item["repeats"] = kind == "choices"
    item |= _enabled(rng, known, chance)
    known.append(item)
    return item


def _enabled(rng: Random, known: list[dict[str, Any]], chance: float) -> dict[str, Any]:
    if not known or rng.random() > chance:
        return {}
    rules = [_rule(rng, rng.choice(_read(rng, known))) for _ in range(rng.choice([1, 1, 2, 3]))]
    behavior = {"enableBehavior": rng.choice(["any", "any", "all"])} if len(rules) > 1 else {}
    return {"enableWhen": rules, **behavior}


def _read(rng: Random, known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return rng.choice([known[-6:], known[:OPENING], known])


def _rule(rng: Random, asked: dict[str, Any]) -> dict[str, Any]:
    rule = {"question": asked["linkId"]}
    if rng.random() < 0.3:
        return {**rule, "operator": "exists", "answerBoolean": rng.random() < 0.5}
    ordered = ["<", ">", "<=", ">="] if asked["type"] in ORDERED else []
    operator = rng.choice(["=", "=", "!=", *ordered])
    if asked["type"] == "choice":
        return {**rule, "operator": operator, "answerCoding": {"code": rng.choice(CODES)}}
    return {**rule, "operator": operator, f"answer{asked['type'].title()}": rng.choice(PLAIN[asked["type"]])}


def questions(form: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the questions of *form*, by their ``linkId``."""
    return {one["linkId"]: one for one in _all(form["item"]) if one["type"] not in {"group", "display"}}


def _all(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in items:
        yield one
        yield from _all(one.get("item", []))


def _answer(rule: dict[str, Any]) -> Any:
    (value,) = [value for key, value in rule.items() if key.startswith("answer")]
    return value["code"] if isinstance(value, dict) else value


def _others(item: dict[str, Any], code: str) -> list[str]:
    return [one["valueCoding"]["code"] for one in item["answerOption"] if one["valueCoding"]["code"] != code]


# As a flow and its bank, in plain data ---------------------------------------------------------------------------------


def linked(link: str) -> str:
    """Return the id, here, of what the form calls *link*."""
    return f"q-{link.replace('.', '-')}"


def coded(code: str) -> str:
    """Return the id of an option: a code may be a number, or a word that YAML reads as something else."""
    return f"c-{code.lower().replace('.', '-')}"


def bank_of(form: dict[str, Any]) -> dict[str, Any]:
    """Return the questions of *form* as a bank."""
    prompts = {linked(link): _prompt(item) for link, item in questions(form).items()}
    return {"alliancekit": "bank/1", "id": "form", "title": "A long form", "prompts": prompts}


def _prompt(item: dict[str, Any]) -> dict[str, Any]:
    prompt = {"text": item["text"], "scope": "shared"}
    if item["type"] == "choice":
        labels = {coded(one["valueCoding"]["code"]): one["valueCoding"]["display"] for one in item["answerOption"]}
        return {**prompt, "answer": {"kind": "choices" if item["repeats"] else "choice", "options": labels}}
    return {**prompt, "answer": {"kind": KINDS[item["type"]]}}


def flow_of(form: dict[str, Any]) -> dict[str, Any]:
    """Return the order and the rules of *form* as a flow."""
    asked = questions(form)
    steps = [_step(item, asked) for item in form["item"]]
    return {"alliancekit": "flow/1", "id": "form", "title": "A long form", "bank": "form", "steps": steps}


def _step(item: dict[str, Any], asked: dict[str, dict[str, Any]]) -> dict[str, Any]:
    when = _when(item, asked)
    shown = {"when": when} if when else {}
    match item["type"]:
        case "group":
            steps = [_step(one, asked) for one in item["item"]]
            return {"group": linked(item["linkId"]), "title": item["text"], "steps": steps} | shown
        case "display":
            return {"say": linked(item["linkId"]), "text": item["text"]} | shown
        case _:
            return {"ask": linked(item["linkId"])} | shown


def _when(item: dict[str, Any], asked: dict[str, dict[str, Any]]) -> dict[str, Any]:
    rules = [_condition(one, asked[one["question"]]) for one in item.get("enableWhen", ())]
    return rules[0] if len(rules) == 1 else {item["enableBehavior"]: rules} if rules else {}


def _condition(rule: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
    subject, value, operator = {"answer": linked(item["linkId"])}, _answer(rule), rule["operator"]
    if operator == "exists":
        return subject if value else {"not": subject}
    if item["type"] == "choice" and item["repeats"]:
        if operator == "=":
            return {**subject, "has": coded(value)}
        return {"any": [{**subject, "has": coded(one)} for one in _others(item, value)]}
    value = coded(value) if item["type"] == "choice" else value
    if operator == "!=":
        return {"all": [subject, {"not": {**subject, "eq": value}}]}
    return {**subject, COMPARED[operator]: value}


# As a survey, made from the form and not from the flow ----------------------------------------------------------------------


def survey_from(form: dict[str, Any]) -> dict[str, Any]:
    """Return *form* as a survey of SurveyJS; what is hidden, by itself or with its group, has no answer."""
    asked = questions(form)
    return {"clearInvisibleValues": "onHiddenContainer", "elements": [_element(one, asked) for one in form["item"]]}


def _element(item: dict[str, Any], asked: dict[str, dict[str, Any]]) -> dict[str, Any]:
    joint = " and " if item.get("enableBehavior") == "all" else " or "
    rules = joint.join(f"({_expression(one, asked[one['question']])})" for one in item.get("enableWhen", ()))
    shown = {"name": linked(item["linkId"])} | ({"visibleIf": rules} if rules else {})
    match item["type"]:
        case "group":
            return {"type": "panel", "elements": [_element(one, asked) for one in item["item"]], **shown}
        case "display":
            return {"type": "html", "html": item["text"], **shown}
        case "choice":
            kind = "checkbox" if item["repeats"] else "radiogroup"
            return {
                "type": kind,
                "choices": [coded(one["valueCoding"]["code"]) for one in item["answerOption"]],
                **shown,
            }
        case "boolean":
            return {"type": "boolean", **shown}
        case other:
            return {"type": "text", "inputType": {"string": "text", "date": "date"}.get(other, "number"), **shown}


def _expression(rule: dict[str, Any], item: dict[str, Any]) -> str:
    name, value, operator = f"{{#{linked(item['linkId'])}}}", _answer(rule), rule["operator"]
    if operator == "exists":
        return f"{name} {'notempty' if value else 'empty'}"
    if item["type"] == "choice" and item["repeats"]:
        if operator == "=":
            return f"{name} contains '{coded(value)}'"
        return f"{name} anyof [{', '.join(repr(coded(one)) for one in _others(item, value))}]"
    text = repr(coded(value) if item["type"] == "choice" else value)
    plain = text.lower() if isinstance(value, bool) else text
    return f"{name} notempty and {name} <> {plain}" if operator == "!=" else f"{name} {operator} {plain}"
