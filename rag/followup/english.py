"""An English question taken apart by the order of its words, and put together anew."""

import re

from rag.followup.english_words import base, base_forms, is_name, is_plural, singular
from rag.followup.mention import Kind, Mention
from rag.followup.naming import named_kind
from rag.followup.question import ARGUMENTS, Asks, Phrase, Question, Span
from rag.language.characters import fold
from rag.language.dates import weekday_term
from rag.language.inflection import past
from rag.language.words import Word

_UNIT = re.compile(r"\w+(?:['’\-./:]\w+)*")
_ASKS: dict[str, Asks] = {
    "who": "who", "whom": "who", "whose": "who", "what": "what", "when": "when", "where": "where", "why": "why", "which": "which", "how": "how",
}  # fmt: skip


class EnglishQuestion(Question):
    """An English question; its `units` are its words, those joined by a hyphen as one.

    Attributes:
        aux: the unit of the auxiliary that follows the question phrase, or None.
    """

    language = "en"

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.phrase = self._question_phrase()
        self.aux = self.phrase.last if self.asks != "none" and self.is_in(self.phrase.last, "auxiliaries") else None
        if self.aux is not None:
            self.subject, self.verb = self._clause(self.aux)
        elif self.asks in ARGUMENTS and self.phrase.last < len(self.units):
            self.verb = self.phrase.last

    def _units(self) -> tuple[Word, ...]:
        return tuple(Word(m[0], fold(m[0]), m.start(), m.end()) for m in _UNIT.finditer(self.text))

    # Reading

    def _question_phrase(self) -> Phrase:
        first = self._fronted()
        i = first + (self._is_preposition(first) and self.is_in(first + 1, "asking"))
        word = self.folded(i)
        if self.is_in(i, "auxiliaries"):
            return Phrase(first, first, "polar")
        if word not in _ASKS:
            return Phrase(first, first, "none")
        asks, i = _ASKS[word], i + 1
        if word == "how" and self.folded(i) in {"many", "much"}:
            asks, i = "how_many", i + 1
        elif word == "how" and i < len(self.units) and not self.is_in(i, "auxiliaries"):
            return Phrase(first, i + 1, "how")
        if word in {"which", "what", "whose"} or asks == "how_many":
            last = self._noun_end(i)
            return Phrase(first, last, asks, (i, last) if last > i else None)
        return Phrase(first, i, asks)

    def _fronted(self) -> int:
        """Where the question itself begins: after "according to the ministry," or "in the July attack,"."""
        if self.is_in(0, "asking", "auxiliaries"):
            return 0
        begins = (i for i in range(1, len(self.units)) if self.is_cut(i) and self._begins(i))
        return next(begins, 0)

    def _begins(self, i: int) -> bool:
        return self.is_in(i, "asking", "auxiliaries") or (self._is_preposition(i) and self.is_in(i + 1, "asking"))

    def _is_preposition(self, i: int) -> bool:
        return self.is_in(i, "prepositions") or self.folded(i) == "of"

    def _noun_end(self, i: int) -> int:
        """The end of the noun that "which" or "how many" chooses: before the verb."""
        last = i
        while last < len(self.units) and not self.is_in(last, "auxiliaries"):
            if last > i and self.is_in(last, "prepositions"):
                break
            if base(self.units[last]) and (last > i or self.folded(i - 1) in {"what", "many", "much"}):
                break
            if last > i and self.folded(last) in base_forms() and is_plural(self.folded(last - 1)):
                break  # "how many refugees *live* in Zaatari"
            if last > i and self.is_in(last, "determiners") and self.folded(last - 1) != "of":
                return max(i + 1, last - 1)  # "which company owns *the* factory"
            last += 1
        return last

    def _clause(self, aux: int) -> tuple[Span | None, int | None]:
        """The subject and the main verb after an auxiliary."""
        first = aux + 1 + (self.folded(aux + 1) == "not")
        if self.is_in(aux, "being") or self.folded(aux) in {"has", "have", "had"}:
            return self._before_participle(first)
        return self._before_base(first)

    def _before_participle(self, first: int) -> tuple[Span | None, int | None]:
        """The subject after a form of "be" or "have", and the participle: "was *the satellite* launched"."""
        i = first
        while i < len(self.units) and not self.is_cut(i) and not self._is_participle(i, first):
            if self.is_in(i, "prepositions") and not self._complements(i):
                return ((first, i) if i > first else None), None
            i += 1
        verb = i if i < len(self.units) and not self.is_cut(i) else None
        if verb is not None and self.folded(verb) in {"been", "being"} and verb + 1 < len(self.units):
            verb += 1
        return ((first, i) if i > first else None), verb

    def _is_participle(self, i: int, first: int) -> bool:
        if self.is_in(i - 1, "determiners"):
            return False
        gerund = self.folded(i).endswith("ing") and i > first and not self._is_noun_in_ing(i)
        return gerund or base(self.units[i]) is not None

    def _is_noun_in_ing(self, i: int) -> bool:
        """Whether a participle still comes: "was the stolen *painting* found"."""
        rest = range(i + 1, len(self.units))
        end = next((k for k in rest if self.is_in(k, "prepositions") or self.is_cut(k)), len(self.units))
        alone = i + 1 == len(self.units) and self.is_in(i, "events")
        return alone or any(base(self.units[k]) for k in range(i + 1, end))

    def _before_base(self, first: int) -> tuple[Span | None, int | None]:
        """The subject after "did", and the verb in its base form: "did *the plane* veer off"."""
        last = self._named_end(first)
        if first < last < len(self.units) and not self.is_cut(last):
            return (first, last), last
        likely = [i for i in range(first + 1, len(self.units)) if self._may_be_base(i)]
        known = next((i for i in likely if i + 1 not in likely), None)  # "did the air *strike* kill"
        verb = self._last_before_bound(first) if known is None else known
        return ((first, verb), verb) if verb > first else (None, None)

    def _may_be_base(self, i: int) -> bool:
        lower = self.units[i].text[0].islower()
        return lower and self.folded(i) in base_forms() and not self.is_in(i - 1, "determiners")

    def _last_before_bound(self, first: int) -> int:
        """The word that a preposition, another noun phrase or the end follows, as what follows a subject of two words."""
        ends = [i for i in range(first + 2, len(self.units)) if self._bounds(i)] + [len(self.units)]
        return next((i - 1 for i in ends if not self.is_in(i - 2, "determiners", "prepositions")), first)

    def _bounds(self, i: int) -> bool:
        return self.is_cut(i) or self.is_in(i, "determiners", "others", "prepositions")

    def _named_end(self, first: int) -> int:
        """The end of a row of names: "Gallant and Austin"."""
        i = first
        while i < len(self.units) and (is_name(self.units[i]) or (i > first and self._joins_names(i))):
            i += 1
        return i

    def _joins_names(self, i: int) -> bool:
        return self.is_in(i, "in_names") and i + 1 < len(self.units) and is_name(self.units[i + 1])

    # What it mentions

    def _phrase_end(self, first: int) -> int:
        source = self._source(first)
        start = first + (source or self.is_in(first, "prepositions"))
        if self._is_verbal(start) or self.folded(first) == "of":
            return first
        i = start
        while i < len(self.units) and not (i > first and self.is_cut(i)):
            if i > start and (self.folded(i) == "of" or self._coordinates(i) or (not source and self._complements(i))):
                i += 1 + self.is_in(i + 1, "determiners")
            elif self._is_over(i, start, is_source=bool(source)):
                break
            else:
                i += 1
        while i > start and self.is_in(i - 1, "determiners", "prepositions"):
            i -= 1
        return i if i > start else first

    def _coordinates(self, i: int) -> bool:
        both = i + 1 < len(self.units) and is_name(self.units[i - 1]) and is_name(self.units[i + 1])
        return self.folded(i) == "and" and both

    def _complements(self, i: int) -> bool:
        """Whether a preposition goes on with an event: "the derby *between* Al Ahly and Zamalek", "the attack *on* the base"."""
        timed = self.in_date(i + 1) or weekday_term(self.folded(i + 1)) is not None
        return self.is_in(i - 1, "events") and self.is_in(i, "complementing") and not timed

    def _is_over(self, i: int, start: int, *, is_source: bool) -> bool:
        """Whether a noun phrase that began at `start` is over before the unit at `i`."""
        after_noun = i > start and not self.is_in(i - 1, "determiners")
        if after_noun and self.is_in(i, "determiners"):
            return True
        if is_source or self.folded(i) in {"many", "same", "other"}:
            return False
        if i in {self.aux, self.verb} or self.is_in(
            i, "prepositions", "auxiliaries", "others", "connectives", "pronouns"
        ):
            return True
        return after_noun and base(self.units[i]) is not None

    def _is_verbal(self, i: int) -> bool:
        """Whether no noun phrase begins at `i`: "said *fired*", "in *escalating*", "would *attack*", "take *place*"."""
        if i >= len(self.units) or not self.units[i].text[0].islower():
            return False
        folded = self.folded(i)
        gerund = folded.endswith("ing") and self.is_in(i - 1, "prepositions", "auxiliaries")
        infinitive = folded in base_forms() and self.is_in(i - 1, "auxiliaries", "pronouns")
        light = folded in {"place", "part"} and self.is_in(i - 1, "taking")
        return gerund or light or infinitive or base(self.units[i]) is not None

    def _mention(self, first: int, last: int) -> Mention:
        noun = first + (self._source(first) or (self.is_in(first, "prepositions") and last - first > 1))
        start, end = self.units[first].start, self.units[last - 1].end
        head = self._head(noun, last)
        kind = self._kind(first, noun, last)
        several = self.asks == "how_many" and self.phrase.noun == (first, last)
        return Mention(
            text=self.slice(noun, last),
            kind=kind,
            start=start,
            end=end,
            before=self.text[start : self.units[noun].start],
            feminine=True if head.folded in self.words("female") else None,
            plural=several or self._is_plural(noun, last, head),
            named=kind != "date" and any(map(is_name, self.units[noun:last])),
            dated=any(self.in_date(i) for i in range(noun, last)),
        )

    def _head(self, first: int, last: int) -> Word:
        """The noun that a phrase is about: its last word before "of", or before what completes an event."""
        end = next((i for i in range(first + 1, last) if self.folded(i) == "of" or self._complements(i)), last)
        return self.units[end - 1]

    def _kind(self, first: int, noun: int, last: int) -> Kind:
        head = self._head(noun, last).folded
        inside = [self.in_date(i) or weekday_term(self.folded(i)) is not None for i in range(noun, last)]
        if all(inside) or (any(inside) and head in self.words("parts_of_time")):
            return "date"
        if self._source(first):
            return "source"
        if head in self.words("events"):
            return "event"
        if not self.words("people").isdisjoint({head, singular(head)}):
            return "person"
        kind = named_kind(self.text, self.units[noun].start, self.units[last - 1].end)
        if kind and not (kind == "person" and self.folded(noun) == "the"):  # "the Nour al-Bahr" is a ship, not a man
            return kind
        is_placed = noun > first and self.folded(first) in {"in", "at", "near", "from"}
        return "place" if is_placed and all(map(is_name, self.units[noun:last])) else "thing"

    def _is_plural(self, first: int, last: int, head: Word) -> bool:
        if head.folded in self.words("events"):  # "the derby between Al Ahly and Zamalek" is one
            return is_plural(head.folded)
        if head.folded in self.words("mass") or any(self.folded(i) == "and" for i in range(first, last)):
            return True
        return is_plural(head.folded) and not (is_name(head) and last - first > 1)

    # Writing

    def asked_as(self, phrase: str) -> str:
        """The same said, asked with another question phrase: "at what time did it happen"."""
        return f"{self.front}{phrase} {self._after_phrase()}"

    def _after_phrase(self) -> str:
        filler = self._filler()
        if self.aux is None:
            verb = self.units[self.verb] if self.verb is not None else None
            said = base(verb) or singular(verb.folded) if verb else ""
            return _joined("did", filler, said, self.slice((self.verb or 0) + 1))
        aux = self.units[self.aux].text.lower()
        if self.asks in ARGUMENTS and self.subject is None:  # "who was killed": the question phrase is the subject
            return _joined(aux, filler, self.slice(self.aux + 1))
        if self.asks in ARGUMENTS and self.verb is not None:
            return _joined(aux, self.slice(self.aux + 1, self.verb + 1), filler, self.slice(self.verb + 1))
        return aux + self.text[self.units[self.aux].end :]

    def _filler(self) -> str:
        """What stands in the place of the question phrase once another asks."""
        if self.phrase.noun:
            return self.chosen()
        if self.asks == "who":
            return "someone"
        if self.asks == "how_many" or (self.subject and self.said in self.words("telling")):
            return ""
        return "that" if self.subject else "it"

    def chosen(self) -> str:
        """The noun that is counted or chosen, as something known: "the soldiers" of "how many soldiers"."""
        noun = self.slice(*self.phrase.noun) if self.phrase.noun else ""
        return noun if noun.lower().startswith(("of ", "the ")) else f"the {noun}"

    def chosen_by_clause(self) -> str:
        """The same with what the question says of it: "the hospital that was hit in Khartoum"."""
        said = self._statement()
        return f"{self.chosen()} that {said}" if said else self.chosen()

    def occasion(self) -> str:
        """What the question takes to have happened, as the time of something else: "when drones attacked the base"."""
        if self.verb is None or self.said in self.words("say") | self.words("happened"):
            return ""
        if self.phrase.noun and self.subject is None:
            noun = self.slice(*self.phrase.noun) if self.asks == "how_many" else self.chosen()
            return f"when {noun} {self.slice(self.phrase.last)}"
        return "" if self.asks in ARGUMENTS or self.subject is None else f"when {self._statement()}"

    def told(self) -> str:
        """The question as it is asked indirectly: "when the satellite was launched", "whether anyone was hurt"."""
        phrase = "whether" if self.asks == "polar" else self.slice(self.phrase.first, self.phrase.last)
        return _joined(phrase, self._statement())

    def _statement(self) -> str:
        """What follows the question phrase, in the order of a statement: "the satellite was launched"."""
        if self.aux is None or self.subject is None:
            return self.slice(self.phrase.last)
        subject, aux = self.slice(*self.subject), self.units[self.aux].text.lower()
        if aux in {"do", "does", "did"} and self.verb is not None:
            verb = past(self.said) if aux == "did" else self.units[self.verb].text
            return _joined(subject, verb, self.slice(self.verb + 1))
        return _joined(subject, aux, self.slice(self.subject[1]))


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
