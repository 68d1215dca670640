"""Whether a follow-up question that a model has completed still asks the same."""

from collections.abc import Sequence

from rag.asking import question_type
from rag.holding import matched
from rag.language.analyzer import analyze
from rag.language.names import index_keys
from rag.model import Reply
from rag.question import Concept, understand

_MOST_NEW = 1 / 3  # of its plain words may be in nobody's words before: "did", "the town of"
_LEAST_KEPT = 0.5  # of what the question itself names


def asks_the_same(rewritten: str, question: str, turns: Sequence[Reply]) -> bool:
    """Whether a question as rewritten names, counts and dates only what the conversation does, and has kept what was asked.

    Args:
        rewritten: what a model made of it.
        question: as it was asked.
        turns: what was said before it.
    """
    said = "\n".join([question, *(f"{turn.read_as or turn.question}\n{turn.text}" for turn in turns)])
    concepts = _concepts(rewritten, said)
    unknown = [concept for concept in concepts if not matched(concept, _terms(said))]
    own = _concepts(question, rewritten)
    kept = [concept for concept in own if matched(concept, _terms(rewritten))]
    kind = question_type(question)
    return (
        all(concept.kind == "word" for concept in unknown)
        and len(unknown) <= _MOST_NEW * len(concepts)
        and len(kept) >= _LEAST_KEPT * len(own)
        and kind in {"what", question_type(rewritten)}  # "what" is also what tells nothing: "and the other one?"
    )


def _concepts(text: str, heard: str) -> Sequence[Concept]:
    """What a text names, in every way in which another text may say it."""
    sounds: dict[str, list[str]] = {}
    for stem in sorted(_terms(heard)):
        for key in index_keys(stem):
            sounds.setdefault(key, []).append(stem)
    return understand(text, lambda key: sounds.get(key, []), to_english=True, to_check=True).concepts


def _terms(text: str) -> set[str]:
    return {term.text for term in analyze(text)}
