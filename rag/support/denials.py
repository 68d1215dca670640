"""What a sentence denies must be denied in its quote, and what the quote denies must not be affirmed; nor the opposite be said."""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from rag.language.antonyms import antonyms, spots
from rag.language.characters import fold, is_arabic
from rag.language.polarity import Negation, is_negating, negative_words, opposites, synonyms_beside
from rag.language.speech import speech_kind
from rag.support.anonymity import is_of_unnamed
from rag.support.match import Match
from rag.support.window import Marked, Token

_PAUSE = re.compile(r"[.!?؟;؛\n،,:()]")
_SAYS = 0.45  # how well a word of the quote must say one of the sentence for both to be about the same
_DEEP = 4  # concepts after a denial that may be what it denies
_INSIDE = 0.6  # share of what a clause says that the quote denies, from which on the clause is what is denied
_JOINS = re.compile(r"[;؛:]|\b(?:and|but|while|although|though|whereas)\b|(?<!\w)(?:لكن|بينما|فيما|غير أن|إلا أن)")
_EXCLUDES = "x"  # the kind of antonyms of which not both can be
_SURE = 0.6  # from which on a word is said itself
_HELD = 0.3  # from which on a word is said, rather than its opposite
_FAR, _BESIDE = 6, 3  # words to a denial in the same breath, and to a word that is one
_WITHOUT = frozenset({"دون", "بلا", "without"})  # before a noun phrase, any word of which the sentence may say
_ASKED = 5  # words back to who asks for something not to be done
_NEAR = 4  # words around what says the opposite within which the same must be spoken of
_CLAUSE = 12  # the same in an Arabic clause, whose verb stands before a subject of any length, for an English sentence
_BEFORE = 60  # characters from a denial back to what it may deny too (the attack caused *no* deaths)


def denied_alone(match: Match) -> str | None:
    """Something denied that the quote does not deny."""
    for negation in match.statement.negations:
        if not is_of_unnamed(match, negation.start) and not _is_denied_too(match, negation):
            return f"negation: {_said(match.statement.text, negation)}"
    return None


def affirmed_alone(match: Match) -> str | None:
    """Something affirmed that the quote denies."""
    told = [one for one in match.window.negations if not one.is_denial and _is_target_said(match, one)]
    cues = sum(is_negating(token.word) or token.word in negative_words() for token in match.statement.tokens)
    for negation in told:
        if _affirms(match, negation, each=cues < len(told)):
            return f"negation: {_said(match.window.text, negation)}"
    for clause in match.statement.clauses:
        if _is_all_denied(match, clause):
            return f"negation: {match.statement.text[clause[0] : clause[1]].strip()}"
    return None


def opposite(match: Match) -> str | None:
    """A word for the opposite of what the quote says of the same things: accepted for rejected, fell for rose."""
    statement = match.statement
    for i, kind in enumerate(statement.kinds):
        opposites = list(_opposites_of(match, i)) if kind in {"word", "doubtful"} else []
        if opposites and np.delete(match.weights[i], opposites).max(initial=0.0) < _HELD:
            for place in opposites:
                mine = _is_denied(statement.negations, statement.span(i)[0])
                if mine == _is_denied(match.window.negations, match.window.tokens[place].start):
                    return f"negation: {statement.concepts[i].text}"
    return None


def _is_denied_too(match: Match, negation: Negation) -> bool:
    """Whether what a sentence denies is denied in the quote, too.

    Of a verb it is the verb itself, where the quote has it; of nouns (no party, denied any danger) any of the next few.
    """
    scope = [
        i
        for i in range(len(match.statement.concepts))
        if _scope(match.statement, negation) <= match.statement.span(i)[0]
    ]
    later = [one.start for one in match.statement.negations if one.start > negation.start]
    end = min([negation.scope_end, *later])
    kinds = match.statement.kinds
    scope = [i for i in scope if match.statement.span(i)[0] < end and kinds[i] not in {"number", "date", "time"}]
    if any(_is_turned(match, i) or _has_antonym(match, i) for i in scope[:2]):
        return True
    if negation.is_denial and any(one.kind == "denies" for one in match.window.attributions):
        return True
    starts = [start for i in scope[:_DEEP] for start in match.anchored(i, _SAYS)]
    if negation.is_denial:
        return any(is_negating(token.word) or token.word in negative_words() for token in match.window.tokens)
    if not starts:
        return any(_is_spoken_of(match, one.start) for one in match.window.negations)
    return any(_is_denied_there(match, start) for start in starts)


def _is_spoken_of(match: Match, start: int) -> bool:
    """Whether the sentence says something of what stands around a word of the quote."""
    place = next(place for place, token in enumerate(match.window.tokens) if token.start == start)
    near = range(max(0, place - _FAR), min(len(match.window.tokens), place + _FAR + 1))
    return any(match.said_by(k) for k in near)


def _scope(text: Marked, negation: Negation) -> int:
    """Where what a denial denies begins: after who denies it."""
    said = (one.said_start for one in text.attributions if one.verb_start == negation.start)
    return next(said, negation.end) if negation.is_denial else negation.end


def _is_target_said(match: Match, negation: Negation) -> bool:
    """Whether the sentence says what a word of the quote denies."""
    target = _target(match, negation)
    return any(target in match.anchored(i, _SAYS) for i in range(len(match.statement.concepts)))


def _affirms(match: Match, negation: Negation, *, each: bool) -> bool:
    """Whether the sentence says what a word of the quote denies, and denies nothing there; what is asked for is not denied.

    Where the sentence denies less than the quote, `each` denial of the quote must have one that reaches what it denies.
    """
    before = [token.word for token in match.window.tokens if token.end <= negation.start][-_ASKED:]
    if any(speech_kind(word) == "demands" for word in before):
        return False
    target = _target(match, negation)
    least = (
        _SURE if fold(negation.text).removeprefix("و") == "غير" else _SAYS
    )  # an adjective is near many others in meaning
    return any(
        target in match.anchored(i, least) and not (_is_denied_itself if each else _is_denied_around)(match, i)
        for i in range(len(match.statement.concepts))
    )


def _target(match: Match, negation: Negation) -> int | None:
    """Where the word stands that is denied: the first with content, or the noun that it heads (without *operations* of evacuation)."""
    tokens = match.window.tokens
    denied = [
        place
        for place, token in enumerate(tokens)
        if token.terms and negation.target_start <= token.start < negation.scope_end
    ]
    absence = fold(negation.text).lstrip("وب") in _WITHOUT
    unsaid = len(denied) > 1 and not match.said_by(denied[0], _SAYS)
    if unsaid and (absence or _is_headed(tokens, *denied[:2])):
        return tokens[denied[1]].start
    return negation.target_start


def _is_headed(tokens: Sequence[Token], first: int, second: int) -> bool:
    """Whether an Arabic noun is followed by a definite one, whose head it is."""
    return second == first + 1 and tokens[second].word.startswith("ال") and not tokens[first].word.startswith("ال")


def _is_all_denied(match: Match, clause: tuple[int, int]) -> bool:
    """Whether most of what a clause says is denied in the quote, and nothing of it in the sentence."""
    inside = [
        i for i in match.statement.within(clause) if match.held[i] >= _SAYS and match.statement.kinds[i] != "date"
    ]
    denied = [i for i in inside if any(_is_denied(match.window.negations, start) for start in match.anchored(i, _SAYS))]
    if len(inside) < 2 or len(denied) < _INSIDE * len(inside):
        return False
    return not any(_is_denied_around(match, i) for i in inside)


def _is_denied(negations: Sequence[Negation], start: int) -> bool:
    return any(one.reaches(start) for one in negations)


def _is_denied_there(match: Match, start: int) -> bool:
    """Whether the quote denies what a word of it says, or something in the same breath, or says it beside a word that is a denial."""
    text, tokens = match.window.text, match.window.tokens
    place = next(place for place, token in enumerate(tokens) if token.start == start)
    if any(token.word in negative_words() for token in tokens[max(0, place - _BESIDE) : place + _BESIDE + 1]):
        return True
    near = {token.start for token in tokens[max(0, place - _FAR) : place + _FAR]}
    return any(
        one.reaches(start)
        or (one.start in near and not _PAUSE.search(text[min(one.start, start) : max(one.start, start)]))
        for one in match.window.negations
    )


def _is_denied_itself(match: Match, i: int) -> bool:
    """Whether the sentence denies a concept, or says it with a word that is a denial."""
    word = match.statement.concepts[i].text.lower()
    return word in negative_words() or _is_denied(match.statement.negations, match.statement.span(i)[0])


def _is_denied_around(match: Match, i: int) -> bool:
    """Whether the sentence denies a concept, or what follows it, or says it with a word that is a denial."""
    start, end = match.statement.span(i)
    if _is_denied_itself(match, i):
        return True
    begin, stop = next(one for one in _clauses(match) if one[0] <= start < one[1])
    near = [token for token in match.statement.tokens if start - _BEFORE < token.start < end + _BEFORE]
    near = [token for token in near if begin <= token.start < stop]
    return any(is_negating(token.word) or token.word in negative_words() for token in near)


def _clauses(match: Match) -> Sequence[tuple[int, int]]:
    """The stretches of the sentence between its pauses and the words that join one clause to another."""
    breaks = [found.start() for found in _JOINS.finditer(match.statement.text)]
    return [*pairwise([0, *breaks, len(match.statement.text)])]


def _opposites_of(match: Match, i: int) -> list[int]:
    """The words of the quote that say the opposite of a concept of the same things; none where it says the concept, too."""
    own = match.statement.concepts[i].alternatives[0][0]
    against = opposites(own[0]) if len(own) == 1 else frozenset()
    if not against:
        return []
    beside = synonyms_beside(own[0])
    if any(not beside.isdisjoint(token.forms) for token in match.window.tokens):
        return []
    return [
        place
        for place, token in enumerate(match.window.tokens)
        if not against.isdisjoint(token.forms) and _is_about_the_same(match, i, place)
    ]


def _is_turned(match: Match, i: int) -> bool:
    """Whether the quote says the opposite of a concept, with a word that says no other of the sentence, and not the concept itself."""
    return match.held[i] < _SURE and any(not match.said_by(place) for place in _opposites_of(match, i))


def _has_antonym(match: Match, i: int) -> bool:
    """Whether the quote has a word that excludes a concept (did not comply: ignored)."""
    mine, theirs = spots(match.statement.text), spots(match.window.text)
    place = next((k for k, spot in enumerate(mine) if spot.start == match.statement.span(i)[0]), None)
    if place is None or match.held[i] >= _SURE:
        return False
    return any(pair.kind == _EXCLUDES and pair.other.is_in(theirs) for pair in antonyms().at(mine, place))


def _is_about_the_same(match: Match, i: int, place: int) -> bool:
    """Whether the neighbours of a concept, on both sides where it has them, are said near a word of the quote, in one clause."""
    text, tokens = match.window.text, match.window.tokens
    beside = [j for j in (i - 1, i + 1) if 0 <= j < len(match.statement.concepts)]
    return bool(beside) and all(
        any(
            abs(k - place) <= (_CLAUSE if is_arabic(tokens[place].word) and match.is_across else _NEAR)
            and not _PAUSE.search(text[tokens[min(k, place)].end : tokens[max(k, place)].start])
            for k in match.places(j, _SAYS)
        )
        for j in beside
    )


def _said(text: str, negation: Negation) -> str:
    return text[negation.start : max(negation.end, negation.target_end)]
