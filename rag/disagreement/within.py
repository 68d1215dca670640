"""Two accounts in one sentence: قال المنظمون إن …، بينما قالت الشرطة إن …."""

from collections.abc import Iterator

from rag.disagreement.causes import cause_at
from rag.disagreement.denied import is_asked
from rag.disagreement.reader import HELD, Account, Reader
from rag.disagreement.rebuttals import parts_within
from rag.disagreement.words import begins, phrases
from rag.evidence import FEATURES, Evidence
from rag.language.denials import denials
from rag.language.words import words
from rag.voices import speakers

_AHEAD = 6  # of the best sentences


def within(reader: Reader) -> Iterator[tuple[Account, ...]]:
    """The accounts of two voices in one of the best sentences, of which the one denies what the other says, or both tell causes."""
    for one in (ranked.evidence for ranked in reader.ranked[:_AHEAD]):
        text = reader.text(one)
        parts = parts_within(text)
        told = [_part(reader, one, *part) for part in parts]
        named = [account for account in told if account]
        denied = reader.question.type != "yes_no" or any(is_asked(reader, one, denial) for denial in denials(text))
        denied = denied or any(_denies_whole(text[start:end]) for start, end in parts)
        if len({account.speaker for account in named}) > 1 and _is_about(reader, one) and denied:
            yield tuple(named)


def _part(reader: Reader, evidence: Evidence, start: int, end: int) -> Account | None:
    """What the voice of a part of a sentence says; None where nobody speaks in it, or of nothing that decides."""
    text = reader.text(evidence)
    said = next((one for one in speakers(text) if one.speaker and start <= one.verb_start < end), None)
    part = text[start:end]
    if reader.question.type == "yes_no":
        decides = _denies_whole(text[end:]) or any(
            start <= one.start < end and is_asked(reader, evidence, one) for one in denials(text)
        )
    else:
        decides = cause_at(part) is not None
    if said is None or said.speaker is None or not (decides or start):
        return None
    return Account(evidence, part.strip(" .،,"), said.speaker)


def _denies_whole(part: str) -> bool:
    """Whether a part of a sentence denies all that stands before it: وهو ما نفته الوزارة."""
    return begins([word.folded for word in words(part)], 0, phrases("rebuttal", "denying_whole"))


def _is_about(reader: Reader, evidence: Evidence) -> bool:
    features = dict(zip(FEATURES, evidence.features, strict=True))
    return bool(features["present"] >= HELD and reader.is_apart(evidence))
