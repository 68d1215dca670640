"""What several voices say of one thing that is no figure: whether it is so, why, what it was.

Accounts differ where one sentence is set against another of the same article and denies what is asked, or gives another cause; and
where the question itself asks what each side says.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.disagreement.asked import asks_for_sides
from rag.disagreement.rebuttals import parts_within, rebuts
from rag.disagreement.words import begins, phrases
from rag.evidence import FEATURES, Evidence, Judge, Material
from rag.language.characters import fold
from rag.language.denials import Denial, denials
from rag.language.speech import speech_kind
from rag.language.words import words
from rag.model import Article
from rag.question import Question
from rag.reading import Ranked
from rag.sentence_terms import dated_terms
from rag.voices import speakers, voice

_HELD = 0.5  # a concept held less is missing
_OFTEN = 0.34  # share of an article's sentences that hold what tells none of them apart
_PAIR = 2  # sentences that always may hold it
_BEHIND, _FAR_BEHIND = 4.5, 6.5  # score below the best sentence's at which another one may stand
_AHEAD, _AMONG = 3, 9  # of the best sentences those, one of which a pair has; and of those that tell causes
_SHARE = 0.3  # of the question, that the account holds which is denied
_MOST_SIDES = 4
_SIDE = 0.55  # share of what the best sentence holds of the question that one of another side holds
_CUE = 3  # words of a denial that say that something is not known
_PAUSE = re.compile(r"[،,؛;]\s+")
_LONG = 8  # words of a clause that stands alone


@dataclass(frozen=True, slots=True)
class Account:
    """What one voice says: a stretch of a sentence, as written, and whose words it is."""

    evidence: Evidence
    text: str
    speaker: str | None


def accounts(
    question: Question, rarities: Sequence[float], ranked: Sequence[Ranked], material: Material
) -> tuple[Account, ...]:
    """The accounts that differ, in the order in which they stand; none where they do not.

    Args:
        question: as understood.
        rarities: how telling each of its concepts is.
        ranked: the sentences that may answer, best first.
        material: what they are from.
    """
    if not ranked or any(speech_kind(word.folded) == "denies" for word in words(question.text)):
        return ()
    reader = _Reader(question, rarities, ranked, material)
    match question.type:
        case "yes_no":
            found = next(reader.within(), ()) or next(reader.denied(), ())
        case "why":
            found = next(reader.within(), ()) or next(reader.causes(), ())
        case _:
            found = ()
    return found or tuple(reader.sides())


def _is_one(side: str, other: str) -> bool:
    """Whether two names are of one voice: المصدران are the مصدران عسكريان named before."""
    heads = [fold(one).split()[0].removeprefix("ال") for one in (side, other)]
    return side == other or (heads[0] == heads[1] and 1 in {len(side.split()), len(other.split())})


class _Reader:
    """The sentences of the articles that may answer, read as accounts."""

    def __init__(
        self, question: Question, rarities: Sequence[float], ranked: Sequence[Ranked], material: Material
    ) -> None:
        self._question = question
        self._ranked = ranked
        self._material = material
        self._judge = Judge(question, np.array(rarities, dtype=np.float64))
        self._plain = np.array([concept.kind == "word" for concept in question.concepts], dtype=bool)

    # Within one sentence

    def within(self) -> Iterator[tuple[Account, ...]]:
        """The accounts of two voices in one of the best sentences, of which the one denies what the other says, or both tell causes."""
        for one in (ranked.evidence for ranked in self._ranked[:_AHEAD]):
            text = self._text(one)
            parts = parts_within(text)
            told = [self._part(one, *part) for part in parts]
            named = [account for account in told if account]
            denied = self._question.type != "yes_no" or any(self._is_asked(one, denial) for denial in denials(text))
            if len({account.speaker for account in named}) > 1 and self._is_about(one) and denied:
                yield tuple(named)

    def _part(self, evidence: Evidence, start: int, end: int) -> Account | None:
        """What the voice of a part of a sentence says; None where nobody speaks in it, or of nothing that decides."""
        text = self._text(evidence)
        said = next((one for one in speakers(text) if one.speaker and start <= one.verb_start < end), None)
        part = text[start:end]
        if self._question.type == "yes_no":
            decides = any(start <= one.start < end and self._is_asked(evidence, one) for one in denials(text))
        else:
            decides = self._place(part) is not None
        if said is None or said.speaker is None or not (decides or start):
            return None
        return Account(evidence, part.strip(" .،,"), said.speaker)

    def _is_about(self, evidence: Evidence) -> bool:
        features = dict(zip(FEATURES, evidence.features, strict=True))
        return bool(features["present"] >= _HELD and features["least_name"] >= _HELD)

    # Whether it is so

    def denied(self) -> Iterator[tuple[Account, ...]]:
        """What one sentence denies of what is asked, and another one beside it that is set against it, or against which it is."""
        for first, second in self._linked(_AHEAD, _BEHIND):
            for one, other in ((second, first), (first, second)):
                denial = next((d for d in denials(self._text(one)) if self._is_asked(one, d)), None)
                if denial is None or self._speaker(one) == self._speaker(other) or self._denies(other):
                    continue
                about = denial.kind == "denied" and other.features[FEATURES.index("held")] >= _SHARE
                told = about or self._says_too(other, one, denial)
                if told and None not in {self._speaker(one), self._speaker(other)}:
                    texts = self._clause(one, denial.cue_start), self._clause(other, self._said(other))
                    pair = sorted(zip((one, other), texts, strict=True), key=lambda pair: pair[0].index)
                    yield tuple(Account(e, text, self._speaker(e)) for e, text in pair)

    def _is_asked(self, evidence: Evidence, denial: Denial) -> bool:
        """Whether a denial is of something that the question asks, and that is not the matter of the whole article."""
        text = self._text(evidence)
        near = [word.folded for word in words(text[denial.cue_start : denial.end])][:_CUE]
        return not any((word,) in phrases("sides", "unknown") for word in near) and bool(
            self._telling(evidence, self._text(evidence)[denial.start : denial.end]).any()
        )

    def _says_too(self, other: Evidence, one: Evidence, denial: Denial) -> bool:
        denied = self._telling(one, self._text(one)[denial.start : denial.end])
        return bool((denied & (other.held >= _HELD)).any())

    def _denies(self, evidence: Evidence) -> bool:
        return any(self._is_asked(evidence, denial) for denial in denials(self._text(evidence)))

    def _telling(self, evidence: Evidence, text: str) -> NDArray[np.bool_]:
        """Which plain concepts of the question a stretch holds that few sentences of its article do."""
        article = self._article(evidence)
        held = self._judge.held(dated_terms(article, text)) >= _HELD
        same = [one.evidence.held for one in self._ranked if one.evidence.passage.article_id == article.id]
        often = (np.array(same) >= _HELD).sum(axis=0) > max(_PAIR, _OFTEN * len(same))
        telling: NDArray[np.bool_] = held & self._plain & ~often
        return telling

    # Why

    def causes(self) -> Iterator[tuple[Account, ...]]:
        """Two causes, of which the one is set against the other."""
        for first, second in self._linked(_AMONG, _FAR_BEHIND):
            places = [self._cause(one) for one in (first, second)]
            about = any(self._is_of_focus(one) for one in (first, second))
            if about and None not in places and self._speaker(first) != self._speaker(second):
                yield tuple(
                    Account(one, self._clause(one, place or 0), self._speaker(one))
                    for one, place in zip((first, second), places, strict=True)
                )

    def _cause(self, evidence: Evidence) -> int | None:
        return self._place(self._text(evidence))

    def _place(self, text: str) -> int | None:
        """Where a text tells a cause."""
        listed = phrases("causes", "words")
        return next((word.start for word in words(text) if begins([word.folded], 0, listed)), None)

    def _is_of_focus(self, evidence: Evidence) -> bool:
        """Whether a sentence names what is asked about, and the names of the question stand in it or beside it."""
        focus = self._question.focus
        features = dict(zip(FEATURES, evidence.features, strict=True))
        return bool((focus is None or evidence.held[focus] >= _HELD) and features["least_name"] >= _HELD)

    # What each side says

    def sides(self) -> Iterator[Account]:
        """The best sentence of each voice, or of each article that tells it itself, where the question asks for all of them."""
        if not asks_for_sides(self._question.text):
            return
        told: list[str] = []
        held = FEATURES.index("held")
        least = _SIDE * self._ranked[0].evidence.features[held]
        for evidence in self._near(_FAR_BEHIND):
            speaker = self._speaker(evidence)
            side = self._side(evidence, speaker)
            if (
                evidence.features[held] >= least
                and len(told) < _MOST_SIDES
                and not any(_is_one(side, one) for one in told)
            ):
                told.append(side)
                yield Account(evidence, self._clause(evidence, self._said(evidence)), speaker)

    def _side(self, evidence: Evidence, speaker: str | None) -> str:
        return speaker or f"{evidence.passage.article_id}:"

    def _near(self, behind: float) -> list[Evidence]:
        least = self._ranked[0].score - behind
        return [one.evidence for one in self._ranked if one.score >= least]

    # Sentences

    def _linked(self, among: int, behind: float) -> Iterator[tuple[Evidence, Evidence]]:
        """Pairs of sentences, one of them among the best, of which the later is set against the earlier."""
        near = self._near(behind)
        for best in near[:among]:
            article = self._article(best)
            for other in (one for one in near if one.passage.article_id == article.id):
                first, second = sorted((best, other), key=lambda one: one.index)
                if rebuts(article, self._material.sentences[article.id], first.index, second.index):
                    yield first, second

    def _clause(self, evidence: Evidence, place: int) -> str:
        """The clause of a sentence around an offset, without who says it."""
        text = self._text(evidence)
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

    def _said(self, evidence: Evidence) -> int:
        """Where what a sentence says begins, after who says it."""
        told = [one for one in speakers(self._text(evidence)) if one.said_end > one.said_start]
        return told[0].said_start if told else 0

    def _speaker(self, evidence: Evidence) -> str | None:
        article = self._article(evidence)
        sentences = self._material.sentences[article.id]
        named = (one.speaker for one in speakers(self._text(evidence)) if one.speaker)
        return voice(article, sentences, evidence.index) or next(named, None)

    def _article(self, evidence: Evidence) -> Article:
        return self._material.articles[evidence.passage.article_id]

    def _text(self, evidence: Evidence) -> str:
        return self._article(evidence).text[evidence.sentence.start : evidence.sentence.end]
