"""The sentences of the articles that may answer, read for what each voice says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.disagreement.rebuttals import opening, parts_within, rebuts
from rag.evidence import Evidence, Judge, Material
from rag.model import Article
from rag.question import Question
from rag.reading import Ranked
from rag.sentence_terms import dated_terms
from rag.voices import speakers, voice

HELD = 0.5  # a concept held less is missing
FAR_BEHIND = 6.5  # score below the best sentence's at which another one may stand
_OFTEN = 0.34  # share of an article's sentences that hold what tells none of them apart
_PAIR = 2  # sentences that always may hold it
_PAUSE = re.compile(r"[،,؛;]\s+")
_LONG = 8  # words of a clause that stands alone


@dataclass(frozen=True, slots=True)
class Account:
    """What one voice says: a stretch of a sentence, as written, and whose words it is."""

    evidence: Evidence
    text: str
    speaker: str | None


class Reader:
    """The sentences, best first, and what is asked of them."""

    def __init__(
        self, question: Question, rarities: Sequence[float], ranked: Sequence[Ranked], material: Material
    ) -> None:
        self.question = question
        self.ranked = ranked
        self._material = material
        self._judge = Judge(question, np.array(rarities, dtype=np.float64))
        self._plain = np.array([concept.kind == "word" for concept in question.concepts], dtype=bool)

    def near(self, behind: float) -> list[Evidence]:
        """The sentences no further behind the best one than so much."""
        least = self.ranked[0].score - behind
        return [one.evidence for one in self.ranked if one.score >= least]

    def linked(self, among: int, behind: float) -> Iterator[tuple[Evidence, Evidence]]:
        """Pairs of sentences, one of them among the best, of which the later is set against the earlier."""
        near = self.near(behind)
        for best in near[:among]:
            article = self.article(best)
            for other in (one for one in near if one.passage.article_id == article.id):
                first, second = sorted((best, other), key=lambda one: one.index)
                if rebuts(article, self._material.sentences[article.id], first.index, second.index):
                    yield first, second

    def is_adversative(self, evidence: Evidence) -> bool:
        """Whether a sentence begins with "but"."""
        return opening(self.text(evidence)).is_adversative

    def is_apart(self, evidence: Evidence) -> bool:
        """Whether a sentence holds what few of its article do of the question, and the article its names."""
        apart = (evidence.held >= HELD) & ~self._often(self.article(evidence))
        return bool(apart.any() and self._has_names(evidence))

    def _has_names(self, evidence: Evidence) -> bool:
        """Whether the article of a sentence has most names of the question."""
        named = np.array([concept.kind == "name" for concept in self.question.concepts], dtype=bool)
        return not named.any() or float((evidence.anywhere[named] >= HELD).mean()) >= HELD

    def telling(self, evidence: Evidence, text: str, *, often: bool = False) -> NDArray[np.bool_]:
        """Which plain concepts of the question a stretch holds that few sentences of its article do, or all of them."""
        article = self.article(evidence)
        held = self._judge.held(dated_terms(article, text)) >= HELD
        telling: NDArray[np.bool_] = held & self._plain & (often | ~self._often(article))
        return telling

    def _often(self, article: Article) -> NDArray[np.bool_]:
        """Which concepts of the question so many sentences of an article hold that they tell none of them apart."""
        same = [one.evidence.held for one in self.ranked if one.evidence.passage.article_id == article.id]
        often: NDArray[np.bool_] = (np.array(same) >= HELD).sum(axis=0) > max(_PAIR, _OFTEN * len(same))
        return often

    def clause(self, evidence: Evidence, place: int) -> str:
        """The clause of a sentence around an offset, without who says it."""
        text = self.text(evidence)
        start, end = next((a, b) for a, b in parts_within(text) if a <= place < b)
        saying = next((one for one in speakers(text) if one.holds(place, place + 1) and one.kind != "denies"), None)
        start = max(start, saying.said_start) if saying else start
        end = min(end, saying.said_end) if saying else end
        pauses = list(_PAUSE.finditer(text, start, end))
        start = max((pause.end() for pause in pauses if pause.end() <= place and not saying), default=start)
        end = next(
            (p.start() for p in pauses if p.start() > place and len(text[start : p.start()].split()) >= _LONG), end
        )
        return text[start:end].strip(' ."“”«»')

    def said_at(self, evidence: Evidence) -> int:
        """Where what a sentence says begins, after who says it."""
        told = [one for one in speakers(self.text(evidence)) if one.said_end > one.said_start]
        return told[0].said_start if told else 0

    def speaker(self, evidence: Evidence) -> str | None:
        """Who says most of a sentence, or else something in it."""
        article = self.article(evidence)
        sentences = self._material.sentences[article.id]
        named = (one.speaker for one in speakers(self.text(evidence)) if one.speaker)
        return voice(article, sentences, evidence.index) or next(named, None)

    def article(self, evidence: Evidence) -> Article:
        """The article that a sentence is of."""
        return self._material.articles[evidence.passage.article_id]

    def text(self, evidence: Evidence) -> str:
        """A sentence, as written."""
        return self.article(evidence).text[evidence.sentence.start : evidence.sentence.end]
