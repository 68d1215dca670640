"""A premise in the wrong order: before for after, from here to there for from there to here, the beaten for the winner."""

from collections.abc import Iterator, Sequence
from itertools import product, zip_longest

from rag.language.analyzer import Term
from rag.language.antonyms import Pair, Side, Spot, antonyms, spots
from rag.language.words import words
from rag.premise.alignment import Aligned, Vector
from rag.premise.finding import Finding
from rag.premise.presupposition import Presupposition
from rag.premise.sentences import ReadSentence

_NEXT = 2  # concepts after "before", and terms, among which what it is said of stands
_REACH = 30  # letters after it in which that stands
_WINDOW = 90  # letters to either side in which the rest of the question stands
_MET = 0.8
_BESIDE, _TOPIC = 0.5, 0.75
_OVER = frozenset("علي امام حساب over against".split())
_BEATEN = 60  # letters after a word of winning in which the beaten stands
_FROM, _TO = frozenset({"من", "from"}), frozenset({"الي", "to"})


def find(sentences: Sequence[ReadSentence], taken: Presupposition) -> Finding | None:
    """The best sentence that tells what the question takes for granted in another order; None where there is none."""
    if not sentences or not taken.facts.any():
        return None
    fit = [one for one in sentences if not one.evidence.apart]
    found = [*_other_way_round(fit), *_before_for_after(fit), *_beaten(fit, taken)]
    same = [one for one in found if not one.sentence.is_of_another_event(len(one.sentence.text))]
    return max(same, key=lambda one: one.score, default=None)


def _before_for_after(sentences: Sequence[ReadSentence]) -> Iterator[Finding]:
    if not sentences:
        return
    aligner = sentences[0].aligner
    asked = spots(aligner.question.text)
    for i, spot in enumerate(asked):
        for pair in (pair for pair in antonyms().at(asked, i) if pair.kind == "o"):
            starts = [(k, one.start) for k, one in enumerate(aligner.question.concepts)]
            after = [k for k, start in starts if spot.end <= start < spot.end + _REACH][:_NEXT]
            rest = aligner.known.copy()
            rest[after] = 0.0
            about = [one for one in sentences if rest.sum() > 0 and one.context @ rest >= _TOPIC * rest.sum()]
            if after and not any(_follows(one, pair, after, own=True) for one in about):
                for one in about:
                    yield from _told_otherwise(one, pair, after, rest / rest.sum())


def _told_otherwise(one: ReadSentence, pair: Pair, after: list[int], rest: Vector) -> Iterator[Finding]:
    for spot in _follows(one, pair, after, own=False):
        start, end = max(0, spot.start - _WINDOW), min(len(one.text), spot.end + _WINDOW)
        beside = float(one.stretch(start, end).best @ rest)
        if beside >= _BESIDE:
            yield Finding(one, tuple(after), beside + float(one.context @ rest))


def _follows(one: ReadSentence, pair: Pair, concepts: list[int], *, own: bool) -> list[Spot]:
    """The words of a side of a pair that one of the concepts follows."""
    side = pair.own if own else pair.other
    return [
        spot
        for i, spot in enumerate(one.spots)
        if side.length_at(one.spots, i)
        and one.stretch(spot.end, spot.end + _REACH).met[:_NEXT, concepts].max(initial=0.0) >= _MET
        and not one.denies(spot.start)
    ]


def _other_way_round(sentences: Sequence[ReadSentence]) -> Iterator[Finding]:
    """Sentences that go from where the question goes to, and to where it goes from."""
    if not sentences:
        return
    aligner = sentences[0].aligner
    places = {side: [word for word in words(aligner.question.text) if word.folded in side] for side in (_FROM, _TO)}
    for start, goal in product(places[_FROM], places[_TO]):
        origin = _named_after(sentences[0], start.end, goal.start)
        end = _named_after(sentences[0], goal.end, start.start)
        ways = [concept.alternatives[0][0] for concept in aligner.question.concepts]
        only_origin = [i for i in origin if ways[i] not in {ways[k] for k in end}]
        only_end = [i for i in end if ways[i] not in {ways[k] for k in origin}]
        for one in sentences if only_origin and only_end else ():
            turned = _after(one, _FROM, only_end) and _after(one, _TO, only_origin)
            if turned and not _after(one, _FROM, only_origin):
                yield Finding(one, (*origin, *end), float(one.evidence.near @ aligner.known) + 1)


def _named_after(one: ReadSentence, start: int, stop: int) -> list[int]:
    """The concepts that stand after a preposition of the question, before the other one."""
    concepts = one.aligner.question.concepts
    return [
        i
        for i, concept in enumerate(concepts)
        if start <= concept.start < start + _REACH and not (start < stop <= concept.start)
    ]


def _after(one: ReadSentence, prepositions: frozenset[str], concepts: list[int]) -> bool:
    """Whether one of the concepts stands in the first two terms after one of the prepositions, before the next."""
    marks = [word for word in words(one.text) if word.folded in _FROM | _TO]
    for word, following in zip_longest(marks, marks[1:]):
        if word.folded in prepositions:
            end = min(word.end + _REACH, following.start if following else len(one.text))
            if one.stretch(word.end, end).met[:_NEXT, concepts].max(initial=0.0) >= _MET:
                return True
    return False


def _beaten(sentences: Sequence[ReadSentence], taken: Presupposition) -> Iterator[Finding]:
    """Sentences in which the winner of the question is who was beaten: فاز فريق آخر على …."""
    question = sentences[0].aligner.question if sentences else None
    for i, concept in enumerate(question.concepts if question else ()):
        said = spots(concept.text)
        pairs = (pair for k in range(len(said)) for pair in antonyms().at(said, k))
        sides = [pair.own for pair in pairs if pair.own.is_in(spots("win"))]
        after = question is not None and question.language == "ar"
        winner = i + 1 if after else i - 1
        if not sides or not taken.facts[i] or not 0 <= winner < len(taken.facts):
            continue
        about = [one for one in sentences if one.context @ one.aligner.known >= _TOPIC]
        if any(_wins(one, sides, winner) for one in about):
            continue
        yield from (Finding(one, (i, winner), _TOPIC) for one in about if _is_beaten(one, sides, winner))


def _wins(one: ReadSentence, sides: Sequence[Side], winner: int) -> bool:
    """Whether a word of winning is followed by the winner's name, and nothing like "over" is between them."""
    for i, spot in enumerate(one.spots):
        if any(side.length_at(one.spots, i) for side in sides):
            named = _named_in(one, one.stretch(spot.end, spot.end + _REACH), winner)
            if named and not any(word.folded in _OVER for word in words(one.text[spot.end : named[0].start])):
                return True
    return False


def _is_beaten(one: ReadSentence, sides: Sequence[Side], winner: int) -> bool:
    """Whether the winner's name follows "over" after a word of winning."""
    won = [spot.end for i, spot in enumerate(one.spots) if any(side.length_at(one.spots, i) for side in sides)]
    return any(
        bool(_named_in(one, one.stretch(word.end, word.end + _REACH), winner))
        for word in words(one.text)
        if word.folded in _OVER and any(end <= word.start < end + _BEATEN for end in won)
    )


def _named_in(one: ReadSentence, stretch: Aligned, concept: int) -> list[Term]:
    """The terms of a stretch that name a concept of the question, where all of its name stands there (not نادي alone)."""
    said = {term.text for term in stretch.terms}
    ways = [stems for stems, weight in one.aligner.question.concepts[concept].alternatives if weight >= _MET]
    whole = set[str]().union(*(stems for stems in ways if said.issuperset(stems)))
    return [term for term in stretch.terms if term.text in whole]
