"""The English of Arabic noun phrases: adjectives before the noun, "of" between a noun and what it belongs to, and articles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rag.language.inflection import adverb, gerund, participle, plural
from rag.language.readings import NAMES, NOUNS, Reading
from rag.language.romanize import spell
from rag.language.rows import Row, prepositions

HEADS = NOUNS + NAMES + "aDQe"  # classes that a noun phrase may begin with
WEEKDAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())

_TANWIN = "\u064b"
_AFTER = {"D": HEADS, "Q": "spa", "e": "spaQ" + NAMES}  # what may follow a word that a noun stands behind
_NUMBERED = frozenset(
    "year hour article number item page room flight chapter law resolution clause decision minute".split()
)
_ADVERBIAL_ENDING = "ا"
# Adjectives that an adverb may be made of; others say a noun (oil, rocket).
_QUALITY = re.compile(
    r"[a-z]+(?:al|ic|ive|ous|able|ible|ful|less|ent|ant|ate|ed|[^aeiou]y|ary|ct|rt|ong|lar|ak|ep|se|ne|re|ke|ld|id|in|st|nt|ow|it|ear|ick)|good"
)
_PREDICATED = frozenset(
    "be become remain still make find consider seem".split()
)  # an adjective behind them is no adverb
_WITH_ARTICLE = re.compile(
    r".* (?:States|Kingdom|Nations|Emirates|Union|Republic|Organi[sz]ation|Party|Army|Sea|Ocean|Council|Committee|Court|House|Fund|Agency|Ministry|"
    r"Islands|Gulf|Bank|Front|Movement|Brigades|Forces|Force|Canal|Strait|East|West|Desert|Valley|River|League|War|Zone|Association|Federation|Coalition|"
    r"Commission)|(?:Ministry|University|Gulf|Strait|Bank) of .*|Netherlands|Philippines|Vatican|Kremlin|Pentagon|UN|EU|US|UK|Taliban"
)


@dataclass(slots=True)
class _Noun:
    """A noun of a chain: its reading, where it is, and the English before and behind it."""

    reading: Reading
    at: int
    adjectives: list[str] = field(default_factory=list)
    behind: str = ""


class NounPhrases:
    """The noun phrases of a sentence.

    Args:
        row: the sentence.
    """

    def __init__(self, row: Row) -> None:
        self._row = row

    def phrase(self, at: int, *, bare: bool = False) -> tuple[str, int]:
        """A noun with the words before it, its adjectives, and what it belongs to; and the index after it.

        Args:
            at: where it begins.
            bare: whether a word before it makes an article needless.
        """
        reading, after = self._row[at], self._row.near(at + 1)
        if reading.kind not in _AFTER:
            return self._chain(at, bare=bare)
        if reading.pronoun:
            return f"{reading.english.removesuffix(' of')} of {self._row.pronoun(at, 1)}", at + 1
        if after is None or after.conjunction or after.particle or after.kind not in _AFTER[reading.kind]:
            return self._alone(at), at + 1
        if reading.kind == "Q":
            return self._counted(at)
        if reading.english == "any" and after.kind in NOUNS:
            return f"any {self._noun(_Noun(after, at + 1), counted=False)}", at + 2
        said, last = self.phrase(at + 1, bare=not reading.english.endswith(" of"))
        if reading.kind == "e":
            superlative = reading.english.partition("/")[2]
            return f"{'' if bare else 'the '}{superlative} {said}", last
        return f"{_determiner(reading, after)} {said}", last

    def _counted(self, at: int) -> tuple[str, int]:
        reading = self._row[at]
        if _is_date_or_time(reading.english):
            return reading.english, at + 1
        said, last = self._chain(at + 1, bare=True, counted=reading.number == "p")
        return f"{reading.english} {said}", last

    def _alone(self, at: int) -> str:
        reading = self._row[at]
        if reading.english == "one of":
            return "one"
        if reading.kind != "e":
            return reading.english
        comparative, _, superlative = reading.english.partition("/")
        return f"the {superlative}" if reading.article else comparative

    def manner(self, at: int) -> str:
        """The adverb that بشكل and the like make of an adjective; empty where they make none."""
        reading, after = self._row[at], self._row.near(at + 1)
        if reading.particle != "ب" or reading.english not in {"form", "picture"} or reading.article or after is None:
            return ""
        made = after.kind == "a" and not after.article and _QUALITY.fullmatch(after.english)
        return adverb(after.english) if made else ""

    def _chain(self, at: int, *, bare: bool, counted: bool = False) -> tuple[str, int]:
        """Nouns that each belong to the next, with their adjectives."""
        chain = [_Noun(self._row[at], at)]
        k = at + 1
        while self._row.is_near(k) and not chain[-1].behind:
            after = self._described(chain, k) or self._extended(chain, k, counted)
            if not after:
                break
            k = after
        tail = ""
        if self._takes_tail(chain[-1], k):
            quote = "" if self._row.is_near(k) else self._row.gap(k).strip()
            said, k = self.phrase(k)
            tail = quote + said
        return self._joined(chain, tail, bare=bare, counted=counted), k

    def _described(self, chain: Sequence[_Noun], at: int) -> int:
        """Take what is at `at` for an adjective of a noun of the chain; the index after it, 0 where it is none."""
        reading, last = self._row[at], chain[-1]
        if reading.particle:
            return 0
        if reading.conjunction:
            if not self._adds_adjective(at, last):
                return 0
            last.adjectives[0] = f"{last.adjectives[0]} and {_adjective(reading)}"
            return at + 1
        if reading.kind == "N":
            denied = self._row.near(at + 1)
            if reading.english != "non" or denied is None or denied.kind not in "ad":
                return 0
            last.adjectives.insert(0, f"not {_adjective(denied)}")
            return at + 2
        if reading.kind in "adc" and not self._is_adverbial(at):
            return self._adjective_at(chain, at)
        if reading.kind == "e" and reading.article and _is_definite(last.reading):
            last.adjectives.insert(0, reading.english.partition("/")[2])
            return at + 1
        if reading.kind == "e" and not reading.article and not _is_definite(last.reading) and not self._heads(at + 1):
            last.behind = f" {reading.english.partition('/')[0]}"
            return at + 1
        if reading.kind == "Q" and reading.article == last.reading.article and self._is_number_word(at):
            last.adjectives.insert(0, reading.english)
            return at + 1
        return 0

    def _adjective_at(self, chain: Sequence[_Noun], at: int) -> int:
        reading = self._row[at]
        host = self._host(chain, reading)
        if host is None:
            return 0
        if self._has_complement(at):
            chain[-1].behind = f" {_adjective(reading)}"
        else:
            host.adjectives.insert(0, _adjective(reading))
        return at + 1

    def _extended(self, chain: list[_Noun], at: int, counted: bool) -> int:
        """Take what is at `at` for the next noun of the chain; the index after it, 0 where it is none."""
        reading, last = self._row[at], chain[-1]
        if reading.particle or reading.conjunction:
            return 0
        if reading.kind == "Q":
            belongs = last.reading.english in _NUMBERED or (
                self._is_construct(last) and _is_date_or_time(reading.english)
            )
        elif reading.kind in NAMES and (last.reading.kind in NAMES or self._is_title(chain)):
            belongs = True
        else:
            belongs = self._is_construct(last) and reading.kind in NOUNS + NAMES and not (counted and reading.pronoun)
        if belongs:
            chain.append(_Noun(reading, at))
        return at + 1 if belongs else 0

    def _is_title(self, chain: Sequence[_Noun]) -> bool:
        """Whether a name behind the chain is of the person whom its last noun tells the title of (مطار الملك خالد الدولي)."""
        last = chain[-1]
        return len(chain) > 1 and last.reading.article and not last.adjectives and self._row.is_human(last.at)

    def _takes_tail(self, last: _Noun, at: int) -> bool:
        """Whether the last noun belongs to a phrase of its own: one that begins with a determiner or number, or stands in quotation marks."""
        if last.behind or not self._is_construct(last) or at >= len(self._row):
            return False
        reading = self._row[at]
        if reading.conjunction or reading.particle or reading.english.startswith("for "):  # لكل
            return False
        if self._row.is_quoted(at):
            return reading.kind in NOUNS + NAMES
        return self._row.is_near(at) and reading.kind in "DQe" and not (reading.kind == "D" and reading.article)

    def _heads(self, at: int) -> bool:
        """Whether a noun or number is near that a superlative belongs to."""
        after = self._row.near(at)
        return after is not None and after.kind in NOUNS + "Qa" and not after.particle and not after.conjunction

    def _adds_adjective(self, at: int, last: _Noun) -> bool:
        reading, before = self._row[at], self._row[at - 1]
        alike = reading.kind == before.kind == "a" and reading.article == before.article
        return alike and reading.conjunction == "و" and bool(last.adjectives)

    def _is_number_word(self, at: int) -> bool:
        """Whether a number in words stands behind what it counts (أسبوع واحد, التبديلات الثلاثة)."""
        after = self._row.near(at + 1)
        counts = after is not None and after.kind in "sp" and not (after.article or after.particle or after.conjunction)
        return not self._row.first_word(at).is_figure and not _is_date_or_time(self._row[at].english) and not counts

    def _is_adverbial(self, at: int) -> bool:
        """Whether a participle tells what one does (مؤكدا) and does not describe a noun."""
        return self._row[at].kind == "c" and _TANWIN in self._row.last_word(at).text

    def _has_complement(self, at: int) -> bool:
        """Whether an adjective is followed by a preposition that goes with it: close to."""
        return self._row.is_near(at + 1) and (self._row.preposition(at + 1), self._row[at].english) in prepositions()

    def _is_construct(self, noun: _Noun) -> bool:
        """Whether a noun may belong to what follows it: no article, no pronoun, no adjective, and no ending that forbids it."""
        reading, text = noun.reading, self._row.last_word(noun.at).text
        if reading.kind == "u" and self._row.is_named(noun.at):
            return False
        if reading.kind not in NOUNS + "au" or reading.article or reading.pronoun or noun.adjectives or _TANWIN in text:
            return False
        return not (reading.number == "d" and text.endswith(("ان", "ين")))

    def _host(self, chain: Sequence[_Noun], adjective: Reading) -> _Noun | None:
        """The noun that an adjective describes: the last of the chain that agrees with it."""
        if adjective.article != self._ends_definite(chain):
            return None
        named = False
        for noun in reversed(chain):
            reading = noun.reading
            is_title, named = named and reading.article, reading.kind in NAMES
            if (named and len(chain) > 1) or is_title:
                continue
            feminine = reading.feminine or (reading.kind == "p" and not reading.ending)
            if adjective.feminine == feminine:
                return noun
        return chain[0] if chain[-1].reading.kind in NAMES else chain[-1]

    def _ends_definite(self, chain: Sequence[_Noun]) -> bool:
        last = chain[-1]
        return _is_definite(last.reading) or (last.reading.kind == "u" and self._row.is_named(last.at))

    def _joined(self, chain: Sequence[_Noun], tail: str, *, bare: bool, counted: bool) -> str:
        if len(chain) > 1 and chain[0].reading.english == "day" and chain[1].reading.english in WEEKDAYS:
            chain = chain[1:]
        definite = self._ends_definite(chain) or bool(re.match('["«“]|the |this |that |these |all ', tail))
        said = ""
        for i, noun in enumerate(chain):
            construct = i < len(chain) - 1 or bool(tail)
            if i:
                said += self._between(chain[i - 1], noun)
            said += self._determined(noun, construct and definite, bare and i == 0, counted and i == 0, definite)
            said += noun.behind
        if self._is_time_alone(chain):
            said = f"at {said}"
        return said + (f" of {tail}" if tail else "")

    def _is_time_alone(self, chain: Sequence[_Noun]) -> bool:
        """Whether it is the hour at which, with no preposition: الساعة 2:45."""
        reading, before = chain[0].reading, self._row.before(chain[0].at)
        governed = before is not None and before.kind == "P"
        return (
            len(chain) > 1 and reading.english == "hour" and reading.article and not reading.particle and not governed
        )

    def _between(self, one: _Noun, other: _Noun) -> str:
        reading, before = other.reading, one.reading
        names = reading.kind in NAMES and (before.kind in NAMES or before.article)
        numbered = reading.kind == "Q" and before.english in _NUMBERED
        unread = reading.kind == "u" and not self._row.is_named(other.at)
        return " " if names or numbered or unread else " of "

    def _determined(self, noun: _Noun, of_definite: bool, bare: bool, counted: bool, definite: bool) -> str:
        """A noun of a chain with its adjectives and the article or possessive that it needs."""
        reading = noun.reading
        two = ["two"] if reading.number == "d" and reading.kind in NOUNS else []
        said = " ".join([*two, *noun.adjectives, self._noun(noun, counted=counted)])
        if reading.pronoun:
            return f"{self._row.pronoun(noun.at, 2)} {said}"
        if bare or reading.kind in "gQ" or (reading.kind == "u" and self._row.is_named(noun.at)):
            return said
        if reading.kind == "n":
            return f"the {said}" if noun.adjectives or _WITH_ARTICLE.fullmatch(reading.english) else said
        if reading.article or of_definite:
            return f"the {said}"
        single = reading.kind == "s" and reading.counted and reading.number == "s" and noun.adjectives[:1] != ["one"]
        return f"{_article(said)} {said}" if single and not definite else said

    def _noun(self, noun: _Noun, *, counted: bool) -> str:
        reading, english = noun.reading, noun.reading.english
        if reading.kind == "u":
            named = self._row.is_named(noun.at)
            spelt = spell(english) if named else f"[{spell(english).lower()}]"
            return f"al-{spelt}" if named and reading.article else spelt
        if reading.kind == "g":
            return gerund(english)
        if reading.kind == "a":
            return self._adjective_alone(noun, counted)
        return plural(english) if counted and reading.kind == "s" else english

    def _adjective_alone(self, noun: _Noun, counted: bool) -> str:
        """An adjective that stands for a noun (Americans, others) or tells how (officially)."""
        reading, english = noun.reading, noun.reading.english
        many = reading.number == "p" or self._row.first_word(noun.at).folded.endswith(("ون", "ين"))
        if english == "other" and many:
            return "others"
        if (counted or many) and english[0].isupper():
            return english if english.endswith(("ese", "sh", "ch")) else plural(english)
        before = self._row.before(noun.at)
        how = reading.ending == _ADVERBIAL_ENDING and not noun.adjectives and _QUALITY.fullmatch(english)
        if how and before is not None and before.kind != "Q" and not self._is_predicate(noun.at):
            return adverb(english)
        return english

    def _is_predicate(self, at: int) -> bool:
        """Whether a verb before it in the clause wants an adjective: remained dangerous."""
        for k in range(at - 1, max(-1, at - 5), -1):
            if self._row[k].english.split()[0] in _PREDICATED or self._row[k].kind == "N":
                return True
            if self._row.is_broken(k + 1):
                return False
        return False


def _is_definite(reading: Reading) -> bool:
    return reading.article or bool(reading.pronoun) or reading.kind in "nQ"


def _is_date_or_time(english: str) -> bool:
    return bool(re.search(r"[A-Z][a-z]{2}|\d:\d", english))


def _determiner(reading: Reading, noun: Reading) -> str:
    english = reading.english
    many = noun.kind == "p" or noun.number in {"p", "d"}
    if english in {"this", "that"} and many:
        return {"this": "these", "that": "those"}[english]
    if english == "all" and not noun.article and not many and not noun.pronoun:
        return "every"
    return f"{english} the" if english in {"all", "some"} and noun.article else english


def _adjective(reading: Reading) -> str:
    if reading.kind == "d":
        return participle(reading.english)
    return gerund(reading.english) if reading.kind == "c" else reading.english


def _article(english: str) -> str:
    vowel = english[:1].lower() in "aeiou" and not re.match(r"(?i)uni|use|usu|one\b|eu", english)
    return "an" if vowel or re.match(r"(?i)hour|honor|heir", english) else "a"
