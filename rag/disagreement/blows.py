"""What something was hit by, as several voices tell it: *طائرتان مسيرتان* استهدفتا القاعدة, إن *قذيفة* استهدفت القاعدة."""

from collections.abc import Sequence

from rag.answer_candidates import AnswerCandidate
from rag.disagreement.words import begins, phrases
from rag.language.characters import is_arabic
from rag.language.entities import entities
from rag.language.readings import NOUNS, readings
from rag.language.senses import spelling
from rag.language.stem import stem
from rag.language.stopwords import STOPWORDS
from rag.language.words import Word, words
from rag.measure import told_in
from rag.question import Question

_NOMINAL = frozenset({*NOUNS, *"au"})
_NEAR = 2  # words from what asks to the verb
_LONGEST = 3  # words of a thing with its adjectives


def asks_for_blow(question: Question) -> bool:
    """Whether a question asks what something was hit by."""
    folded = [word.folded for word in words(question.text)]
    asking = next((i for i, word in enumerate(folded) if (word,) in phrases("blows", "asking")), len(folded))
    near = folded[asking + 1 : asking + 1 + _NEAR]
    return question.type == "what" and any(begins([word], 0, phrases("blows", "verbs")) for word in near)


def blows(question: Question, text: str) -> tuple[AnswerCandidate, ...]:
    """What a sentence says that hit: the indefinite noun after such a verb or before it, and that with which a blow is dealt.

    Args:
        question: whose own nouns are not the answer.
        text: of an Arabic sentence.
    """
    found = words(text)
    asked = {term for concept in question.concepts for way, _ in concept.alternatives[:1] for term in way}
    runs = [(first, last) for i in range(len(found)) for first, last in _beside(found, i) if last > first]
    return tuple(
        AnswerCandidate("group", text[start:end], start, end, 1.0)
        for first, last in runs
        for start, end in [_span(found, first, last)]
        if stem(found[first].folded) not in asked and _is_thing(found[first:last], text)
    )


def _beside(found: Sequence[Word], i: int) -> list[tuple[int, int]]:
    """The nouns, as first and last index, that stand where what hit stands beside a word for a blow at `i`."""
    if begins([found[i].folded], 0, phrases("blows", "nouns")):
        following = found[i + 1].folded if i + 1 < len(found) else ""
        return [(i + 1, _noun_to(found, i + 1))] if following[:1] == "ب" and not following.startswith("بال") else []
    if not begins([found[i].folded], 0, phrases("blows", "verbs")):
        return []
    before = next((j for j in range(max(0, i - _LONGEST), i) if _noun_to(found, j) == i), None)
    after = _noun_to(found, i + 1)
    return [(before, i)] if before is not None else [(i + 1, after)] if after > i + 1 else []


def _noun_to(found: Sequence[Word], first: int) -> int:
    """The index after an indefinite noun at `first` and the adjectives with it; `first` where there is none."""
    last = first
    while last < len(found) and last - first < _LONGEST and _is_indefinite(found[last]):
        if last > first and not _agrees(found[first], found[last]):
            break
        last += 1
    return last


def _is_indefinite(word: Word) -> bool:
    known = readings(spelling(word))
    is_other = bool(known) and known[0].kind not in _NOMINAL
    definite = word.folded.startswith(("ال", "وال", "لل", "بال"))
    return is_arabic(word.folded) and not (is_other or definite or word.folded in STOPWORDS)


def _agrees(noun: Word, other: Word) -> bool:
    """Whether a word may be an adjective of a noun: with the same ending of number."""
    dual = noun.folded[-2:] in {"ان", "ين"}
    known = readings(spelling(other))
    return other.folded[-2:] in {"ان", "ين"} if dual else bool(known) and known[0].kind not in NOUNS


def _is_thing(run: Sequence[Word], text: str) -> bool:
    """Whether a noun names a thing, and nobody."""
    person = "person" in told_in({stem(run[0].folded)})
    many = run[0].folded.endswith("ون")  # the plural of people
    blow = begins([run[0].folded], 0, phrases("blows", "nouns"))
    named = any(one.start <= run[0].start < one.end and one.kind in {"person", "group"} for one in entities(text))
    return not (person or many or blow or named)


def _span(found: Sequence[Word], first: int, last: int) -> tuple[int, int]:
    """The offsets of words, without a ب joined to the first."""
    joined = found[first].folded[:1] == "ب" and not readings(spelling(found[first]))
    return found[first].start + joined, found[last - 1].end
