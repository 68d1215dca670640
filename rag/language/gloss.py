"""A word-for-word English gloss of Arabic text, for readers of English.

Words stay in Arabic's order but inside a noun phrase, where English wants its adjectives before the noun and "of" between a noun and what it
belongs to. Nothing is left out: what the lexicon does not know is spelt as a name, or in brackets where it can be none.
"""

import re
from functools import lru_cache

from rag.language.characters import is_arabic
from rag.language.inflection import gerund, participle
from rag.language.lattice import breaks, options
from rag.language.noun_phrases import HEADS, WEEKDAYS, NounPhrases
from rag.language.readings import NAMES, NOUNS
from rag.language.rows import Row, is_place
from rag.language.tagging import chosen
from rag.language.verb_phrases import VerbPhrases
from rag.language.words import words

_CONJUNCTIONS = {"": "", "و": "and ", "ف": "so "}
_PREDICATES = NOUNS + NAMES + "aeDQP"  # behind a pronoun alone: Arabic has no "is"
_IS = {"he": "is", "she": "is", "they": "are", "we": "are", "you": "are", "I": "am"}
_MEASURES = frozenset(("percentage", "ratio", "rate"))
_OPENING = frozenset(("«", "“", '"', "("))
_DATE = re.compile(r"\d+ [A-Z].*")


@lru_cache(maxsize=2_000)  # the same quotes are shown again and again
def gloss(text: str) -> str:
    """English for Arabic `text`, word for word, with its punctuation; text in which nothing is Arabic comes back as it is.

    >>> gloss("لم يسفر الهجوم عن قتلى")
    'did not result the attack in dead'
    """
    found = words(text)
    if not any(is_arabic(word.text) for word in found):
        return text
    row = Row(text, found, chosen(options(text, found), breaks(text, found)))
    return _Sentence(row).english()


class _Sentence:
    """The English of a row of readings."""

    def __init__(self, row: Row) -> None:
        self._row = row
        self._nouns = NounPhrases(row)
        self._verbs = VerbPhrases(row)

    def english(self) -> str:
        parts: list[str] = []
        at = 0
        while at < len(self._row):
            gap = self._row.gap(at)
            parts.append(f" {gap}" if parts and (gap in _OPENING or not gap) else gap)
            said, at = self._said(at)
            parts.append(said)
        parts.append(self._row.gap(at))
        return _tidy("".join(parts))

    def _said(self, at: int) -> tuple[str, int]:
        """The English of what begins at `at`, and the index after it."""
        reading = self._row[at]
        before = _CONJUNCTIONS[reading.conjunction]
        if manner := self._nouns.manner(at):
            return before + manner, at + 2
        if reading.particle in {"ب", "ل", "ك"}:
            before += self._particle(at)
        if reading.is_verb:
            return before + self._verbs.verb(at), at + 1
        if reading.kind == "N":
            said, after = self._verbs.negation(at, lambda noun: self._nouns.phrase(noun, bare=True))
        elif reading.kind == "A":
            said, after = self._verbs.auxiliary(at)
        elif reading.kind in HEADS:
            said, after = self._nouns.phrase(at)
        else:
            said, after = self._word(at), at + 1
        return before + said, after

    def _particle(self, at: int) -> str:
        """What ب ل ك say, with a space."""
        reading, before = self._row[at], self._row.before(at)
        if reading.particle == "ل" and reading.kind == "i":
            return "to "
        governed = self._row.governed(at, reading.particle)
        if governed is not None:
            return f"{governed} " if governed else ""
        if reading.particle == "ك":
            return "as "
        if reading.particle == "ب":
            if reading.kind in "gQ" or reading.english in _MEASURES:
                return "by "
            return "in " if reading.kind in NAMES or is_place(reading.english) else "with "
        return "to " if before is not None and (before.is_verb or reading.kind in NAMES) else "for "

    def _word(self, at: int) -> str:
        """A word that is no verb and no noun."""
        reading = self._row[at]
        said = reading.english
        if reading.kind == "c":
            said = gerund(said)
        elif reading.kind == "d":
            said = participle(said)
        elif reading.kind == "P":
            said = self._preposition(at)
        elif said == "that" and reading.kind == "T" and not reading.pronoun and self._verbs.is_infinitive(at + 1):
            said = "" if self._verbs.is_without(at) else "to"
        elif reading.kind == "R":
            said = self._pronoun(at)
        elif said == "which" and self._row.is_human(at - 1):
            said = "who"
        elif said == "there":
            said = self._there(at)
        if not reading.pronoun:
            return said
        return f"{said} {self._row.pronoun(at, 0 if reading.kind in 'TC' else 1)}".strip()

    def _preposition(self, at: int) -> str:
        reading, before, after = self._row[at], self._row.before(at), self._row.near(at + 1)
        alone = reading.length == 1 and not reading.particle
        if alone and (governed := self._row.governed(at, self._row.preposition(at))) is not None:
            return governed
        if reading.english == "in" and after is not None and not reading.pronoun:
            day = after.english in WEEKDAYS or (after.english == "day" and after.article)
            return "on" if day or (after.kind == "Q" and _DATE.fullmatch(after.english)) else "in"
        if reading.english == "from" and before is not None and before.kind in "DQ":
            return "of"
        return reading.english

    def _pronoun(self, at: int) -> str:
        """A pronoun alone, with the "is" that English wants before a noun; ما also where it may deny."""
        said, after = self._row[at].english, self._row.near(at + 1)
        if said == "what":
            if self._verbs.may_deny(at):
                return "not/what"
            return "what is" if after is not None and after.kind in NOUNS and not after.particle else said
        if said in {"he", "she"}:
            said = self._row.referent(at, "ه" if said == "he" else "ها")[0]
        predicate = after is not None and after.kind in _PREDICATES and not after.conjunction
        return f"{said} {_IS.get(said, 'is')}" if predicate and self._row[at].english in _IS else said

    def _there(self, at: int) -> str:
        """هناك is "there is" before what there is, unless a verb or a negation before it says "is"."""
        before, after = self._row.before(at), self._row.near(at + 1)
        exists = (
            after is not None and after.kind in NOUNS and not (after.article or after.particle or after.conjunction)
        )
        said = before is not None and (before.is_verb or before.kind in "NA") and not self._row.is_broken(at)
        return "there is" if exists and not said else "there"


def _tidy(english: str) -> str:
    english = re.sub(r"[ \t]+", " ", english).strip().replace(" an other ", " another ")
    return re.sub(r" +([,;?.!%)\]»”])", r"\1", english)
