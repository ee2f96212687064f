"""Rules about the text of a document, which reading it finds, and about what other readers would take it for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from alliancekit.check import _fixes
from alliancekit.check._rule import ERROR, WARNING, Hit, Rule, Subject
from alliancekit.values import pointer_of, shorten

__all__ = ["RULES"]

# What a YAML 1.1 reader takes a plain scalar for (yaml.org/type), where a YAML 1.2 reader takes it for something else.
_TRAPS: Final = (
    (re.compile(r"y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF"), "true or false"),
    (
        re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9:.Z +-]+"),
        "a date",
    ),
    (re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"), "a number in base 60"),
    (re.compile(r"[-+]?0[0-7_]+"), "an octal number"),
    (
        re.compile(r"[-+]?(?:0b[01_]+|0x[0-9a-fA-F]*_[0-9a-fA-F_]*|[0-9]+_[0-9_.]*|[0-9][0-9_]*\.[0-9]*_[0-9_]*)"),
        "a number",
    ),
    (re.compile(r"[-+]?0[0-9]*[89][0-9]*"), "a text"),
    (re.compile(r"[-+]?(?:[0-9]+[eE][-+]?[0-9]+|[0-9]*\.[0-9]*[eE][0-9]+)|0o[0-7]+"), "a text"),
    (re.compile("="), "a default value"),
)


def _yaml_trap(subject: Subject) -> Iterator[Hit]:
    tree = subject.tree
    if tree is None or tree.is_tame or tree.root is None:
        return
    waiting = [("", False, tree.root)]
    while waiting:
        pointer, on_key, node = waiting.pop()
        if node.items is None:
            text = tree.text[node.start : node.end]
            if node.style == "plain" and (taken := _taken_for(text)):
                message = f"a YAML 1.1 reader takes {shorten(text)} for {taken}"
                yield Hit(
                    pointer=pointer,
                    message=message,
                    hint=_same_to_all(text, node.value),
                    on_key=on_key,
                    span=tree.stretch(node.start, node.end),
                )
            continue
        if node.keys is None:
            waiting += ((f"{pointer}/{index}", False, item) for index, item in enumerate(node.items))
            continue
        for key, item in zip(node.keys, node.items, strict=True):
            inner = pointer + pointer_of(key.value)
            waiting += ((inner, True, key), (inner, False, item))


def _same_to_all(text: str, value: object) -> str:
    if isinstance(value, str):
        return f'write it in quotes: "{text}"'
    return f"write it as {value}" if type(value) is int else "write the number without an exponent"


def _taken_for(text: str) -> str:
    # Words that begin as no number does are by far the most.
    if not text or (text[0].isalpha() and len(text) > 3):
        return ""
    return next((what for pattern, what in _TRAPS if pattern.fullmatch(text)), "")


RULES: Final = (
    Rule(
        code="syntax",
        is_fixed=True,
        group="Document",
        severity=ERROR,
        fix=_fixes.syntax,
        about="document",
        why="The text is not YAML, or not JSON, so nothing in it can be judged. In braces a comma ends a value and a colon begins one, which is the most frequent slip.",
        failing="""
            alliancekit: alliance/1
            title: "Ana and Ben
            """,
        passing="""
            alliancekit: alliance/1
            title: "Ana and Ben"
            """,
        source="YAML 1.2, RFC 8259.",
    ),
    Rule(
        code="conflict-marker",
        is_fixed=True,
        group="Document",
        severity=ERROR,
        about="document",
        why="Git left both sides of a merge in the file: it is two texts, and nobody agreed to both.",
        failing="""
            alliancekit: alliance/1
            <<<<<<< HEAD
            title: Ana and Ben
            =======
            title: Ben and Ana
            >>>>>>> theirs
            """,
        passing="""
            alliancekit: alliance/1
            title: Ana and Ben
            """,
        source="git.",
    ),
    Rule(
        code="encoding",
        is_fixed=True,
        group="Document",
        severity=ERROR,
        about="document",
        why="Documents are UTF-8. In any other encoding names and words come out wrong somewhere.",
        failing="# A file that was saved as UTF-16 or Latin-1.",
        passing="# The same file, saved as UTF-8.",
        source="RFC 8259, section 8.1.",
    ),
    Rule(
        code="duplicate-key",
        group="Document",
        severity=ERROR,
        fix=_fixes.duplicate_key,
        about="document",
        hint="keep one of them, or give the other a name of its own",
        why="Of two equal keys most readers keep the last one and say nothing: a clause would be lost. Keys that look the same and differ only in how their letters are composed are equal.",
        failing="""
            alliancekit: alliance/1
            title: Ana and Ben
            title: Ben and Ana
            """,
        passing="""
            alliancekit: alliance/1
            title: Ana and Ben
            """,
        source="YAML 1.2, 3.2.1.3; RFC 7493.",
    ),
    Rule(
        code="unsupported-yaml",
        is_fixed=True,
        group="Document",
        severity=ERROR,
        fix=_fixes.unsupported_yaml,
        about="document",
        why="Tags, anchors, aliases, merge keys, directives, several documents, control characters and keys that are no text mean something else to each reader, or nothing in JSON.",
        failing="""
            alliancekit: alliance/1
            title: &name Ana and Ben
            intention: *name
            """,
        passing="""
            alliancekit: alliance/1
            title: Ana and Ben
            intention: Ana and Ben
            """,
        source="YAML here means what JSON means.",
    ),
    Rule(
        code="limit",
        is_fixed=True,
        group="Document",
        severity=ERROR,
        about="document",
        hint="split or shorten it; a host may raise the limits for files of its own",
        why="A file within the limits is answered in seconds, whoever wrote it. The limits are far above what people write; a host may raise them for its own files.",
        failing="# A text of 10,001 characters, a file of more than 1 MiB, or nesting deeper than 32.",
        passing="# The same, split or shortened.",
        source="Files in a pull request come from strangers.",
    ),
    Rule(
        code="unknown-document",
        is_fixed=True,
        group="Document",
        severity=ERROR,
        fix=_fixes.unknown_document,
        about="document",
        why="The header says what kind of document it is, so that a tool knows what it reads without guessing.",
        failing="""
            alliancekit: allliance/1
            title: Ana and Ben
            """,
        passing="""
            alliancekit: alliance/1
            title: Ana and Ben
            """,
        source="Every document begins with its header.",
    ),
    Rule(
        code="unsupported-version",
        is_fixed=True,
        group="Document",
        severity=ERROR,
        about="document",
        why="A document of a later version may say what this version cannot understand, so it is refused and not half read.",
        failing="""
            alliancekit: alliance/2
            title: Ana and Ben
            """,
        passing="""
            alliancekit: alliance/1
            title: Ana and Ben
            """,
        source="A reader never guesses.",
    ),
    Rule(
        code="yaml-trap",
        group="Document",
        severity=WARNING,
        fix=_fixes.yaml_trap,
        find=_yaml_trap,
        about="document",
        why="Many tools still read YAML 1.1, in which no is false, 10:00 is 600 and a bare date is no text. In quotes it is the same to all of them.",
        failing="""
            cadence:
              check_ins:
                weekly:
                  frequency: weekly
                  at: 10:00
              review:
                frequency: monthly
                interval: 3
            """,
        passing="""
            cadence:
              check_ins:
                weekly:
                  frequency: weekly
                  at: "10:00"
              review:
                frequency: monthly
                interval: 3
            """,
        source="YAML 1.1, language-independent types; the Norway problem.",
    ),
    Rule(
        code="unreadable",
        is_fixed=True,
        group="Document",
        severity=ERROR,
        about="document",
        why="There is nothing to judge: no such file, a folder in its place, no permission, or a link that leads in a circle.",
        failing="# A path that leads nowhere.",
        passing="# The path of a file.",
        source="The file system.",
    ),
)
