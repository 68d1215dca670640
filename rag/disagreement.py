"""Different values told of the same thing about the same event, by several articles or by several voices of one."""

from collections.abc import Sequence

from rag.event import events
from rag.evidence import Evidence, Material
from rag.language.quantities import quantities
from rag.model import Disagreement, Language, Quote, Value
from rag.question import Question
from rag.short import Told, said, told
from rag.voices import voice

_READ = 12  # sentences
_MOST_VALUES = 4


def disagreement(
    question: Question, language: Language, ranked: Sequence[tuple[Evidence, Quote]], material: Material
) -> Disagreement | None:
    """The values that the best sentences give, where they are not one.

    Args:
        question: as understood.
        language: to say them in.
        ranked: the sentences that answer about as well as the best one, each with its quote; best first.
        material: what they are from.
    """
    if question.type == "who_is":
        return None  # a person has many roles
    found: list[tuple[Told, Quote]] = []
    for evidence, quote in ranked[:_READ]:
        article = material.articles[evidence.passage.article_id]
        if one := told(question, evidence, article):
            found.append((one, quote))
    together = _apart(_of_one_event(question, found, material), material)
    keys = list(dict.fromkeys(one.key for one, _ in together))
    if len(keys) < 2 or not _are_comparable([one for one, _ in together]):
        return None
    values = [_value(one, quote, language, material) for one, quote in _first_of_each_voice(together, material)]
    about = question.concepts[question.focus].text if question.focus is not None else question.text
    return Disagreement(about, tuple(values[:_MOST_VALUES]))


def _of_one_event(
    question: Question, found: Sequence[tuple[Told, Quote]], material: Material
) -> list[tuple[Told, Quote]]:
    """Those that speak of the same event as the first; all where no event can be told."""
    if not found:
        return []
    candidates = [
        (article, article.text[one.evidence.sentence.start : one.evidence.sentence.end])
        for one, _ in found
        for article in [material.articles[one.evidence.passage.article_id]]
    ]
    parted = events(candidates, question)
    groups = [event.members for event in (*parted.asked, *parted.other)]
    same = next((members for members in groups if 0 in members), None)
    keep = set(same) if same else set(parted.undated)
    return [pair for i, pair in enumerate(found) if i in keep or (same and i in parted.undated)]


def _apart(found: Sequence[tuple[Told, Quote]], material: Material) -> list[tuple[Told, Quote]]:
    """Without those whose sentence also gives what another one does: "3,000 soldiers, 2,500 of them American" differs from neither figure."""
    values = {one.key for one, _ in found}
    return [(one, quote) for one, quote in found if not (values - {one.key}) & _figures(one.evidence, material)]


def _figures(evidence: Evidence, material: Material) -> set[str]:
    article = material.articles[evidence.passage.article_id]
    sentence = article.text[evidence.sentence.start : evidence.sentence.end]
    return {f"{one.value:.12g}" for one in quantities(sentence)}


def _are_comparable(found: Sequence[Told]) -> bool:
    """Whether all count the same thing, or none counts."""
    units = {one.candidate.quantity.unit_stem for one in found if one.candidate.quantity}
    return len(units) <= 1


def _first_of_each_voice(found: Sequence[tuple[Told, Quote]], material: Material) -> list[tuple[Told, Quote]]:
    """One for each value and whoever tells it."""
    first: dict[tuple[str, str | None], tuple[Told, Quote]] = {}
    for one, quote in found:
        first.setdefault((one.key, _speaker(one, material)), (one, quote))
    named = {key for key, speaker in first if speaker}
    return [pair for (key, speaker), pair in first.items() if speaker or key not in named]


def _value(one: Told, quote: Quote, language: Language, material: Material) -> Value:
    article = material.articles[quote.article_id]
    text = said(one.candidate, language, article, one.evidence) or one.candidate.text
    return Value(text, one.candidate.text, _speaker(one, material), quote)


def _speaker(one: Told, material: Material) -> str | None:
    article = material.articles[one.evidence.passage.article_id]
    return voice(article, material.sentences[article.id], one.evidence.index, one.candidate.start)
