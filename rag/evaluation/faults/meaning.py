"""Faults in what is said of the same things: denied, made certain, told as fact, turned round, given a cause."""

import re
from dataclasses import replace
from functools import cache
from random import Random

from rag.evaluation.faults.names import names_in
from rag.evaluation.faults.statement import Scene, Statement
from rag.evaluation.faults.words import entries_in, group, groups, listed, matches, pairs, pattern, put, uncapitalised
from rag.language.characters import fold
from rag.model import Language

Span = tuple[int, int]

_LONGEST_LINKED = 220  # characters
_FARTHEST = 5  # words between who does something and to whom
_ENDINGS = " .!؟?…"
_NUMBER_HEDGES = frozenset("نحو حوالي قرابة زهاء about around over nearly".split())  # before a number only
_BUT = "غير أن"  # which denies nothing
_AUXILIARIES = ("was ", "were ", "been ", "be ")
_MODAL = frozenset(["may", "might", "could", "is expected to", "are expected to"])
_MOST_BEFORE, _LEAST_AFTER = 90, 15  # characters of who says, and of what is said
_COMPLEMENT = {
    "ar": r"(?:إن|أن|بأن|أنّ|إنّ)(?:ه|ها|هم|هما)?\s+",
    "en": r"(?:\s+(?:that|(?:[A-Z][\w-]* )+that|on \w+ that|to \w+ that))?\s+",
}
_ACCORDING = {
    "ar": r"[،,]?\s*(?:وفق ما|وفقا ل|بحسب|حسب|على حد قول|كما أوضح|كما أعلن)[^،.]*",
    "en": r",?\s*according to [^,.]*,?",
}
# What accuses, with its accused and the deed, and how the same is told as a fact.
_ACCUSATIONS = {
    "ar": (
        (r"(?:و?(?:تتهم|اتهمت|اتهم|يتهم))\s+(?:الولايات المتحدة|\S+)\s+(?P<whom>[^،.]+?)،?\s+بالوقوف وراء\s+(?P<deed>.+)", "تقف {whom} وراء {deed}"),
        (r"يشتبه (?:بأن|في أن)\s+(?P<deed>.+)", "{deed}"),
        (r"(?P<before>.*?)(?:عادة ما )?(?:تتهم|اتهمت|يتهم)\s+(?P<whom>[^،.]+?)،?\s+بالوقوف وراء\s+(?P<deed>.+)", "تقف {whom} وراء {deed}"),
        (r".*?\b(?:و?(?:زعم|زعمت|ادعى|ادعت|رأى|يرى|اعتبر|رجح))\s[^،]*?\s(?:أن|بأن)\s+(?P<deed>.+)", "{deed}"),
        (r".*?و?(?:عزا|عزت)\s+[^،]+،[^،]+،\s+(?P<deed>[^،]+?)\s+إلى\s+(?P<whom>.+)", "يعود {deed} إلى {whom}"),
    ),
    "en": (
        (r".*?\b(?:accuses?|accused|blames?|blamed)\s+(?P<whom>.+?)\s+(?:of|for)\s+being behind\s+(?P<deed>.+)", "{whom} are behind {deed}"),
        (r".*?\b(?:accuses?|accused)\s+(?P<whom>.+?)\s+of\s+carrying out\s+(?P<deed>.+)", "{whom} carried out {deed}"),
        (r".*?\b(?:blames?|blamed)\s+(?P<deed>.+?)\s+on\s+(?P<whom>.+)", "{whom} caused {deed}"),
        (r"(?P<whom>.+?)\s+(?:is|are|was|were)\s+suspected of being\s+(?P<deed>.+)", "{whom} are {deed}"),
        (r".*?\b(?:claims?|claimed|alleges?|alleged|believes?|believed|argues?|argued|suspects?|suspected)\s+that\s+(?P<deed>.{15,})", "{deed}"),
    ),
}  # fmt: skip


def negation(statement: Statement, scene: Scene, rng: Random) -> Statement | None:
    """What is denied affirmed, or what is affirmed denied."""
    language, text = statement.language, statement.text
    for before, after in [*pairs("negated", language), *pairs("affirmed", language)]:
        found = pattern(before, language).search(text)
        if found and not text.startswith(_BUT, found.start("word")):
            return _rewritten(statement, put(text, *found.span("word"), after))
    return None


def hedge(statement: Statement, scene: Scene, rng: Random) -> Statement | None:
    """What was said with reserve made certain: "at least three" three."""
    text = statement.text
    for found in matches(listed("hedges", statement.language), text, statement.language):
        before_number = re.match(r"\s*\d", text[found.end() :])
        if found["word"] not in _NUMBER_HEDGES or before_number:
            certain = "will" if found["word"] in _MODAL else ""
            return _rewritten(statement, put(text, *found.span("word"), certain))
    return None


def attribution(statement: Statement, scene: Scene, rng: Random) -> Statement | None:
    """Who said it left out of what somebody said."""
    language, text = statement.language, statement.text
    verbs = "|".join(map(re.escape, listed("saying", language)))
    said = re.match(
        rf"(?s).{{0,{_MOST_BEFORE}}}?(?<!\w)و?(?:{verbs})(?!\w)"
        + (rf".{{0,{_MOST_BEFORE}}}?(?<!دون)(?<!قبل)(?<!بعد)\s" if language == "ar" else "")
        + rf"{_COMPLEMENT[language]}(?P<said>[^\"“«:,]{{{_LEAST_AFTER},}}.*)",
        text,
    )
    if said:
        return _rewritten(statement, said["said"])
    shorter = re.sub(_ACCORDING[language], "", text, count=1, flags=re.IGNORECASE)
    return _rewritten(statement, shorter) if shorter != text else None


def allegation(statement: Statement, scene: Scene, rng: Random) -> Statement | None:
    """What somebody is accused of, or somebody only believes, told as a fact."""
    for accusation, fact in _ACCUSATIONS[statement.language]:
        found = re.match(accusation, statement.text.rstrip(_ENDINGS))
        if found:
            return _rewritten(statement, fact.format(**found.groupdict()))
    return None


def roles(statement: Statement, scene: Scene, rng: Random) -> Statement | None:
    """Who did it and to whom it was done in each other's place."""
    for verb in matches(listed("roles", statement.language), statement.text, statement.language):
        passive = statement.text[: verb.start()].endswith(_AUXILIARIES)
        parties = None if passive else _parties(statement.text, verb, statement.language)
        if parties:
            (a, b), (c, d) = parties
            text = statement.text
            first, second = uncapitalised(text[a:b]), text[c:d]
            changed = put(put(text, c, d, first), a, b, second[0].upper() + second[1:] if a == 0 else second)
            return replace(statement, text=changed) if fold(text[a:b]) != fold(text[c:d]) else None
    return None


def cause(statement: Statement, scene: Scene, rng: Random) -> Statement | None:
    """A cause added that its passages do not give."""
    causes = [entry for entry in group("causes") if not entry.is_said(statement.said)]
    if not causes:
        return None
    text = f"{statement.text.rstrip(_ENDINGS)} {rng.choice(causes).form(statement.language, 0)}."
    return replace(statement, text=text)


def linked(statement: Statement, scene: Scene, rng: Random) -> Statement | None:
    """Two true statements of one article made cause and effect."""
    others = [other for other in scene.beside(statement) if fold(other.text) != fold(statement.text)]
    if not others or len(statement.text) > _LONGEST_LINKED:
        return None
    other = min(others, key=lambda one: (len(one.text), one.id))
    because = "وذلك بسبب أن" if statement.language == "ar" else "because"
    reason = uncapitalised(other.text.rstrip(_ENDINGS))
    text = f"{statement.text.rstrip(_ENDINGS)} {because} {reason}."
    passages = tuple(dict.fromkeys((*statement.passages, *other.passages)))
    return replace(statement, text=text, passages=passages)


def _parties(text: str, verb: re.Match[str], language: Language) -> tuple[Span, Span] | None:
    """The two that a verb is about: before and after it in English, both after it in Arabic, or where it stands second as in English."""
    begin, end = verb.span("word")
    spans = [span for span in _nouns(text, language) if span[1] <= begin or span[0] >= end]
    before = [span for span in spans if span[1] <= begin and len(text[span[1] : begin].split()) < 3]
    after = [span for span in spans if span[0] >= end]
    if before and after and (language == "en" or not text[before[-1][1] : begin].strip()):
        return before[-1], after[0]
    if language == "ar" and after and len(text[end : after[0][0]].split()) < 2:
        others = [span for span in after[1:] if after[0][1] < span[0] and _is_near(text[after[0][1] : span[0]])]
        return (after[0], others[0]) if others else None
    return None


def _is_near(between: str) -> bool:
    """Whether few words stand between two parties, and not an "and" alone."""
    return len(between.split()) < _FARTHEST and between.strip() != "و"


def _nouns(text: str, language: Language) -> list[Span]:
    """Where names, places and, in English, other noun phrases stand that can do something and have something done to them."""
    listed_ones = (*group("places"), *(entry for sources in groups("speakers") for entry in sources))
    spans = [*names_in(text, language), *((one.start, one.end) for one in entries_in(text, listed_ones, language))]
    if language == "en":
        spans += [match.span() for match in _noun_phrase().finditer(text)]
    spans.sort(key=lambda span: (span[0] - span[1], span[0]))
    kept: list[Span] = []
    for span in spans:
        if not any(span[0] < other[1] and other[0] < span[1] for other in kept):
            kept.append(span)
    return sorted(kept)


@cache
def _noun_phrase() -> re.Pattern[str]:
    """An English determiner and one to three words, up to a preposition, a verb of the list, or the end of the clause."""
    verbs = "|".join(listed("roles", "en"))
    ends = (
        rf"\s+(?:of|for|in|with|on|at|to|from|by|after|before|during|near|and|when|that|{verbs}|\d\S*)\b|\s*[,.;]|\s*$"
    )
    return re.compile(rf"\b(?:[Tt]he|[Aa]n?|[Tt]wo|[Tt]hree|[Ff]our)(?: (?!\d)[\w-]+){{1,3}}?(?={ends})")


def _rewritten(statement: Statement, text: str) -> Statement | None:
    """A statement with a text made of pieces: one space between words, a capital, a full stop; None where nothing is left of it."""
    joined = re.sub(r"(?<!\w)و\s+", "و", text)  # what it was joined to is gone
    clean = re.sub(r"\s+([،,.;])", r"\1", re.sub(r"\s+", " ", joined)).strip(" ،,")
    if len(clean) < _LEAST_AFTER or fold(clean) == fold(statement.text):
        return None
    return replace(statement, text=f"{clean[0].upper()}{clean[1:].rstrip(_ENDINGS)}.")
