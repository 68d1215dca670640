"""A true sentence with the passages that carry it, and what surrounds it: what faults are made of."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rag.language.characters import fold
from rag.language.stem import stem
from rag.language.stopwords import STOPWORDS
from rag.language.words import words
from rag.model import Article, DraftSentence, Language, Passage, Sentence

_MARKS = re.compile(r"[\u064b-\u0652\u0670ـ]")
_CARRIED = 0.4  # of a quote's stems: a passage with so many may well say the same


@dataclass(frozen=True)
class Statement:
    """A sentence that cites passages; true as it stands until a fault is made in it.

    Attributes:
        id: names it in reports and seeds the choice of its faults.
        text: what it says.
        language: the language it says it in.
        article_id: the article it rests on.
        quote: the stretch of that article which carries it.
        passages: what it cites.
    """

    id: str
    text: str
    language: Language
    article_id: str
    quote: str
    passages: tuple[Passage, ...]

    @property
    def draft(self) -> DraftSentence:
        """The sentence as a writer would propose it."""
        return DraftSentence(self.text, passages=self.passages)

    @cached_property
    def said(self) -> str:
        """All that it cites and says, folded: what is not in it is not true of it by chance."""
        return fold(" ".join([self.text, *(passage.text for passage in self.passages)]))


@dataclass(frozen=True)
class Scene:
    """All true statements, and the articles they rest on."""

    statements: Sequence[Statement]
    articles: Mapping[str, Article]
    sentences: Mapping[str, Sequence[Sentence]]
    passages: Mapping[str, Sequence[Passage]]

    @cached_property
    def _stems(self) -> Mapping[str, frozenset[str]]:
        return {p.id: _stems_of(p.text) for passages in self.passages.values() for p in passages}

    def beside(self, statement: Statement) -> list[Statement]:
        """The other statements of its article in its language."""
        return [
            s
            for s in self.statements
            if s.article_id == statement.article_id and s.language == statement.language and s.quote != statement.quote
        ]

    def elsewhere(self, statement: Statement) -> list[Statement]:
        """The statements of other articles in its language that its passages do not carry."""
        return [
            s
            for s in self.statements
            if s.article_id != statement.article_id
            and s.language == statement.language
            and not any(self.may_carry(passage, s) for passage in statement.passages)
        ]

    def may_carry(self, passage: Passage, statement: Statement) -> bool:
        """Whether a passage shares so many words with a statement's quote that it may say the same, as copies of a report do."""
        own = _stems_of(statement.quote)
        return len(own & self._stems[passage.id]) > _CARRIED * len(own)


def unmarked(text: str) -> str:
    """Arabic text without vowel marks, so that words are found as they are listed."""
    return _MARKS.sub("", text)


@lru_cache(maxsize=10_000)
def _stems_of(text: str) -> frozenset[str]:
    return frozenset(stem(word.folded) for word in words(text) if word.folded not in STOPWORDS)
