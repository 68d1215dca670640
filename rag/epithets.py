"""What else the articles call a person: the office that stands beside the name in one of them may stand alone in another."""

from collections.abc import Iterator
from dataclasses import replace

from rag.evidence import Material
from rag.language.analyzer import analyze
from rag.language.characters import fold
from rag.language.entities import entities
from rag.language.vocabulary import vocabulary
from rag.question import Concept, Question
from rag.sentence_terms import sentence_terms

_WEIGHT = 0.75  # an office has other holders before and after
_SURE = 0.8  # weight of a way of saying a name
_LEAST_STEMS = 3  # a shorter one (the minister) may be anybody's

Stems = tuple[str, ...]


def with_epithets(question: Question, material: Material) -> Question:
    """The question, its persons also meant where an article has only the office that another one gives them (commander of the Quds Force)."""
    return replace(question, concepts=tuple(_called(concept, material) for concept in question.concepts))


def _called(concept: Concept, material: Material) -> Concept:
    """A name with the offices that nobody else has as further ways of saying it."""
    names = _names(concept)
    offices = {office for name, office in _told(material, {way[-1:] for way in names}) if _is_of(name, names)}
    mine = sorted(
        one for one in offices if all(_is_of(name, names) for name, other in _told(material, {one}) if other == one)
    )
    return (
        replace(concept, alternatives=(*concept.alternatives, *((one, _WEIGHT) for one in mine))) if mine else concept
    )


def _names(concept: Concept) -> set[Stems]:
    """The surest ways of saying a name, or a word that is none of the language; of anything else none."""
    known = {fold(concept.text), fold(concept.text).removeprefix("ال")} & vocabulary()
    if concept.kind == "name" or (concept.kind == "word" and not known):
        return {way for way, weight in concept.alternatives if weight >= _SURE}
    return set()


def _is_of(name: frozenset[str], names: set[Stems]) -> bool:
    return any(name.issuperset(way) for way in names)


def _told(material: Material, wanted: set[Stems]) -> Iterator[tuple[frozenset[str], Stems]]:
    """The stems of the names and offices of persons in the sentences that hold all of some stems; short offices left out."""
    for article_id, article in material.articles.items() if wanted else ():
        for sentence in material.sentences[article_id]:
            text = article.text[sentence.start : sentence.end]
            held = sentence_terms(article.published, text, "").present
            for one in entities(text) if any(held.issuperset(stems) for stems in wanted) else ():
                office = _stems(one.role) if one.kind == "person" and one.named and one.role else ()
                if len(office) >= _LEAST_STEMS:
                    yield frozenset(_stems(one.text)), office


def _stems(text: str) -> Stems:
    return tuple(term.text for term in analyze(text) if term.kind == "stem")
