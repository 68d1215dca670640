"""Whether it is so, as one voice denies it and another says it."""

from collections.abc import Iterator

from rag.disagreement.reader import FAR_BEHIND, HELD, Account, Reader
from rag.disagreement.words import phrases
from rag.evidence import FEATURES, Evidence
from rag.language.denials import Denial, denials
from rag.language.words import words

_AHEAD = 6  # of the best sentences those, one of which a pair has
_CLOSE, _FEW = 2.0, 3  # how far behind the best sentence, and among how many, what nothing sets against it may stand
_SHARE = 0.3  # of the question, that the account holds which is denied
_EXACTLY = 0.9  # a concept held in its own words
_CUE = 3  # words of a denial that say that something is not known


def denied(reader: Reader) -> Iterator[tuple[Account, ...]]:
    """What one sentence denies of what is asked, and another one that it is set against, or that tells it as a fact."""
    for first, second in reader.linked(_AHEAD, FAR_BEHIND):
        yield from _told_and_denied(reader, first, second, linked=True)
    for first, second in _beside(reader):
        yield from _told_and_denied(reader, first, second, linked=False)


def _told_and_denied(
    reader: Reader, first: Evidence, second: Evidence, *, linked: bool
) -> Iterator[tuple[Account, ...]]:
    often = linked and reader.is_adversative(second)
    for one, other in ((second, first), (first, second)):
        denial = next((d for d in denials(reader.text(one)) if is_asked(reader, one, d, often=often)), None)
        if denial is None or reader.speaker(one) == reader.speaker(other) or _denies(reader, other):
            continue
        said_too = _says_too(reader, other, one, denial, often=often)
        if linked:
            strong = (denial.kind == "denied" and not _is_of_rumour(reader, one, denial)) or (
                reader.is_adversative(second) and reader.is_apart(other)
            )
            beside = second.index == first.index + 1 and other.features[FEATURES.index("held")] >= _SHARE
            about = said_too or (strong and beside)
        else:
            about = _says_too(reader, other, one, denial, _EXACTLY) and reader.speaker(other) is not None
        if about and reader.speaker(one):
            texts = reader.clause(one, denial.cue_start), reader.clause(other, reader.said_at(other))
            pair = sorted(zip((one, other), texts, strict=True), key=lambda pair: pair[0].index)
            yield tuple(Account(e, text, reader.speaker(e)) for e, text in pair)


def _beside(reader: Reader) -> Iterator[tuple[Evidence, Evidence]]:
    """The best sentence with those close behind it in the same article."""
    best, *others = reader.near(_CLOSE)[:_FEW]
    for other in others:
        if other.passage.article_id == best.passage.article_id:
            first, second = sorted((best, other), key=lambda one: one.index)
            yield first, second


def is_asked(reader: Reader, evidence: Evidence, denial: Denial, *, often: bool = False) -> bool:
    """Whether a denial is of something that the question asks, and that is not the matter of the whole article unless it may be `often`."""
    text = reader.text(evidence)
    near = [word.folded for word in words(text[denial.cue_start : denial.end])][:_CUE]
    return not any((word,) in phrases("sides", "unknown") for word in near) and bool(
        reader.telling(evidence, reader.text(evidence)[denial.start : denial.end], often=often).any()
    )


def _is_of_rumour(reader: Reader, evidence: Evidence, denial: Denial) -> bool:
    """Whether it is hearsay that somebody denies, and nothing that a voice of the article says: نفى *ما تردد* عن فراره."""
    stretch = words(reader.text(evidence)[denial.cue_start : denial.end])
    return any((word.folded,) in phrases("rebuttal", "rumours") for word in stretch)


def _says_too(
    reader: Reader, other: Evidence, one: Evidence, denial: Denial, least: float = HELD, *, often: bool = False
) -> bool:
    """Whether a sentence holds some of what another one denies."""
    denied = reader.telling(one, reader.text(one)[denial.start : denial.end], often=often)
    return bool((denied & (other.held >= least)).any())


def _denies(reader: Reader, evidence: Evidence) -> bool:
    return any(is_asked(reader, evidence, denial) for denial in denials(reader.text(evidence)))
