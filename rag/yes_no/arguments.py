"""Whether a sentence says a predicate of the subject and the objects of a question, and not of others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.evidence import Vector
from rag.language.denials import is_light
from rag.language.stopwords import STOPWORDS
from rag.yes_no.asked import Asked
from rag.yes_no.cues import NAMES, NOUNS, begins_phrase, is_in
from rag.yes_no.sentence import HELD, PAUSE, Clause, Sentence

THERE = 0.85  # a concept that an article holds as well is in it
_NAMED = 0.7  # the same of a name, which may be spelt otherwise there
_MOST = 0.6  # share of an indirect question that says what it is about
_TIGHT, _FARTHEST = 3, 12  # words within a noun phrase, and from the predicate to what it is said of
_ANTECEDENT = 5  # words before a relative pronoun in which what it stands for is
_OF_ONE = frozenset({"ه", "ها"})  # pronouns that tell the sex

Places = Mapping[int, int]  # concept → word


@dataclass(frozen=True, slots=True)
class Around:
    """How well a sentence with those beside it holds each concept of a question, and how well its article does."""

    near: Vector
    anywhere: Vector

    def holds(self, concept: int, sentence: Sentence) -> bool:
        """Whether what the sentence tells of happened under a circumstance of the question, as far as its article tells."""
        name = sentence.aligner.question.concepts[concept].kind == "name"
        there = self.anywhere[concept] >= (_NAMED if name else THERE)
        return bool(self.near[concept] >= HELD or (there and not sentence.is_elsewhere))


class Arguments:
    """What a predicate is said of.

    Args:
        asked: the question.
        sentence: that says it.
        around: that sentence.
        said: the words of the sentence that say the predicate.
    """

    def __init__(self, asked: Asked, sentence: Sentence, around: Around, said: frozenset[int]) -> None:
        self._asked = asked
        self._sentence = sentence
        self._around = around
        self._said = said

    def is_spoken_of(self, i: int) -> bool:
        """Whether a word says something of the question."""
        return i in self._said or i in self._sentence.asked_words

    def are_met(self, at: int) -> bool:
        """Whether the clause of a predicate says it of what the question does, and in the same roles."""
        if self._asked.indirect:
            return self._is_left_to_know(at)
        clause = self._sentence.clause_at(at)
        there = self._places(clause, at)
        missing = self._missing(there, at)
        if missing and not self._is_left_out(missing, at):
            return False
        return (
            all(self._is_whole(i, place) for i, place in there.items())
            and self._stand_together(there, at)
            and self._are_of_one_piece(there, at)
            and self._are_in_order(there, at)
            and not any(self.belongs_to_another(p) for p in there.values() if p >= clause.first and p != at + 1)
            and not (self._asked.passive and self._is_active(there, at))
        )

    def _is_left_to_know(self, at: int) -> bool:
        """Whether "whether" follows a word, and most of the core that."""
        behind = range(at + 1, min(at + 1 + _FARTHEST, len(self._sentence.words)))
        opens = any(begins_phrase(self._sentence.words, i, "sentence", "whether") for i in behind)
        said = [i for i in self._asked.core if any(place in behind for place in self._sentence.alike.get(i, ()))]
        return opens and len(said) >= _MOST * len(self._asked.core)

    def are_of_part(self, at: int) -> bool:
        """Whether one of those that a predicate is said of is only part of what the question speaks of."""
        there = self._places(self._sentence.clause_at(at), at)
        return any(place in self._sentence.parts.get(i, ()) for i, place in there.items())

    # Where they stand

    def _places(self, clause: Clause, at: int) -> dict[int, int]:
        """The words that say the core: in the clause, the subject also where the clause goes on, what a joined pronoun stands for before."""
        there = self._inside(clause, at)
        there |= self._before([i for i in self._asked.subject if i not in there], clause)
        tag = self._sentence.tag(at)
        if tag is not None and tag.pronoun:
            there |= self._antecedents([i for i in self._asked.core if i not in there], at, tag.pronoun)
        return there

    def _inside(self, clause: Clause, at: int) -> dict[int, int]:
        """Those in the clause, neighbours in a noun phrase beside one another; of a relative clause also just before it."""
        first = max(0, clause.first - _ANTECEDENT) if clause.opener == "relative" else clause.first
        there: dict[int, int] = {}
        said = self._sentence.places
        for i in sorted(self._asked.core, key=lambda i: len(said.get(i, ()))):
            near = [p for p in said.get(i, ()) if first <= p < clause.last and 0 < abs(p - at) <= _FARTHEST]
            beside = next((there[j] for j in self._partners(i) if j in there), at)
            if near:
                there[i] = min(near, key=lambda p: abs(p - beside))
        return there

    def _before(self, concepts: Sequence[int], clause: Clause) -> dict[int, int]:
        """Those in the clause with whose subject another goes on."""
        tag = self._sentence.tag(clause.first)
        if clause.opener in {"that", "turn"} and tag is not None and tag.pronoun:  # أنها, لكنها
            return self._antecedents(concepts, clause.first, tag.pronoun)
        while clause.goes_on is not None:
            clause = self._sentence.clauses[clause.goes_on]
            said = {
                i: [p for p in self._sentence.places.get(i, ()) if clause.first <= p < clause.last] for i in concepts
            }
            if any(said.values()):
                return {i: places[0] for i, places in said.items() if places}
        return {}

    def _antecedents(self, concepts: Sequence[int], at: int, pronoun: str) -> dict[int, int]:
        """The last ones before a word, if one of them agrees with a pronoun."""
        said = {i: [p for p in self._sentence.places.get(i, ()) if p < at] for i in concepts}
        found = {i: max(places) for i, places in said.items() if places}
        feminine = pronoun == "ها"
        agrees = pronoun not in _OF_ONE or any(self._is_feminine(p) == feminine for p in found.values())
        return found if agrees else {}

    def _is_feminine(self, place: int) -> bool:
        tag = self._sentence.tag(place)
        return self._sentence.words[place].text.endswith(("ة", "ات")) or (tag is not None and tag.feminine)

    def _partners(self, concept: int) -> list[int]:
        """The neighbours of a concept in its noun phrase."""
        return [one if other == concept else other for one, other in self._asked.pairs if concept in (one, other)]

    # What is missing

    def _missing(self, there: Places, at: int) -> list[int]:
        """Of the core what a clause neither says nor leaves to be known; what is known goes with what is said, and with that further."""
        known = dict(there)
        left = [i for i in self._asked.core if i not in there]
        while found := [i for i in left if self._is_known(i, known, at)]:
            left = [i for i in left if i not in found]
            known |= {i: next(known[j] for j in self._partners(i) if j in known) for i in found}
        return left

    def _is_known(self, concept: int, there: Places, at: int) -> bool:
        """Whether what a clause leaves out is said of its noun beside the sentence, and nothing else of that noun in it."""
        places = [there[head] for head in self._partners(concept) if head in there]
        if any(self._sentence.has_pronoun(place) for place in places):
            return bool(self._around.anywhere[concept] >= HELD)
        head = self._asked.question.language == "ar" and concept in self._asked.subject[:1]
        if head and concept in self._sentence.places:
            return False  # who is named in another clause need not be who this one is about
        definite = all(map(self._is_definite, places))
        beside = self._around.near[concept] >= HELD and (definite or concept not in self._sentence.places)
        in_article = self._around.anywhere[concept] >= THERE and definite
        parts = self._sentence.parts.values()
        whole = [place for place in places if place + 1 != at and not any(place in some for some in parts)]
        described = any(map(self._is_described, whole))
        return bool(places) and bool(beside or in_article) and not described

    def _is_definite(self, place: int) -> bool:
        return self._sentence.words[place].folded.lstrip("وفبلك").startswith(("ال", "ل"))

    def _is_described(self, place: int) -> bool:
        """Whether an adjective, name or noun that the question does not have follows a noun."""
        after = self._sentence.tag(place + 1)
        other = after is not None and after.kind in NAMES | {"a", "s", "p"} and not after.particle
        return other and place + 1 not in self._sentence.asked_words

    def _is_left_out(self, missing: Sequence[int], at: int) -> bool:
        """Whether it is denied of whatever the question adds: who buys nothing buys no house, and what was not bought nobody bought."""
        tag = self._sentence.tag(at)
        deed = tag is not None and tag.kind in NOUNS
        return (
            (deed or set(missing).isdisjoint(self._asked.subject))
            and all(self._around.anywhere[i] >= HELD for i in missing)
            and self._is_denied_altogether(at)
        )

    def _is_denied_altogether(self, at: int) -> bool:
        """Whether nothing is denied but what the question speaks of."""
        denied = self._sentence.denials_of(at)
        found = enumerate(self._sentence.words)
        inside = [i for i, word in found if any(one.core <= word.start < one.end for one in denied)]
        return bool(denied) and all(self.is_spoken_of(i) or not is_telling(self._sentence, i) for i in inside)

    # How they stand to each other

    def _is_whole(self, concept: int, place: int) -> bool:
        """Whether of a concept of several words (health minister) another stands beside the one found, where the sentence has another."""
        others = set(self._sentence.places.get(concept, ())) - {place}
        several = " " in self._asked.question.concepts[concept].text
        return not (several and others) or any(abs(other - place) <= _TIGHT for other in others)

    def _stand_together(self, there: Places, at: int) -> bool:
        known = dict(there) if self._asked.predicate is None else {**there, self._asked.predicate: at}
        pairs = [(known[one], known[other]) for one, other in self._asked.pairs if one in known and other in known]
        return all(abs(one - other) <= _TIGHT for one, other in pairs)

    def _are_of_one_piece(self, there: Places, at: int) -> bool:
        """Whether no comma parts the predicate from an object, but those around an apposition."""
        if self._sentence.tag(at) is None or self._sentence.has_pronoun(at):
            return True
        for place in (there[i] for i in self._objects(there)):
            first, last = sorted((at, place))
            between = self._sentence.text[self._sentence.words[first].end : self._sentence.words[last].start]
            if len(PAUSE.findall(between)) % 2:
                return False
        return True

    def _are_in_order(self, there: Places, at: int) -> bool:
        """Whether the subject comes before the objects, as it does in both languages, and behind a verb at once."""
        subject = [there[i] for i in self._asked.subject if i in there]
        if self._asked.passive or self._asked.is_noun or not subject:
            return True
        tag = self._sentence.tag(at)
        if tag is not None and tag.is_verb and min(subject) > at + _TIGHT:
            return False
        return all(min(subject) < there[i] for i in self._objects(there))

    def _objects(self, there: Places) -> list[int]:
        return [i for i in self._asked.core if i in there and i not in self._asked.subject]

    def belongs_to_another(self, place: int) -> bool:
        """Whether a noun is what another one is of that the question does not have: the owner of *the company*."""
        before, own = self._sentence.tag(place - 1), self._sentence.tag(place)
        if before is None or own is None or before is own or place - 1 in self._sentence.asked_words:
            return False
        if before.kind not in NOUNS or before.article or before.pronoun or own.particle or own.conjunction:
            return False
        word = self._sentence.words[place - 1]
        if self._sentence.gap(place).strip() or own.kind not in NOUNS | NAMES or word.folded.endswith("ا"):
            return False
        return not is_in(word, "sentence", "same", "done") and not is_light(word.folded)

    def _is_of_subject(self, place: int) -> bool:
        return any(place in self._sentence.places.get(i, ()) for i in self._asked.subject)

    def _is_active(self, there: Places, at: int) -> bool:
        """Whether a verb has the one that the question takes for its object as its subject."""
        tag = self._sentence.tag(at)
        places = sorted(there[i] for i in self._asked.subject if i in there)
        if tag is None or not tag.is_verb or not places or places[0] != at + 1:
            return False
        last = next(p for p in range(places[0], len(self._sentence.words)) if not self._is_of_subject(p + 1))
        after = self._sentence.tag(last + 1)
        if after is None or after.particle or after.kind not in NOUNS or self._sentence.gap(last + 1).strip():
            return False
        return after.article or self._sentence.words[last + 1].folded.endswith("ا")


def is_telling(sentence: Sentence, i: int) -> bool:
    """Whether a word says more than that something is."""
    return sentence.words[i].folded not in STOPWORDS and not is_light(sentence.words[i].folded)
