"""An Arabic question taken apart by the order and the forms of its words, and put together anew."""

from rag.followup import arabic_words as forms
from rag.followup.mention import Kind, Mention
from rag.followup.naming import named_kind, named_within
from rag.followup.question import ARGUMENTS, Asks, Phrase, Question, Span
from rag.language.characters import fold
from rag.language.dates import YEAR_WORDS, weekday_term
from rag.language.senses import senses
from rag.language.words import Word, words

_ASKS: tuple[Asks, ...] = ("when", "where", "why", "how_many", "who", "what", "which", "how", "polar")
_LONGEST_PLACE = 4  # words of a follow-up that is but "from" and a place
_BEFORE_DATE = YEAR_WORDS | {"يوم", "شهر"}


class ArabicQuestion(Question):
    """An Arabic question; where its `verb` has a subject, that stands after it."""

    language = "ar"

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._asked_at = 0  # the unit of the question word
        self.phrase = self._question_phrase()
        self.verb = self._main_verb()
        self.subject = self._subject()

    def _units(self) -> tuple[Word, ...]:
        return tuple(words(self.text))

    # Reading

    def _question_phrase(self) -> Phrase:
        first = self._fronted()
        i = first + (self.is_in(first, "prepositions") and self._asked(first + 1) != "none")
        asks = "none" if self._is_from(first) else self._asked(i)
        if asks == "none":
            return Phrase(first, first, "none")
        self._asked_at = i
        i += 1
        if asks in {"who", "what"} and self.is_in(i, "relatives"):
            return Phrase(first, i + 1, asks)
        if asks in {"how_many", "which"}:
            last = self._noun_end(i)
            return Phrase(first, last, asks, (i, last) if last > i else None)
        copula = (
            self.folded(i) in {"هو", "هي", "هم", "هما"}
            and i + 1 < len(self.units)
            and asks not in {"when", "why", "polar"}
        )
        return Phrase(first, i + copula, asks)

    def _asked(self, i: int) -> Asks:
        return next((asks for asks in _ASKS if self.is_in(i, asks)), "none")

    def _is_from(self, i: int) -> bool:
        """Whether من at `i` is no question word but stands before a place: ومن روسيا."""
        if (
            self.folded(i) != "من"
            or self._asked(i + 1) != "none"
            or forms.is_verb(self.folded(i + 1))
            or not i + 1 < len(self.units) <= i + _LONGEST_PLACE
        ):
            return False
        unit = self.units[i + 1]
        return any(
            name.kind == "place" and name.start == unit.start for name in named_within(self.text, unit.start, unit.end)
        )

    def _fronted(self) -> int:
        """Where the question itself begins: after "بحسب الوزارة،" or "في هجوم يوليو،"."""
        if self._asked(0) != "none":
            return 0
        return next((i for i in range(1, len(self.units)) if self.is_cut(i) and self._begins(i)), 0)

    def _begins(self, i: int) -> bool:
        return self._asked(i) != "none" or (self.is_in(i, "prepositions") and self._asked(i + 1) != "none")

    def _noun_end(self, i: int) -> int:
        """The end of the noun that كم or أي counts or chooses: before the verb or a preposition."""
        noun_of_being = self.is_in(i + 1, "being") and not self.is_in(i, "being")  # كم دور كان
        if i >= len(self.units) or (self._is_plain_verb(i) and not noun_of_being):
            return i
        last = i + 1 + (self.folded(i) == "من")
        while last < len(self.units) and not self._follows_noun(last):
            last += 1
        return min(last, len(self.units))

    def _follows_noun(self, i: int) -> bool:
        text = self.units[i].text
        with_pronoun = forms.governed(text) or forms.verb_with_object(text) or forms.owned(text)
        joined = forms.joined_preposition(text)
        listed = self.is_in(i, "prepositions", "particles", "relatives", "adverbs")
        return bool(with_pronoun or joined or listed) or self._is_plain_verb(i)

    def _is_plain_verb(self, i: int) -> bool:
        """Whether a unit may be a verb and is not written, like an accusative or a feminine noun, as none can be."""
        if i >= len(self.units) or not forms.is_verb(self.folded(i)):
            return False
        text = self.units[i].text
        dual = forms.is_dual_verb(self.folded(i)) and not self.is_in(self._asked_at, "how_many", "which")
        accusative = text.endswith("ا") and not text.endswith("وا") and not dual
        return not text.endswith(("ة", "اً", "ًا")) and not accusative

    def _main_verb(self) -> int | None:
        i = self.phrase.last
        while self.is_in(i, "before_verb"):
            i += 1
        if (
            self.asks == "none"
            or i >= len(self.units)
            or (self.folded(i - 1) == "ما" and forms.is_noun(self.folded(i)))
        ):
            return None  # ما سبب الحريق: what caused it would be ما الذي سبب
        may_act = self.asks not in ARGUMENTS or self.asks == "who" or self.is_in(i - 1, "relatives")
        acts = may_act and forms.verb_with_object(self.units[i].text) is not None
        present = forms.is_unknown_present(self.folded(i))
        return i if acts or present or self.is_in(i, "being") or self._is_plain_verb(i) else None

    def _subject(self) -> Span | None:
        if self.verb is None:
            return None
        i = self.verb + 1
        is_being = self.is_in(self.verb, "being")
        if (
            is_being
            and self._is_plain_verb(i)
            and not self.folded(i).startswith("ال")
            and not self.is_in(i, "prepositions")
        ):
            i += 1  # كان يعمل
        last = self._phrase_end(i)
        if last == i or self._preposition(i)[0] or (is_being and last == i + 1 and self._is_predicate(i)):
            return None
        return i, last

    def _is_predicate(self, i: int) -> bool:
        """Whether a lone indefinite word after كان says something of a subject that is not there: كانت قادمة."""
        folded = self.folded(i)
        is_name = not forms.is_known(folded) or any(sense.kind == "n" for sense in senses(folded))
        return not folded.startswith("ال") and not is_name

    def _preposition(self, i: int) -> tuple[str, str]:
        """The preposition at `i` as it joins its noun, and what is left of the unit; two empty strings where there is none."""
        if self.is_in(i, "prepositions"):
            return self.units[i].text + " ", ""
        joined = forms.joined_preposition(self.units[i].text) if i < len(self.units) else None
        return joined or ("", "")

    # What it mentions

    def _phrase_end(self, first: int) -> int:
        if first == self.verb:
            return first
        start = first + (self._source(first) or self.is_in(first, "prepositions"))
        i = start
        while i < len(self.units) and not self._is_over(i, start):
            i += 1
        return i if i > start else first

    def _is_over(self, i: int, start: int) -> bool:
        """Whether a noun phrase that began at `start` is over before the unit at `i`."""
        if self._in_date(i) or (self.folded(i) == "من" and self._in_date(i + 1) and self.is_in(start, "parts_of_time")):
            return False
        if i == self.verb or self.is_in(
            i, "prepositions", "adverbs", "complementizers", "particles", "relatives", "demonstratives"
        ):
            return True
        if i == start:
            return start == self.phrase.last and forms.is_verb_alone(self.folded(i))
        if self._in_name(start, i):
            return False
        after_date = all(self._in_date(k) for k in range(start, i))
        return after_date or self.is_cut(i) or self._begins_another(i, start)

    def _begins_another(self, i: int, start: int) -> bool:
        """Whether another phrase begins with the unit at `i`: with a joined preposition, a verb, a name, or a noun after a definite one."""
        text, folded = self.units[i].text, self.folded(i)
        if text.startswith("لل") and self.is_in(start, "bodies"):  # شركة نايل للطيران
            return False
        if forms.joined_preposition(text) or (forms.is_verb_alone(folded) and self._is_plain_verb(i)):
            return True
        if text.endswith(("ا", "اً", "ًا")) and forms.bare_noun(text) != text:  # an accusative that is no adjective of it
            return not forms.is_adjective(folded)
        return self._begins_name(i, start) or (self._is_definite(start, i) and self._is_noun_apart(i))

    def _is_definite(self, start: int, i: int) -> bool:
        return any(self.folded(k).startswith("ال") for k in range(start, i))

    def _is_noun_apart(self, i: int) -> bool:
        """Whether a noun at `i`, after a definite phrase, is none that the phrase can go on with."""
        text, folded = self.units[i].text, self.folded(i)
        if forms.owned(text) and not forms.governed(text):
            return True
        if folded.startswith("ال"):
            return self.folded(i - 1).startswith("ال") and not forms.is_adjective(folded)
        return forms.is_adjective(self.folded(i - 1)) and any(sense.kind in "spg" for sense in senses(folded))

    def _in_name(self, start: int, i: int) -> bool:
        """Whether a name that began before the unit at `i` goes on with it."""
        unit = self.units[i]
        return any(
            name.start < unit.start < name.end for name in named_within(self.text, self.units[start].start, unit.end)
        )

    def _begins_name(self, i: int, start: int) -> bool:
        """Whether one name is over before the unit at `i`, and another begins with it: ترامب and بغداد."""
        names = named_within(self.text, self.units[start].start, self.units[i].end)
        if len(names) < 2 or forms.is_person(names[-2].text):  # طيارو الخطوط الملكية
            return False
        return names[-1].start == self.units[i].start and names[-2].end <= self.units[i - 1].end

    def _in_date(self, i: int) -> bool:
        if i >= len(self.units):
            return False
        follows = self.folded(i) in _BEFORE_DATE and self.in_date(i + 1)
        return follows or self.in_date(i) or weekday_term(self.folded(i)) is not None

    def _mention(self, first: int, last: int) -> Mention:
        source = self._source(first)
        before, rest = self._preposition(first)
        noun = first + (source or bool(before and not rest))
        start, end = self.units[first].start, self.units[last - 1].end
        text = rest + self.text[self.units[noun].end : end] if rest and not source else self.slice(noun, last)
        head = text.split(" ")[0]
        kind = self._kind(first, noun, last, head)
        unknown = any(forms.is_unknown(unit.text) for unit in self.units[noun:last])
        named = unknown or (bool(named_within(self.text, start, end)) and not forms.is_common(text))
        return Mention(
            text=text,
            kind=kind,
            start=start,
            end=end,
            before=self.text[start : self.units[noun].start] if source else before,
            feminine=self._is_feminine(head, kind),
            plural=forms.is_plural(head) or (kind != "event" and any(map(self._is_joined, range(noun + 1, last)))),
            named=kind != "date" and named,
            dated=any(self.in_date(i) for i in range(first, last)),
        )

    def _is_joined(self, i: int) -> bool:
        """Whether a unit is joined to the one before by و: غالانت وأوستن."""
        folded = self.folded(i)
        return folded.startswith("و") and len(folded) > 3 and not forms.is_known(folded)

    def _kind(self, first: int, noun: int, last: int, head: str) -> Kind:
        timed = self.is_in(noun, "parts_of_time") and self._in_date(last - 1)
        if timed or all(self._in_date(i) for i in range(noun, last)):
            return "date"
        if self._source(first):
            return "source"
        if fold(head.removeprefix("ال")) in self.words("events"):
            return "event"
        if forms.is_person(forms.bare_noun(head)):
            return "person"
        kind = named_kind(self.text, self.units[noun].start, self.units[last - 1].end)
        return kind if kind and not forms.is_common(self.slice(noun, last)) else "thing"

    def _is_feminine(self, head: str, kind: Kind) -> bool | None:
        noun = forms.bare_noun(head)
        kinds = {sense.kind for sense in senses(fold(noun))}
        if forms.is_feminine(noun):
            return True
        if kind == "place" and not kinds & {"s", "p"}:
            return self.words("masculine_places").isdisjoint({fold(noun), f"ال{fold(noun)}"})
        return False if kinds and kind not in {"person", "group"} else None

    # Writing

    def asked_as(self, phrase: str) -> str:
        """The same said, asked with another question phrase: متى حدث ذلك في درنة."""
        return f"{self.front}{phrase} {self._after_phrase()}"

    def _after_phrase(self) -> str:
        after = self.slice(self.phrase.last)
        if self.verb is None:
            return f"{self.slice(*self.phrase.noun)} {after}".strip() if self.phrase.noun else after
        verb = self.slice(self.phrase.last, self.verb + 1)
        if self.phrase.noun and self.asks in ARGUMENTS:
            return f"{verb} {forms.nominative(self.chosen())} {self.slice(self.verb + 1)}".strip()
        if self.asks != "what" or (self.subject and self.is_in(self.phrase.last - 1, "relatives")):
            return after
        behind = self.subject[1] if self.subject else self.verb + 1
        return f"{self.slice(self.phrase.last, behind)} ذلك {self.slice(behind)}".strip()

    def chosen(self) -> str:
        """The noun that is counted or chosen, as something known: الجنود الأميركيين of كم جنديا أميركيا, الميليشيا of أي ميليشيا."""
        first, last = self.phrase.noun or (0, 0)
        known = self.folded(first).startswith("ال") or self.is_in(first, "prepositions")
        if known or (last - first > 1 and not forms.is_adjective(self.folded(first + 1))):
            return self.slice(first, last)
        noun = forms.bare_noun(self.units[first].text)
        counted = self.asks == "how_many"
        if counted and not noun.endswith(("ة", "اء")):
            noun = noun.rstrip("اً")  # what is counted stands in the accusative
        plural = forms.plural_of(noun) if counted else None
        adjectives = [forms.bare_noun(unit.text) for unit in self.units[first + 1 : last]]
        if plural:
            ending = "ين" if forms.is_person(noun) else "ة"
            adjectives = [adjective + ending for adjective in adjectives if adjective.endswith("ي")]
        return " ".join(f"ال{word}" for word in [plural or noun, *adjectives])

    def chosen_by_clause(self) -> str:
        """The same with what the question says of it: المستشفى الذي قُصف في الخرطوم."""
        said, noun = self.slice(self.phrase.last), self.chosen()
        relative = "التي" if forms.is_feminine(noun.split(" ")[0]) else "الذي"
        return f"{noun} {relative} {said}" if self.verb is not None else noun

    def occasion(self) -> str:
        """What the question takes to have happened, as the time of something else: حين هاجمت المسيّرات القاعدة."""
        untold = {"who", "what", "none"}
        if self.verb is None or self.asks in untold or self.is_in(self.verb, "say", "happened", "measured", "being"):
            return ""
        return f"حين {self._after_phrase()}"

    def told(self) -> str:
        """The question as it is asked indirectly: متى أُطلق القمر; ما إذا for هل."""
        return f"ما إذا {self.slice(self.phrase.last)}" if self.asks == "polar" else self.slice(self.phrase.first)
