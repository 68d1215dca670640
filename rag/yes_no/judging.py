"""The verdict of a sentence on a question of yes or no, and whether another sentence disputes it."""

from collections.abc import Iterator

from rag.evidence import Evidence, Material
from rag.language.characters import script
from rag.language.words import words
from rag.model import Article
from rag.premise.alignment import Aligner
from rag.question import Question
from rag.sentence_terms import dated_terms
from rag.yes_no.arguments import THERE, Arguments, Around
from rag.yes_no.asked import Asked, asked
from rag.yes_no.cues import is_in
from rag.yes_no.occurrences import occurrences
from rag.yes_no.sentence import LIKELY, Sentence
from rag.yes_no.telling import Telling, Verdict

_MOST = 0.6  # share of a question that says what it is about
_SOME = 0.3  # the same of circumstances, in one article


def verdict(question: Question, evidence: Evidence, material: Material) -> Verdict | None:
    """Whether what a question of yes or no asks is so, as far as one sentence tells.

    Args:
        question: as understood; one of another type has no verdict.
        evidence: the sentence judged best; one that is not Arabic has no verdict.
        material: what retrieval found; where another of its sentences says the opposite, there is no verdict.

    Returns:
        "yes" or "no" only where the sentence itself says so; None where it leaves open anything of it.
    """
    taken = asked(question) if question.type == "yes_no" else None
    article = material.articles[evidence.passage.article_id]
    text = article.text[evidence.sentence.start : evidence.sentence.end]
    if taken is None or script(text) != "ar":
        return None
    sentence = Sentence(article, text, Aligner(question, [1.0] * len(question.concepts)))
    around = Around(evidence.near, evidence.anywhere)
    if not all(around.holds(i, sentence) for i in (*taken.context, *taken.voice)):
        return None
    votes = {_vote(one, sentence, around) for one in taken.all}
    found = votes.pop() if len(votes) == 1 else None
    if found is None or (found == "yes" and not _is_told_fully(taken, sentence, around)):
        return None
    return None if any(_is_disputed(one, found, evidence, material, sentence) for one in taken.all) else found


def _is_told_fully(taken: Asked, sentence: Sentence, around: Around) -> bool:
    """Whether a yes is to all of a question: to both of its predicates, to why, and, where it is said of nobody, to that very occasion."""
    if taken.also or any(i not in sentence.places for i in taken.reason):  # which of two it was is not told by yes
        return False
    kinds = taken.question.concepts
    return bool(taken.core) or all(around.near[i] >= THERE for i in taken.context if kinds[i].kind != "date")


def _vote(taken: Asked, sentence: Sentence, around: Around) -> Verdict | None:
    """What a sentence says of what is asked; None where it says nothing, leaves it open, or says both."""
    said = occurrences(taken, sentence)
    arguments = Arguments(taken, sentence, around, frozenset(at for at, _ in said))
    telling = Telling(taken, sentence, arguments)
    votes = {
        telling.vote(at, opposite=opposite)
        for at, opposite in said
        if not telling.is_mere_mention(at) and arguments.are_met(at) and not _is_of_another_event(taken, sentence, at)
    }
    found = votes.pop() if len(votes) == 1 else None
    # What some officers did not do another authority may have done.
    return None if found == "no" and any(arguments.are_of_part(at) for at, _ in said) else found


def _is_of_another_event(taken: Asked, sentence: Sentence, at: int) -> bool:
    """Whether a word tells of another event: it is dated otherwise, or, of whomever it is told, named only for its time (منذ مقتل القائد)."""
    behind = at > 0 and is_in(sentence.words[at - 1], "sentence", "since")
    occasions = all(
        is_in(word, "question", "occasion") for i in taken.core for word in words(taken.question.concepts[i].text)
    )
    return sentence.is_dated_otherwise(at) or (behind and occasions)


def _is_disputed(taken: Asked, found: Verdict, evidence: Evidence, material: Material, sentence: Sentence) -> bool:
    """Whether another sentence says the opposite.

    What somebody denies somebody has said: there a sentence that says most of it, or something like it, is enough.
    """
    said = occurrences(taken, sentence)
    denied = any(one.kind == "denied" for at, _ in said for one in sentence.denials_of(at))
    share = _MOST if denied else 1.0
    return any(
        _speaks_against(
            taken,
            found,
            Sentence(article, text, sentence.aligner),
            share,
            same_article=article.id == evidence.passage.article_id,
        )
        for article, text in _others(taken, evidence, material, share)
    )


def _others(taken: Asked, evidence: Evidence, material: Material, share: float) -> Iterator[tuple[Article, str]]:
    """The other sentences that may say as much of what is asked, by their terms."""
    stems = [
        frozenset(stem for ways, weight in one.alternatives for stem in ways if weight >= LIKELY)
        for one in taken.question.concepts
    ]
    rest = [stems[i] for i in taken.core or taken.context]
    needed = stems[taken.predicate] if share == 1 and taken.predicate is not None else None
    own = evidence.passage.article_id, evidence.sentence.start
    for article_id, sentences in material.sentences.items():
        article = material.articles[article_id]
        texts = [(one.start, article.text[one.start : one.end]) for one in sentences]
        terms = [frozenset(term.text for term in dated_terms(article, text)) for _, text in texts]
        if not _is_of_the_occasion(taken, frozenset().union(*terms)):
            continue
        least = _MOST * share * len(rest) if taken.core or article_id != own[0] else _SOME * len(rest)
        for (start, text), present in zip(texts, terms, strict=True):
            if (article_id, start) == own or (needed is not None and needed.isdisjoint(present)):
                continue
            if sum(not stem.isdisjoint(present) for stem in rest) >= least:
                yield article, text


def _is_of_the_occasion(taken: Asked, terms: frozenset[str]) -> bool:
    """Whether an article with some terms has every date of a question, and most of its circumstances; one without tells of something else."""
    told = {
        i: any(terms.issuperset(way) for way, weight in one.alternatives if weight >= LIKELY)
        for i, one in enumerate(taken.question.concepts)
    }
    dates = all(told[i] for i, one in enumerate(taken.question.concepts) if one.kind == "date")
    return dates and sum(told[i] for i in taken.context) >= _MOST * len(taken.context)


def _speaks_against(taken: Asked, found: Verdict, sentence: Sentence, share: float, *, same_article: bool) -> bool:
    """Whether a sentence that has a share of what the question is about says, by its words alone, the opposite of a verdict."""
    rest = taken.core or taken.context  # of the circumstances a sentence may be silent
    if not taken.core and same_article:  # nobody was hurt, where somebody was
        share = _SOME
    if sum(i in sentence.alike for i in rest) < share * len(rest):
        return False
    places = [at for at, opposite in occurrences(taken, sentence) if not opposite]
    if share < 1 and taken.predicate is not None:
        places += sentence.alike.get(taken.predicate, ())
    same = (at for at in places if not _is_of_another_event(taken, sentence, at))
    return any(bool(sentence.denials_of(at)) == (found == "yes") for at in same)
