"""Whose words a sentence of an article reports."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib import resources

from rag.language.characters import fold, is_arabic
from rag.language.entities import entities
from rag.language.morphology import has_pronoun
from rag.language.readings import VERBS, readings
from rag.language.senses import spelling
from rag.language.speech import Attribution, attributions, speech_kind
from rag.language.speech.verbs import form_of
from rag.language.stopwords import STOPWORDS
from rag.language.words import Word, words
from rag.model import Article, Sentence

_PRONOUNS = frozenset({"he", "she", "it", "they", "هو", "هي", "هم"})
_BACK = 2  # sentences before, in which somebody who goes on speaking was named
_NEAR = 6  # words from a verb to the one that it takes
_FAR = 16  # words from a verb of answering to its clause, behind whoever answers
_LONGEST = 9  # words of a speaker beside a verb
_BROKEN = re.compile(
    r"\.(?=\s+(?:إن|أن|إنّ|أنّ)\s)"
)  # a full stop before what is said: قال مسؤول. إن قذيفة أصابت القاعدة
_PAUSES = frozenset('،,؛;:.()«»"“”')


def voice(article: Article, sentences: Sequence[Sentence], index: int, place: int | None = None) -> str | None:
    """Who says what a sentence tells, as the article has it; None where the article tells it itself.

    Args:
        article: where it stands.
        sentences: of the article.
        index: of the sentence.
        place: offset in the sentence of what is told; None for most of the sentence.
    """
    text = _text(article, sentences[index])
    told = [one for one in speakers(text) if fold(one.speaker or "") not in _PRONOUNS]
    found = [one for one in speakers(text) if _covers(one, place, text)]
    if not found:
        return None
    own = [one.speaker for one in told if one.speaker and one.verb_start <= found[-1].verb_start]
    if own:
        return own[0] if place is None else own[-1]
    for before in reversed(range(max(0, index - _BACK), index)):
        named = [one.speaker for one in speakers(_text(article, sentences[before])) if one.speaker]
        if named:
            return named[-1]
    return None


@lru_cache(maxsize=5_000)
def speakers(text: str) -> tuple[Attribution, ...]:
    """Who says or reckons what in a text: its attributions, and those of an estimate or an explanation (قدّرت الشرطة عددهم بكذا), in order."""
    text = _BROKEN.sub("،", text)
    said = [_mended(one, text) for one in attributions(text)]
    verbs = {one.verb_start for one in said}
    return tuple(
        sorted(
            [*said, *(one for one in _estimates(text) if one.verb_start not in verbs)], key=lambda one: one.verb_start
        )
    )


def _mended(one: Attribution, text: str) -> Attribution:
    """An attribution without what is no part of its speaker's name; with the subject before the verb where nothing is left of it."""
    if one.speaker is None:
        found = words(text)
        return replace(one, speaker=_subject_before(text, found, one.verb_start) or _subject_of_deed(text, found, one))
    found = words(one.speaker)
    name = one.speaker[: _named_to(one.speaker, found)].rstrip(" ،,")
    if found and _is_object(found[0]):
        return replace(one, speaker=None)
    spoken_to = bool(found) and found[0].folded.startswith(_listed("speakers", "spoken_to"))
    left = words(name)
    while left and left[-1].folded in _listed("speakers", "not_last"):
        name, left = name[: left[-1].start].rstrip(" ،,"), left[:-1]
    changed = name != one.speaker
    if spoken_to or (changed and left and len(left) < len(found) and found[-1].folded in {"اي", "ايه"}):
        before = _subject_before(text, words(text), one.verb_start)
        return replace(one, speaker=before)
    return replace(one, speaker=name or None) if changed else one


def _is_object(word: Word) -> bool:
    """Whether a word has a ب joined to it: أقر *بالمخالفة* names nobody who speaks."""
    likeliest = next(iter(readings(spelling(word))), None)
    return likeliest is not None and likeliest.particle == "ب"


def _named_to(speaker: str, found: Sequence[Word]) -> int:
    """Where the name ends and a clause about whoever has it begins: مسؤول محلي، *مشترطا* عدم الكشف عن هويته."""
    listed = _listed("speakers", "not_named")
    return next((word.start for word in found[1:] if word.folded in listed), len(speaker))


def _estimates(text: str) -> Iterator[Attribution]:
    """What somebody reckons, and how somebody explains it."""
    found = words(text)
    for i, word in enumerate(found):
        bare = word.folded[1:] if word.folded[:1] in "وف" and is_arabic(word.folded) else word.folded
        near = [one.folded for one in found[i + 1 : i + _NEAR]]
        linked = any(f"{bare} {link}" in _listed("estimating", "verbs_with") for link in near)
        if linked or _answers(found, i, bare) or not {word.folded, bare}.isdisjoint(_listed("estimating", "verbs")):
            who = _subject_after(text, found, i) or _subject_before(text, found, word.start)
            end = next((w.start for w in found[i + 1 :] if w.folded in _listed("estimating", "turns")), len(text))
            if who:
                yield Attribution(
                    "believes", word.text, word.start, word.end, who, word.start, word.start, word.end, end
                )


def _answers(found: Sequence[Word], i: int, bare: str) -> bool:
    """Whether a verb of answering at `i` has a clause: ورد وكيل الهيئة في عدن *بأن*."""
    return bare in _listed("estimating", "answering") and any(
        word.folded in _listed("estimating", "clauses") for word in found[i + 1 : i + _FAR]
    )


def _subject_after(text: str, found: Sequence[Word], i: int) -> str | None:
    """The definite noun after an Arabic verb, with what belongs to it."""
    last = i + 1
    no_subject = _listed("estimating", "reckoned") + _listed("speakers", "not_named")
    if last < len(found) and found[last].folded in no_subject:
        return None
    while last < len(found) and last - i <= _LONGEST and not _pauses(text, found, last):
        word = found[last].folded
        if word in STOPWORDS or word[:1].isdigit() or word.startswith("ب") or (last > i + 1 and has_pronoun(word)):
            break
        if last > i + 1 and not word.startswith(("ال", "لل", "و")) and found[last - 1].folded.startswith("ال"):
            break
        last += 1
    definite = any(word.folded.startswith(("ال", "لل")) for word in found[i + 1 : last])
    return text[found[i + 1].start : found[last - 1].end] if definite and is_arabic(found[i].folded) else None


def _subject_before(text: str, found: Sequence[Word], verb: int) -> str | None:
    """The noun before a verb, from the last pause on, without the words that join the sentence to the one before."""
    last = next((i for i, word in enumerate(found) if word.start >= verb), len(found))
    if not last or last == len(found) or found[last].folded[:1] in "وف" or _is_participle(found[last].folded):
        return None  # it goes on with who spoke before
    first = last
    while first > 0 and last - first < _LONGEST and (first == last or not _pauses(text, found, first)):
        first -= 1
    while first < last and _begins_no_name(found[first].folded):
        first += 1
    return text[found[first].start : found[last - 1].end] if first < last else None


def _subject_of_deed(text: str, found: Sequence[Word], one: Attribution) -> str | None:
    """Who does what a sentence begins with, where a participle goes on with what they say: ودفع *المحامي* ببراءتها، *قائلا* إنها ضحية."""
    at = next((i for i, word in enumerate(found) if word.start >= one.verb_start), 0)
    form = form_of(fold(one.verb))
    goes_on = form is not None and form.continues and at > 0 and _pauses(text, found, at)
    is_first = attributions(text)[0].verb_start == one.verb_start
    if not (goes_on and is_first):
        return None
    if _is_deed(found[0]):
        return _named_after(text, found, 0)
    persons = [one for one in entities(text) if one.kind == "person"]
    named = [any(one.start <= word.start < one.end for one in persons) for word in found]
    deed = next((i for i in range(1, min(at, _NEAR)) if not named[i] and _does(found, i)), None)
    paused = deed is None or any(_pauses(text, found, i) for i in range(1, deed + 1))
    return None if deed is None or paused else _subject_before(text, found, found[deed].start)


def _named_after(text: str, found: Sequence[Word], verb: int) -> str | None:
    """The subject after a verb, with the name that follows its title."""
    subject = _subject_after(text, found, verb)
    if subject is None:
        return None
    start = found[verb + 1].start
    end = start + len(subject)
    named = (one.end for one in entities(text) if one.kind == "person" and end < one.start <= end + 1)
    return text[start : next(named, end)]


def _does(found: Sequence[Word], i: int) -> bool:
    """Whether word `i` is a verb behind its subject; one like ناقض, which is written like a participle, where an object follows."""
    likeliest = next(iter(readings(spelling(found[i]))), None)
    acting = likeliest is not None and likeliest.kind == "c" and not found[i].folded.startswith("م")
    following = found[i + 1].folded if i + 1 < len(found) else ""
    return _is_deed(found[i]) or (acting and (following.startswith("ال") or following in {"هذا", "هذه", "ذلك", "تلك"}))


def _is_deed(word: Word) -> bool:
    """Whether a word is, likelier than all else, a verb, and none of saying."""
    likeliest = next(iter(readings(spelling(word))), None)
    return likeliest is not None and likeliest.kind in VERBS and speech_kind(word.folded) is None


def _begins_no_name(folded: str) -> bool:
    bare = folded.removeprefix("و")
    return folded in STOPWORDS or bare in _listed("estimating", "turns") or speech_kind(folded) is not None


def _is_participle(folded: str) -> bool:
    """Whether a verb of saying has the ending of its participle: قائلا, مضيفة, adding."""
    return folded.endswith(("ا", "ه", "ين", "ing")) and not folded.endswith("وا")


def _pauses(text: str, found: Sequence[Word], i: int) -> bool:
    """Whether a mark of punctuation stands before word `i`."""
    return not _PAUSES.isdisjoint(text[found[i - 1].end : found[i].start])


def _covers(one: Attribution, place: int | None, text: str) -> bool:
    if place is not None:
        return one.holds(place, place + 1)
    speaking = (one.end - one.start if one.speaker else 0) + one.verb_end - one.verb_start
    return 2 * (one.said_end - one.said_start) > len(text) - speaking


def _text(article: Article, sentence: Sentence) -> str:
    return article.text[sentence.start : sentence.end]


@cache
def _listed(table: str, name: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in _data()[table][name])


@cache
def _data() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads(resources.files("rag").joinpath("voices.toml").read_text(encoding="utf-8"))
