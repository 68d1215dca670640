"""How a value and whoever tells it are said in the reader's language."""

import re
from dataclasses import replace

from rag.answer_candidates import AnswerCandidate
from rag.disagreement.tellings import Telling
from rag.language.characters import is_arabic, script
from rag.language.counting import is_dual_noun
from rag.language.entities import entities
from rag.language.gloss import gloss
from rag.language.inflection import plural
from rag.language.quantities import quantities
from rag.language.romanize import romanize
from rag.language.words import words
from rag.model import Language
from rag.short import said

_BOUNDS = {
    "at_least": "at least",
    "at_most": "at most",
    "about": "about",
    "more_than": "more than",
    "less_than": "less than",
}
_NOON = 12
_TYPE = re.compile(r"(\w+) \[(\w+)\]$")  # a name behind what it is the type of: rockets [grad]
_ARTICLE = re.compile(r"^(?:an?|the) ")
_UNREAD = re.compile(r"\[[^\]]*\]")
_RELATIVE = re.compile(r"\s(?:الذي|التي|الذين)\s[^،,]*")


def said_value(one: Telling, language: Language) -> str:
    """A value as it is said in a language; as written where it cannot be."""
    candidate = one.candidate
    if language == "en" and candidate.quantity and script(candidate.text) != "en":
        return _quantity(candidate) or candidate.text
    if language == "en" and candidate.kind == "group" and candidate.entity is None and script(candidate.text) != "en":
        return _in_english(candidate.text)
    if one.figure and one.figure.minutes is not None and candidate.term is None and language == "en":
        return (
            f"{one.figure.minutes // 60 or _NOON}:{one.figure.minutes % 60:02}"  # nothing tells which half of the day
        )
    return said(candidate, language, one.article, one.evidence) or candidate.text


def unbounded(one: Telling) -> Telling:
    """A value without its bound: ثلاثة صواريخ على الأقل is ثلاثة صواريخ."""
    quantity = one.candidate.quantity
    if quantity is None or quantity.bound is None:
        return one
    bare = _without_bound(quantity.text)
    candidate = replace(one.candidate, text=bare, quantity=replace(quantity, text=bare, bound=None))
    return replace(one, candidate=candidate)


def said_account(account: str, language: Language) -> str:
    """What somebody says as it is said in a language, word for word."""
    return account if script(account) == language else gloss(account)


def said_voice(speaker: str | None, language: Language) -> str | None:
    """Who speaks, as a reader of a language reads it; as written where the words are not all known."""
    if speaker is None or language == "ar" or script(speaker) != "ar":
        return speaker
    told = _names_spelt(_RELATIVE.sub("", speaker))
    return speaker if _UNREAD.search(told) else _ARTICLE.sub("", told)


def _names_spelt(speaker: str) -> str:
    """A speaker in English, names by their sound: a name may be made of everyday words."""
    parts, at = [], 0
    for one in entities(speaker):
        if one.kind == "person" and one.named:
            parts += [_in_english(speaker[at : one.start]), romanize(one.text)]
            at = one.end
    return " ".join(" ".join([*parts, _in_english(speaker[at:])]).split()).replace(" ,", ",")


def _in_english(phrase: str) -> str:
    found = words(phrase)
    if found and is_dual_noun(found[0].folded):
        return f"two {_several(phrase)}"
    return gloss(phrase)


def _quantity(candidate: AnswerCandidate) -> str:
    """A quantity in English: bound, number, unit; the unit of a dual in the plural."""
    quantity = candidate.quantity
    assert quantity is not None
    bare = _without_bound(quantity.text) if quantity.bound else quantity.text
    found = words(bare)
    if quantity.value == 2 and found and is_dual_noun(found[0].folded):
        told = f"two {_several(bare)}"
    else:
        told = _ARTICLE.sub("", _TYPE.sub(lambda name: f"{name[2].title()} {name[1]}", gloss(_counted(bare))))
    return f"{_BOUNDS[quantity.bound]} {told}" if quantity.bound else told


def _without_bound(text: str) -> str:
    """The shortest run of a quantity's words that is one without its bound."""
    found = words(text)
    whole = quantities(text)
    for length in range(1, len(found) + 1):
        for first in range(len(found) - length + 1):
            part = text[found[first].start : found[first + length - 1].end]
            same = [
                one for one in quantities(part) if whole and one.value == whole[0].value and one.unit == whole[0].unit
            ]
            if same and same[0].bound is None:
                return part
    return text


def _counted(text: str) -> str:
    """A number behind its noun before it, as English has them: الصواريخ الثلاثة is ثلاثة صواريخ."""
    found = words(text)
    if len(found) == 2 and all(word.folded.startswith("ال") for word in found) and quantities(text):
        return f"{found[1].text.removeprefix('ال')} {found[0].text.removeprefix('ال')}"
    return text


def _several(dual: str) -> str:
    """A noun in the dual with its adjectives, in the English plural."""
    singular = " ".join(_singular(word.text) for word in words(dual))
    return plural(_ARTICLE.sub("", gloss(singular)))


def _singular(word: str) -> str:
    bare = word.removeprefix("ال")
    if not is_arabic(bare) or bare[-2:] not in {"ان", "ين"}:
        return bare
    return f"{bare[:-3]}ة" if bare[-3:-2] == "ت" else bare[:-2]
