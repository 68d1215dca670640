"""A stretch of a passage that may be quoted: one sentence or two neighbours, its words, and what the text makes of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from rag.evidence import Material
from rag.language.analyzer import Term
from rag.language.characters import fold, script
from rag.language.denials import told_apart
from rag.language.hedges import Hedge, hedges
from rag.language.part_of_day import TimeOfDay, times_of_day
from rag.language.polarity import Negation, negations
from rag.language.quantities import Quantity, quantities
from rag.language.speech import Attribution, attributions
from rag.language.words import count_words, words
from rag.model import LONGEST_QUOTE, Language, Passage, Quote, Sentence
from rag.sentence_terms import dated_terms

# A relative clause, up to the next pause.
# Not one after a pronoun (it is the survey that found it) or a noun of time (at the time at which), and not past the main clause of an "if", nor
# past a "that": what somebody says or pictures show is told by no noun's description.
_ASIDE = re.compile(
    r"(?:(?<!\w)(?<!هو )(?<!هي )(?<!هم )(?<!الوقت )(?<!الحين )و?(?:الذي|التي|الذين|اللذان|اللتان|اللذين|اللتين)(?!\w)"
    r"|, (?:which|who|whose)\b)(?:(?!\s(?:لكان|[أإ]نّ?\s))[^،,.؛;:])*"
)

_STOP = re.compile(r"[.!?؟;؛\n]")
_PAUSE = re.compile(r"[.!?؟;؛\n،,:()]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text.

    Attributes:
        start: offset of the word in its text.
        end: the offset after it.
        word: folded.
        terms: its own terms; none for a function word.
        forms: all that it may be matched by: its terms, itself, itself without the article.
    """

    start: int
    end: int
    word: str
    terms: tuple[str, ...]
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Marked:
    """A text with what its words are marked by: who says them, what is denied, how surely."""

    text: str

    @cached_property
    def language(self) -> Language:
        """The language of most of its letters."""
        return script(self.text) or "ar"

    @cached_property
    def folded(self) -> str:
        """The text as it is compared."""
        return fold(self.text)

    @property
    def attributions(self) -> Sequence[Attribution]:
        """Who says what."""
        return attributions(self.text)

    @property
    def negations(self) -> Sequence[Negation]:
        """What is denied."""
        return negations(told_apart(self.text))

    @property
    def hedges(self) -> Sequence[Hedge]:
        """What is not said for sure."""
        return hedges(self.text)

    @property
    def quantities(self) -> Sequence[Quantity]:
        """What is counted and measured."""
        return quantities(self.text)

    @property
    def times(self) -> Sequence[TimeOfDay]:
        """The times of day."""
        return times_of_day(self.text)

    def pause_before(self, start: int) -> int:
        """Where the text goes on after the last pause before an offset, or its beginning."""
        return max((found.end() for found in _PAUSE.finditer(self.text, 0, start)), default=0)

    def pause_after(self, end: int) -> int:
        """Where the first pause after an offset is, or the end of the text."""
        found = _PAUSE.search(self.text, end)
        return found.start() if found else len(self.text)


@dataclass(frozen=True)
class Window(Marked):
    """What may be quoted for a sentence.

    Attributes:
        quote: the stretch, whose text this is.
        tokens: its words, by offsets into the text.
    """

    quote: Quote
    tokens: tuple[Token, ...]

    @cached_property
    def _asides(self) -> Sequence[tuple[int, int]]:
        return [found.span() for found in _ASIDE.finditer(self.text)]

    def is_aside(self, start: int) -> bool:
        """Whether a word stands in a clause that only describes a noun: the base, which hosts American forces, was hit."""
        return any(begin <= start < end for begin, end in self._asides)

    def stop_before(self, start: int) -> int:
        """Where the sentence before an offset begins."""
        return max((found.end() for found in _STOP.finditer(self.text, 0, start)), default=0)

    @property
    def size(self) -> int:
        """Characters."""
        return len(self.text)


def windows(passage: Passage, material: Material) -> Iterator[Window]:
    """Every sentence of a passage, then every two neighbours that are short enough together."""
    article = material.articles[passage.article_id]
    spans = [(s.start, s.end) for s in material.sentences[article.id] if not s.heading and _is_cited(s, passage)]
    pairs = [(a[0], b[1]) for a, b in pairwise(spans)]
    for start, end in spans + [p for p in pairs if count_words(article.text[p[0] : p[1]]) <= LONGEST_QUOTE]:
        text = article.text[start:end]
        yield Window(text, Quote(article.id, start, end, text, passage), tokens(text, dated_terms(article, text)))


def sentences(material: Material, article_id: str) -> Iterator[Window]:
    """Every sentence of an article, each as if it were a passage."""
    article = material.articles[article_id]
    for sentence in material.sentences[article_id]:
        if not sentence.heading:
            text = article.text[sentence.start : sentence.end]
            passage = Passage(f"{article_id}:{sentence.start}", article_id, sentence.start, sentence.end, text)
            quote = Quote(article_id, sentence.start, sentence.end, text, passage)
            yield Window(text, quote, tokens(text, dated_terms(article, text)))


def _is_cited(sentence: Sentence, passage: Passage) -> bool:
    """Whether a passage holds a sentence, or most of one that is longer than passages are."""
    inside = min(sentence.end, passage.end) - max(sentence.start, passage.start)
    return (
        inside == sentence.end - sentence.start
        or 2 * inside > sentence.end - sentence.start > passage.end - passage.start
    )


@lru_cache(maxsize=5_000)  # the same passages are cited again and again
def tokens(text: str, terms: tuple[Term, ...]) -> tuple[Token, ...]:
    """The words of a text with its terms; a term of several words is the first one's."""
    starts: dict[int, list[str]] = {}
    for term in terms:
        starts.setdefault(term.start, []).append(term.text)
    result = []
    for word in words(text):
        own = tuple(dict.fromkeys(starts.get(word.start, ())))
        forms = tuple(dict.fromkeys((*own, word.folded, word.folded.removeprefix("ال") or word.folded)))
        result.append(Token(word.start, word.end, word.folded, own, forms))
    return tuple(result)
