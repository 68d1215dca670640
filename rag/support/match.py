"""Which words of a quote say which concepts of a sentence, and how well: exactly, by a translation, by sound, or near in meaning."""

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from rag.embedding.concepts import ConceptEmbedder
from rag.language.characters import fold, is_arabic
from rag.language.measures import measure
from rag.language.morphology import is_unknown
from rag.language.spelling import likeness
from rag.question import Concept
from rag.support.statement import Kind, Statement
from rag.support.window import Token, Window

Weights = NDArray[np.float64]

# Of words near in meaning: cosines from the first up count; from the second up as much as the third.
_FROM, _FULL, _SOFT = 0.35, 0.7, 0.75
_ROOT = 0.6  # of a form with the same radicals (اختير, اختار)
_RELATED, _ALIKE, _SURE = (
    0.6,
    0.6,
    0.8,
)  # a country by its people: what that counts; how alike their words; of what weight
_ALIKE_COUNTS, _LEAST_LETTERS = 0.8, 4  # of stems spelt alike: what it counts, and how long both must be
_TOGETHER = 10  # words that a term of several may spread over
_NEAR = 5  # words between two that belong together
_UNIT = 0.9  # of another word for the same measure
_APART = 0.8  # of a phrase whose words are said apart
WHOLE = 0.85  # from which on a phrase is said as such, rather than in words near in meaning
_FOUND = 0.3  # what counts as said at all
_PREFIXES, _SUFFIXES = ("سي", "ست", "ي", "ت", "ن"), ("وا", "ون", "ان", "تا", "ت", "ها", "هم", "ه", "نا")
_WEAK = str.maketrans("", "", "اويءئؤ")


class Reader:
    """Knows how well any word says each concept of one statement.

    Args:
        statement: the sentence.
        windows: all that it cites.
    """

    def __init__(self, statement: Statement, windows: Sequence[Window]) -> None:
        self._statement = statement
        kinds = {token.forms: token for window in windows for token in window.tokens}
        self._column = {forms: i for i, forms in enumerate(kinds)}
        self._weights = _weights(statement.concepts, statement.kinds, list(kinds.values()))
        plain: Kind = "word"
        self._parts = {
            i: _weights(parts, [plain] * len(parts), list(kinds.values()))
            for i, parts in enumerate(statement.parts)
            if parts
        }

    def match(self, window: Window) -> "Match":
        """The statement beside a quote."""
        columns = [self._column[token.forms] for token in window.tokens]
        parts = {i: weights[:, columns] for i, weights in self._parts.items()}
        return Match(self._statement, window, self._weights[:, columns].copy(), parts)


class Match:
    """A sentence beside a quote.

    Attributes:
        statement: the sentence.
        window: the quote.
        weights: how well each word says each concept, shape (concepts, words).
        parts: of concepts of several words how well each word says each of these, shape (parts, words).
    """

    def __init__(self, statement: Statement, window: Window, weights: Weights, parts: Mapping[int, Weights]) -> None:
        self.statement = statement
        self.window = window
        self.weights = weights
        self.parts = parts
        present = {form for token in window.tokens for form in token.forms}
        for i, concept in enumerate(statement.concepts):
            self._add_phrases(i, concept)
            if statement.kinds[i] == "date" and not _is_given(concept, present):
                self.weights[i] = 0.0
            if i in parts:
                self._add_parts(i, parts[i])

    def _add_phrases(self, i: int, concept: Concept) -> None:
        """What is said with several words, where these stand together."""
        for way, weight in concept.alternatives:
            if len(way) > 1:
                places = [self._forms.get(term, ()) for term in way]
                for group in _closest(places):
                    for place in group:
                        self.weights[i, place] = max(self.weights[i, place], weight)

    def _add_parts(self, i: int, weights: Weights) -> None:
        """A phrase whose words are all said, each by itself, is said as well as the one of them said least."""
        if weights.size and self.weights[i].max(initial=0.0) < _APART:
            least = float(weights.max(axis=1).min())
            if least >= _FOUND:
                for part in weights:
                    self.weights[i, int(part.argmax())] = _APART * least

    @cached_property
    def _forms(self) -> Mapping[str, tuple[int, ...]]:
        forms: dict[str, tuple[int, ...]] = {}
        for place, token in enumerate(self.window.tokens):
            for form in token.forms:
                forms[form] = (*forms.get(form, ()), place)
        return forms

    @cached_property
    def held(self) -> Weights:
        """How well the quote says each concept."""
        return np.asarray(self.weights.max(axis=1, initial=0.0))

    def places(self, i: int, least: float = _FOUND) -> list[int]:
        """The words that say a concept best, all that do so nearly as well."""
        best = float(self.held[i])
        if best < least:
            return []
        return [int(place) for place in np.flatnonzero(self.weights[i] >= max(least, 0.75 * best))]

    def anchored(self, i: int, least: float = _FOUND) -> list[int]:
        """Where in the quote a concept is said: of several places, those beside what the sentence has beside it."""
        places = self.places(i, least)
        if len(places) < 2:
            return [self.window.tokens[place].start for place in places]
        beside = [j for j in (i - 2, i - 1, i + 1, i + 2) if 0 <= j < len(self.statement.concepts)]
        around = [self.places(j, least) for j in beside]
        near = [sum(any(abs(k - place) <= _NEAR for k in row) for row in around) for place in places]
        return [
            self.window.tokens[place].start for place, count in zip(places, near, strict=True) if count == max(near)
        ]

    def said_by(self, place: int, least: float = 0.5) -> list[int]:
        """The concepts that a word says, each of which no other word says better."""
        return [
            i
            for i in np.flatnonzero(self.weights[:, place] >= least).tolist()
            if self.weights[i, place] >= 0.75 * self.held[i]
        ]

    @property
    def is_across(self) -> bool:
        """Whether sentence and quote are in two languages."""
        return self.statement.language != self.window.language


def _weights(concepts: Sequence[Concept], how: Sequence[Kind], kinds: Sequence[Token]) -> Weights:
    """How well each word says each concept, shape (concepts, kinds of words); `how` each is to be met."""
    weights = np.zeros((len(concepts), len(kinds)))
    if not len(kinds) or not concepts:
        return weights
    columns: dict[str, list[int]] = {}
    roots: dict[str, list[int]] = {}
    for column, token in enumerate(kinds):
        for form in token.forms:
            columns.setdefault(form, []).append(column)
        for root in radicals(token.word) if token.terms else ():
            roots.setdefault(root, []).append(column)
    for i, concept in enumerate(concepts):
        own = fold(concept.text)
        if unit := measure(concept.text):
            for column, token in enumerate(kinds):
                if token.terms and measure(token.word) == unit:
                    weights[i, column] = _UNIT
        ways = [(way[0], weight) for way, weight in concept.alternatives if len(way) == 1]
        for form, weight in [*ways, (own, 1.0), (own.removeprefix("ال"), 1.0)]:
            for column in columns.get(form, ()):
                weights[i, column] = max(weights[i, column], weight)
    _soften(weights, concepts, how, kinds, roots)
    return weights


def _soften(
    weights: Weights,
    concepts: Sequence[Concept],
    how: Sequence[Kind],
    kinds: Sequence[Token],
    roots: Mapping[str, list[int]],
) -> None:
    """Add what is near in meaning or made of the same root, for plain words; for names what is made of them."""
    stems = [token.terms[0] if token.terms and token.terms[0][0] not in "#@~" else "" for token in kinds]
    near = _near([concept.alternatives[0][0] for concept in concepts], stems)
    for i, (concept, kind) in enumerate(zip(concepts, how, strict=True)):
        if kind in {"word", "doubtful"}:
            own = concept.alternatives[0][0]
            weights[i] = np.maximum(weights[i], near[i])
            for column, stem in enumerate(stems):
                if stem and weights[i, column] < _SURE:
                    weights[i, column] = max(weights[i, column], _spelt_alike(own, stem))
            for column, weight in _of_same_root(concept, roots):
                weights[i, column] = max(weights[i, column], weight)
        elif kind == "name":
            for column in _of_its_people(concept, stems):
                weights[i, column] = max(weights[i, column], _RELATED)
            for column, weight in _of_same_root(concept, roots) if is_unknown(fold(concept.text)) else ():
                weights[i, column] = max(weights[i, column], weight)


def _near(owns: Sequence[tuple[str, ...]], stems: Sequence[str]) -> Weights:
    embedder = ConceptEmbedder.builtin()
    meanings = np.stack([embedder.mean(own) for own in owns])
    cosines = np.asarray(embedder.cosines(meanings, stems), dtype=np.float64)
    return np.asarray(np.clip((cosines - _FROM) / (_FULL - _FROM), 0, 1) * _SOFT)


def _of_same_root(concept: Concept, roots: Mapping[str, list[int]]) -> list[tuple[int, float]]:
    found = []
    for way, weight in concept.alternatives:
        if len(way) == 1 and weight >= 0.5 and is_arabic(way[0]):
            found += [(column, _ROOT * weight) for root in radicals(way[0]) for column in roots.get(root, ())]
    return found


def _spelt_alike(own: tuple[str, ...], stem: str) -> float:
    """How much being spelt alike counts between two stems (مناهض, مناهضة)."""
    if len(own) != 1 or min(len(own[0]), len(stem)) < _LEAST_LETTERS:
        return 0.0
    alike = likeness(own[0], stem)
    return _ALIKE_COUNTS * alike if alike >= _ALIKE else 0.0


def _is_given(concept: Concept, present: set[str]) -> bool:
    """Whether a date is given: a month meets a day of it only where no other day of that month is."""
    exact = concept.alternatives[0][0][0]
    month = f"{exact[:8]}-" if len(exact) == len("@2021-07-05") else None
    if month and exact not in present and any(term.startswith(month) for term in present):
        return False
    return any(present.issuperset(way) for way, _ in concept.alternatives)


def _of_its_people(concept: Concept, stems: Sequence[str]) -> list[int]:
    """The words that a name is said with which are made of it: a country by its people (العراق, عراقي)."""
    ways = [way for way, weight in concept.alternatives if len(way) == 1 and weight >= _SURE and is_arabic(way[0])]
    return [
        column for column, stem in enumerate(stems) if stem and any(_spelt_alike(way, stem) >= _ALIKE for way in ways)
    ]


def _closest(places: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The ways to take one place from each row that stand near together."""
    if not all(places) or np.prod([len(row) for row in places]) > 200:
        return []
    return [group for group in product(*places) if max(group) - min(group) <= _TOGETHER]


@lru_cache(maxsize=50_000)
def radicals(word: str) -> frozenset[str]:
    """The letters that may be the root of a folded Arabic word, weak ones left out: of سيستهدف and استهدف alike ستهدف; at least three.

    Guesses that hold within one passage: two of its words that share one are most often forms of one.
    """
    return frozenset(root for root in _roots(word) if len(root) > 2)


@lru_cache(maxsize=50_000)
def _roots(word: str) -> frozenset[str]:
    if not is_arabic(word):
        return frozenset()
    bare = word[1:] if word[0] in "وف" and len(word) > 4 else word
    forms = {bare, *(bare.removeprefix(p) for p in _PREFIXES if len(bare) > len(p) + 1)}
    forms |= {form.removesuffix(s) for form in tuple(forms) for s in _SUFFIXES if len(form) > len(s) + 1}
    return frozenset(form.translate(_WEAK) for form in forms)


def same_verb(one: str, other: str) -> bool:
    """Whether two folded Arabic words may be forms of one verb, also where little is left of it (قال, يقل).

    >>> same_verb("اصيب", "يصب"), same_verb("وقع", "تقع"), same_verb("قال", "يصل")
    (True, True, False)
    """
    return any(len(root) > 1 for root in _roots(one) & _roots(other))
