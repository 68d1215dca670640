"""Faults in what is cited: facts of two events mixed, another passage, another article's sentence, a quotation nobody said."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from rag.evaluation.faults.figures import figures
from rag.evaluation.faults.names import names_in
from rag.evaluation.faults.statement import Scene, Statement
from rag.evaluation.faults.words import entries_in, group, put
from rag.language.names import similarity
from rag.language.words import words

_ENDINGS = " .!؟?…"
_SOUNDS_ALIKE = 0.3
_Spans = Sequence[tuple[int, int]]


def mixed(statement: Statement, scene: Scene, rng: Random) -> Statement | None:
    """A date, name, number or place of another article in the sentence, the passages of both cited."""
    others = scene.elsewhere(statement)
    rng.shuffle(others)
    for parts in _PARTS:
        own = parts(statement)
        for other in others if own else ():
            for span in parts(other):
                foreign = other.text[slice(*span)]
                if not _is_said(foreign, statement):
                    text = put(statement.text, *own[0], foreign)
                    return replace(statement, text=text, passages=(*statement.passages, *other.passages))
    return None


def moved(statement: Statement, scene: Scene, rng: Random) -> Statement | None:
    """The citation moved to another passage of the article, which does not carry the sentence."""
    cited = {passage.id for passage in statement.passages}
    free = [
        passage
        for passage in scene.passages[statement.article_id]
        if passage.id not in cited and statement.quote not in passage.text and not scene.may_carry(passage, statement)
    ]
    return replace(statement, passages=(rng.choice(free),)) if free else None


def foreign(statement: Statement, scene: Scene, rng: Random) -> Statement | None:
    """A sentence of another article with this one's citation."""
    others = scene.elsewhere(statement)
    return replace(statement, text=rng.choice(others).text) if others else None


def quotation(statement: Statement, scene: Scene, rng: Random) -> Statement | None:
    """A quotation added that is in none of its passages."""
    invented = rng.choice(group("quotations")).form(statement.language, 0)
    adding = "، مضيفا" if statement.language == "ar" else ", adding"
    return replace(statement, text=f'{statement.text.rstrip(_ENDINGS)}{adding}: "{invented}".')


def _is_said(part: str, statement: Statement) -> bool:
    """Whether a statement or its passages have a part of another, in either language: a name that sounds like a word of theirs counts."""
    known = [one.entry for kind in ("months", "places") for one in entries_in(part, group(kind), statement.language)]
    if known:
        return any(entry.is_said(statement.said) for entry in known)
    heard = [word.folded for word in words(statement.said)]
    return any(
        word.folded in heard or any(similarity(word.folded, other) > _SOUNDS_ALIKE for other in heard)
        for word in words(part)
    )


def _listed(kind: str) -> Callable[[Statement], _Spans]:
    return lambda statement: [
        (one.start, one.end) for one in entries_in(statement.text, group(kind), statement.language)
    ]


def _names(statement: Statement) -> _Spans:
    return names_in(statement.text, statement.language)


def _figures(statement: Statement) -> _Spans:
    return [match.span() for match in figures(statement)]


_PARTS: tuple[Callable[[Statement], _Spans], ...] = (_listed("months"), _names, _figures, _listed("places"))
