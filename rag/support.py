"""Does a passage carry a sentence? The smallest quotes of the cited passages that do, or why none does.

Everything that can be checked exactly must be in the quotes: each number, date, time and name of the sentence, across languages and
spellings, and each quotation letter for letter. Its other content words must be covered for the most part, a word near in meaning
counting partly. One quote is preferred to several, one sentence to two.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from rag.evidence import Judge, Material, dated_terms, spelt_alike
from rag.language.analyzer import Term
from rag.language.characters import fold, is_arabic, script
from rag.language.names import index_keys
from rag.language.vocabulary import known_form, proper_names, vocabulary
from rag.language.words import count_words
from rag.model import LONGEST_QUOTE, DraftSentence, Passage, Quote
from rag.question import Concept, understand

_EXACT = 0.99  # a number, date or time is met only by itself
_NAME = 0.55  # a name also by a spelling that sounds like it, or a capital for its country
_SURE, _ALIKE, _RELATED = 0.8, 0.6, 0.6  # a usual translation; spelt much like a word of the quote; what that counts
_BESIDE = 0.3  # how well what is counted must be held beside its number
_COVERED, _COVERED_ACROSS = 0.5, 0.35  # share of the other content words, in one language and across two
_QUOTATION = re.compile(r"[“\"«]([^“”\"«»]{3,})[”\"»]")


@dataclass(frozen=True, slots=True)
class Support:
    """The quotes that carry a sentence, or why they do not."""

    quotes: tuple[Quote, ...]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class _Window:
    """One sentence of a cited passage, or two neighbours: its quote and its terms."""

    quote: Quote
    terms: tuple[Term, ...]


def find_support(sentence: DraftSentence, material: Material) -> Support:
    """The smallest quotes of the sentence's passages that carry it.

    What a sentence says belongs together in one quote; only when it was may stand in another of the same article.
    """
    if not sentence.passages:
        return Support((), "no_citation")
    windows = [window for passage in sentence.passages for window in _windows(passage, material)]
    check = _Check(sentence.text, windows)
    faults = [check.fault([window]) for window in windows]
    alone = [window for window, fault in zip(windows, faults, strict=True) if fault is None]
    if alone:
        return Support((min(alone, key=lambda w: (_size(w), -check.coverage([w]))).quote,))
    for first in sorted(windows, key=lambda w: (-check.met([w]), _size(w))):
        if check.fault([first], but_when=True) is None:
            pairs = [[first, second] for second in windows if second.quote.article_id == first.quote.article_id]
            dated = [pair for pair in pairs if check.fault(pair) is None]
            if dated:
                return Support(tuple(window.quote for window in min(dated, key=lambda pair: _size(pair[1]))))
    nearest = max(windows, key=lambda w: (check.met([w]), -_size(w)), default=None)
    return Support((), check.fault([nearest]) if nearest else "no_citation")


class _Check:
    """What one sentence needs."""

    def __init__(self, text: str, windows: Sequence[_Window]) -> None:
        self._text = text
        stems = {term.text for window in windows for term in window.terms if term.kind == "stem"}
        sounds: dict[str, list[str]] = {}
        for stem in sorted(stems):
            for key in index_keys(stem):
                sounds.setdefault(key, []).append(stem)
        understood = understand(text, lambda key: sounds.get(key, []), to_english=True, to_check=True)
        self._concepts = understood.concepts
        self._kinds = [_kind(concept) for concept in self._concepts]
        self._judge = Judge(understood, np.array([concept.telling for concept in self._concepts], dtype=np.float64))
        self._language = understood.language
        self._counts = list(self._counted())

    def _counted(self) -> Iterator[tuple[int, int]]:
        """Each number and what it counts: the first plain concept after it, an adjective of nationality between them or not."""
        for i, kind in enumerate(self._kinds):
            counts = kind == "number" and not _is_time(self._concepts[i])
            for j in range(i + 1, min(i + 3, len(self._kinds))) if counts else ():
                number, other = self._concepts[i], self._concepts[j]
                if _separated(self._text[number.start + len(number.text) : other.start]):
                    break
                if other.kind == "word":
                    yield i, j
                    break

    def fault(self, windows: Sequence[_Window], *, but_when: bool = False) -> str | None:
        """What of the sentence the windows lack; None if nothing. `but_when` lets dates and times be elsewhere."""
        quoted = fold(" ".join(window.quote.text for window in windows))
        for quotation in _QUOTATION.findall(self._text):
            if script(quotation) == "ar" and fold(quotation).strip(" .،") not in quoted:
                return f"quotation: {quotation}"
        held = self._held(windows)
        for concept, kind, value in zip(self._concepts, self._kinds, held, strict=True):
            least = {"number": _EXACT, "date": _EXACT, "name": _NAME}.get(kind)
            when = kind == "date" or _is_time(concept)
            if least is not None and value < least and not (when and but_when):
                return f"{kind}: {concept.text}"
        for number, counted in self._counts:
            if not any(self._stand_together(number, counted, window.terms) for window in windows):
                return f"number: {self._concepts[number].text} {self._concepts[counted].text}"
        if but_when:
            return None
        across = any(script(window.quote.text) != self._language for window in windows)
        if self.coverage(windows) < (_COVERED_ACROSS if across else _COVERED):
            return "not_covered"
        return None

    def _stand_together(self, number: int, counted: int, terms: Sequence[Term]) -> bool:
        """Whether a number stands beside what it counts, or beside a word near it in meaning; a word no lexicon knows is let pass."""
        if len(self._concepts[counted].alternatives) == 1:
            return True
        wanted = self._concepts[number].alternatives[0][0][0]
        places = [i for i, term in enumerate(terms) if term.text == wanted]
        return any(self._judge.held(terms[max(0, i - 3) : i + 5])[counted] >= _BESIDE for i in places)

    def coverage(self, windows: Sequence[_Window]) -> float:
        """Share of the sentence's plain content words that the windows hold, by how telling they are."""
        held = self._held(windows)
        plain = [(c.telling, v) for c, k, v in zip(self._concepts, self._kinds, held, strict=True) if k == "word"]
        total = sum(telling for telling, _ in plain)
        return sum(telling * value for telling, value in plain) / total if total else 1.0

    def met(self, windows: Sequence[_Window]) -> float:
        """How much of all that the sentence says the windows hold; what must be there counts double."""
        held = self._held(windows)
        return float(sum(v * (1 if k == "word" else 2) for k, v in zip(self._kinds, held, strict=True)))

    def _held(self, windows: Sequence[_Window]) -> Sequence[float]:
        terms = [term for window in windows for term in window.terms]
        if not self._concepts:
            return []
        held = self._judge.held(terms)
        stems = [term.text for term in terms if term.kind == "stem"]
        return [
            max(float(value), _sounds_related(concept, stems)) if kind == "name" else float(value)
            for concept, kind, value in zip(self._concepts, self._kinds, held, strict=True)
        ]


def _sounds_related(concept: Concept, stems: Sequence[str]) -> float:
    """A name said by a word made of it: a country by its people (العراق, عراقي)."""
    ways = [way for way, weight in concept.alternatives if len(way) == 1 and weight >= _SURE and is_arabic(way[0])]
    return _RELATED if any(spelt_alike(way, stems) >= _ALIKE for way in ways) else 0.0


def _is_time(concept: Concept) -> bool:
    return concept.alternatives[0][0][0].startswith("~")


def _separated(between: str) -> bool:
    """Whether punctuation or several words stand between a number and the next concept."""
    return bool(re.search(r"[,،;؛:.()]", between)) or len(between.split()) > 2


def _kind(concept: Concept) -> str:
    """How a concept of a sentence is checked. An Arabic word that is none the vocabulary knows is most often a name."""
    if concept.kind == "name" and concept.text[0].islower():
        return "word"  # an English word the lexicon lacks
    if concept.kind == "number":
        return "word" if concept.alternatives[0][0] == ("#1",) else "number"  # "one of them" counts nothing
    word = fold(concept.text)
    if concept.kind == "word" and is_arabic(word) and " " not in word and len(word) > 3:
        known = known_form(word)
        bare = known.removeprefix("ال")
        if not {known, bare} & (vocabulary() | proper_names()) and not _inflected(bare):
            return "name"
    return concept.kind


def _inflected(word: str) -> bool:
    """Whether an unknown Arabic word may be a known one with an ending."""
    endings = ("ه", "ها", "هم", "ات", "ان", "ين", "ون", "ية", "يه", "ي", "ا", "وا", "ت", "تها", "ته", "تهم")
    return any(word.endswith(end) and word[: -len(end)] in vocabulary() for end in endings) or any(
        word.endswith(end) and f"{word[: -len(end)]}ه" in vocabulary()
        for end in ("ات", "تها", "ته", "تهم", "تان", "تين")
    )


def _windows(passage: Passage, material: Material) -> Iterator[_Window]:
    """Every sentence of a passage, then every two neighbours that are short enough together."""
    article = material.articles[passage.article_id]
    inside = [
        s for s in material.sentences[article.id] if passage.start <= s.start and s.end <= passage.end and not s.heading
    ]
    spans = [(s.start, s.end) for s in inside]
    pairs = [(a[0], b[1]) for a, b in pairwise(spans)]
    for start, end in spans + [p for p in pairs if count_words(article.text[p[0] : p[1]]) <= LONGEST_QUOTE]:
        text = article.text[start:end]
        yield _Window(Quote(article.id, start, end, text, passage), tuple(dated_terms(article, text)))


def _size(window: _Window) -> int:
    return window.quote.end - window.quote.start
