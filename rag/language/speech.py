"""Who says what in a text: verbs of saying, "according to", their speakers, and the stretch that they introduce, in Arabic and English.

The verbs, and the words around which speakers and contents are told apart, stand in `speech.toml`. An Arabic verb comes before its speaker (قال كيربي
إن) or after (كيربي أكد أن); a participle goes on with the same speaker (مضيفا أن); an agency may hand on another's words (نقلت الأناضول عن مصدر).
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from rag.language.characters import fold, is_arabic, script
from rag.language.dates import weekday_term
from rag.language.inflection import gerund, participle, past, third
from rag.language.lexicon import lexicon
from rag.language.vocabulary import is_present_verb, known_form, vocabulary
from rag.language.words import words

Kind = Literal["says", "announces", "denies", "accuses", "claims", "believes", "promises", "demands"]

_KINDS: tuple[Kind, ...] = ("says", "announces", "denies", "accuses", "claims", "believes", "promises", "demands")
_SENTENCE_END = re.compile(r"[.!?؟;؛\n]")
_PAUSE = re.compile(r"[.!?؟;؛\n،,:()–—]| - ")
_OPENS = re.compile(r"[:\"“«]")
_CLOSED = re.compile(r"[\"”»]")
_TO_CLAUSE = 30  # words from a verb to the clause that it introduces
_LONGEST_SPEAKER = 14  # words
_OFTEN = frozenset("عاده غالبا كثيرا نادرا قليلا دايما سرعان".split())  # before a ما that introduces nothing
_LISTENER = re.compile(r"^(?:to|with|on|in|at|that|during|after|before|by|late|early)$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """What a text says that somebody says.

    Attributes:
        kind: what the words do: an accusation, a denial.
        verb: the word that says so, or "according to", as written.
        verb_start: its offset.
        verb_end: the offset after it.
        speaker: who, as written with titles and appositions; None where it is the one who spoke before, or nobody is named.
        start: offset of the speaker, of the verb where there is none.
        end: the offset after it.
        said_start: offset of what is said.
        said_end: the offset after it.
        via: who handed it on (نقلت الأناضول عن), as written.
        has_clause: whether a clause or a quotation is said, not only a noun (announced the discovery).
    """

    kind: Kind
    verb: str
    verb_start: int
    verb_end: int
    speaker: str | None
    start: int
    end: int
    said_start: int
    said_end: int
    via: str | None = None
    has_clause: bool = True

    @property
    def verb_is_said(self) -> bool:
        """Whether a verb says that somebody says, and not "according to"."""
        return speech_kind(fold(self.verb)) is not None

    def holds(self, start: int, end: int) -> bool:
        """Whether a stretch is part of what is said, not of who says it."""
        return (
            self.said_start <= start
            and end <= self.said_end
            and not (self.speaker and self.start <= start < self.end)
            and not (self.verb_start <= start < self.verb_end)
        )


@lru_cache(maxsize=10_000)
def attributions(text: str) -> tuple[Attribution, ...]:
    """The attributions of a text, in order of their verbs; whose speaker is None continues the one before.

    >>> [(one.speaker, one.verb, "قال كيربي إن القاعدة آمنة"[one.said_start :]) for one in attributions("قال كيربي إن القاعدة آمنة")]
    [('كيربي', 'قال', 'القاعدة آمنة')]
    """
    reader = _Arabic(text) if script(text) == "ar" else _English(text)
    return tuple(sorted(reader.read(), key=lambda one: (one.verb_start, one.said_start)))


def speech_kind(folded: str) -> Kind | None:
    """What a verb of saying in any of its forms introduces; None for any other word.

    >>> speech_kind("اكدت"), speech_kind("denied"), speech_kind("وصلت")
    ('says', 'denies', None)
    """
    form = _form(folded)
    return form.kind if form else None


@dataclass(frozen=True, slots=True)
class _Form:
    kind: Kind
    lemma: str
    continues: bool = False  # a participle, which goes on with the speaker before
    plural: bool = False  # a form whose subject stands before it


class _Reader:
    """The words of a text, and where its sentences and clauses end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found = words(text)
        self.folded = [word.folded for word in self.found]

    def at(self, i: int) -> str:
        """The folded word `i`; empty outside of the text."""
        return self.folded[i] if 0 <= i < len(self.folded) else ""

    def gap(self, i: int) -> str:
        """What stands between word `i` and the one before it."""
        before = self.found[i - 1].end if i > 0 else 0
        after = self.found[i].start if i < len(self.found) else len(self.text)
        return self.text[before:after]

    def ends(self, i: int) -> bool:
        """Whether a sentence ends before word `i`; with أن none begins, whatever mark stands before it."""
        if 0 < i < len(self.found) and self.found[i].text in {"أن", "أنّ"}:
            return False
        return i <= 0 or i >= len(self.found) or bool(_SENTENCE_END.search(self.gap(i)))

    def pauses(self, i: int) -> bool:
        """Whether any mark of punctuation stands before word `i`."""
        return i <= 0 or i >= len(self.found) or bool(_PAUSE.search(self.gap(i)))

    def sentence(self, i: int) -> tuple[int, int]:
        """The words of the sentence that word `i` is in: first, last."""
        first, last = i, i + 1
        while not self.ends(first):
            first -= 1
        while not self.ends(last):
            last += 1
        return first, last

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The offsets of `found[first:last]`."""
        return self.found[first].start, self.found[last - 1].end

    def starts_with(self, i: int, phrases: Iterable[tuple[str, ...]]) -> int:
        """How many words the longest phrase that begins at `i` has; 0 where none does."""
        return max((len(p) for p in phrases if tuple(self.folded[i : i + len(p)]) == p), default=0)

    def attribution(
        self,
        form: _Form,
        verb: tuple[int, int],
        who: tuple[int, int] | None,
        said: tuple[int, int],
        via: str | None = None,
    ) -> Attribution:
        """An attribution of words to words: each pair is first and last."""
        verb_start, verb_end = self.span(*verb)
        start, end = self.span(*who) if who and who[0] < who[1] else (verb_start, verb_start)
        said_start, said_end = self.span(*said) if said[0] < said[1] else (verb_end, verb_end)
        speaker = self.text[start:end] or None
        return Attribution(
            form.kind,
            self.text[verb_start:verb_end],
            verb_start,
            verb_end,
            speaker,
            start,
            end,
            said_start,
            said_end,
            via,
        )


class _Arabic(_Reader):
    def read(self) -> Iterator[Attribution]:
        for i in range(len(self.found)):
            yield from self._handed_on(i) or self._said(i) or self._according(i)

    def _said(self, i: int) -> list[Attribution]:
        """A verb of saying at `i`."""
        form = _form(self.at(i))
        if (
            form is None
            or self.starts_with(i, _phrases("impersonal"))
            or form.lemma == "نقل"
            or self._is_other_word(form, i)
        ):
            return []
        last = self.sentence(i)[1]
        clause = self._clause(i, last)
        if clause is None and self._introduces_according(i):
            return []
        if form.continues:
            first = clause or i + 1
            return [self.attribution(form, (i, i + 1), None, (first, self._said_to(first, last)))]
        if clause is None:
            return self._of_noun(form, i, last) or self._closing(form, i)
        region = (i + 1, clause - (self.at(clause - 1) in _set("complementizers")))
        who = (
            None if form.lemma == "اشتبه" else self._speaker(*region) or self._subject_before(i)
        )  # يشتبه: it is suspected
        return [self.attribution(form, (i, i + 1), who, (clause, self._said_to(clause, last)))]

    def _is_other_word(self, form: _Form, i: int) -> bool:
        """Whether a verb's past is written like a noun that ends in ya: رأي is an opinion, نفي a denial; رأى and نفى are verbs."""
        bare = self.at(i).removeprefix("و")
        if self.at(i - 1) in {"عدم", "دون", "الذي", "التي", "الذين"}:  # عدم ذكر اسمه, الذي طلب
            return True
        return (
            form.lemma[-1] == "ي"
            and bare == form.lemma
            and not self.found[i].text.rstrip("\u064b\u064c\u064d\u064e\u064f\u0650").endswith("ى")
        )

    def _of_noun(self, form: _Form, i: int, last: int) -> list[Attribution]:
        """A verb at `i` whose object is a noun: نفى المرصد وجود خطر, تتهم واشنطن فصائل; حمّل فلانا مسؤولية كذا."""
        needed = {"حمل": ("مسووليه", "المسووليه"), "كشف": ("عن",)}.get(form.lemma)
        if form.lemma not in _set("nominal") or (
            needed and not set(needed) & set(self.folded[i + 1 : min(last, i + 10)])
        ):
            return []
        after = None if form.plural else self._subject_after(i + 1, last)
        who = self._subject_beside(i) or after or self._subject_before(i)
        first = max(i + 1, who[1] if who else 0)
        one = self.attribution(form, (i, i + 1), who, (first, self._said_to(first, last)))
        return [replace(one, has_clause=False)]

    def _subject_after(self, i: int, last: int) -> tuple[int, int] | None:
        """The noun after a verb with its genitives and adjectives: those end with a definite word that no definite one follows."""
        if i >= last or self._is_adjunct(i):
            return None
        end, definite = i, False
        while end < last and end - i < _LONGEST_SPEAKER and (end == i or not self.pauses(end)):
            word = self.at(end)
            joined = word.startswith(("بال", "لل")) or (word[:1] == "ب" and known_form(word) != word)
            named = not joined and (
                word.startswith(("ال", "وال")) or lexicon().is_proper(word) or known_form(word) not in vocabulary()
            )
            if joined or (definite and not named) or self._is_adjunct(end):
                break
            definite = definite or named
            end += 1
        speaks = definite or self.at(i) in _set("sources")
        if not (i < end < last and speaks):
            return None
        return i, self._with_apposition(end, last)

    def _with_apposition(self, i: int, last: int) -> int:
        """The end of a speaker with the name between commas after it: المحامي، هاني رستم، وجود."""
        end = next((j for j in range(i + 1, min(last, i + 6)) if self.pauses(j)), None)
        if not self.pauses(i) or end is None or self._is_adjunct(i):
            return i
        return end if "،" in self.gap(i) and "،" in self.gap(end) and not _is_verb(self.at(i)) else i

    def _subject_beside(self, i: int) -> tuple[int, int] | None:
        """A noun phrase right before a verb in the present, after a complementizer: إن المعاينة الأولية ترجح."""
        first = next(
            (j for j in range(i - 1, max(-1, i - 8), -1) if self.at(j) in _set("complementizers") or self.pauses(j)),
            None,
        )
        if first is None or self.at(first) not in _set("complementizers") or first + 1 >= i:
            return None
        return (first + 1, i) if self.at(first + 1).startswith("ال") else None

    def _clause(self, i: int, last: int) -> int | None:
        """Where the clause or the quotation that a verb at `i` introduces begins."""
        for j in range(i + 1, min(last, i + _TO_CLAUSE) + 1):
            if j < last and j > i + 1 and (self.pauses(j) or self.at(j)[:1] == "و") and self._goes_on(i, j):
                return None
            if j < last and (
                ":" in self.gap(j) or (j > i + 1 and _OPENS.search(self.gap(j)) and self._is_long_quotation(j))
            ):
                return j
            if j < last and self.at(j) in _set("complementizers") and self.at(j - 1) not in _set("not_complementized"):
                return j + 1
        return None

    def _is_long_quotation(self, j: int) -> bool:
        """Whether a quotation that opens before word `j` has more than a name's words."""
        opened = self.found[j].start
        closing = _CLOSED.search(self.text, opened)
        return closing is not None and len(self.text[opened : closing.start()].split()) > 3

    def _said_to(self, first: int, last: int) -> int:
        """Where what is said ends: with the sentence, or where the text turns to something else."""
        for j in range(first + 1, last):
            if self.pauses(j) and self.starts_with(j, _phrases("elsewhere")):
                return j
            if self.at(j)[:1] == "و" and self._speaks_anew(j):
                return j
        return last

    def _goes_on(self, i: int, j: int) -> bool:
        """Whether a verb of saying at `j` takes what follows it from the one at `i`; "قال" has its own إن."""
        form = _form(self.at(j))
        return form is not None and not (form.continues and _form(self.at(i)) == _form("قال"))

    def _speaks_anew(self, i: int) -> bool:
        """Whether a verb of saying at `i` has another speaker than the one before; one that is an everyday word, where it says something."""
        form = _form(self.at(i))
        if form is None or form.continues:
            return False
        return form.lemma not in _set("everyday") or bool(self._handed_on(i) or self._said(i))

    def _speaker(self, first: int, last: int) -> tuple[int, int] | None:
        """Who speaks, among the words between a verb and its clause: the first segment up to an adjunct, with appositions."""
        kept: tuple[int, int] | None = None
        for begin, end in self._segments(first, last):
            if self._is_adjunct(begin):
                if kept is None and begin == first and not self.pauses(first):
                    return None
                continue
            stop = next((j for j in range(begin + 1, end) if self._is_adjunct(j)), end)
            kept = (begin, stop) if kept is None else (kept[0], stop)
        return kept

    def _segments(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        begin = first
        for j in range(first + 1, last + 1):
            if j == last or self.pauses(j):
                yield begin, j
                begin = j

    def _is_adjunct(self, i: int) -> bool:
        word = self.at(i)
        bare = word.removeprefix("و")
        dated = word.isdecimal() or weekday_term(word) is not None
        told_to = (
            word.startswith("ل")
            and len(word) > 4
            and not word.startswith("لل")
            and self.found[i].text[:2] not in {"لج", "لق"}
        )
        continues = _form(word)
        return (
            word in _set("adjuncts")
            or bare in _set("adjuncts")
            or dated
            or told_to
            or bool(continues and continues.continues)
        )

    def _subject_before(self, i: int) -> tuple[int, int] | None:
        """A speaker who stands before the verb: كيربي أكد كذلك أن; المتحدث، جون كيربي، قال إن."""
        if self.at(i).startswith("و") and _form(self.at(i)[1:]):
            return None
        if self.at(i).startswith("ف") and self.at(self.sentence(i)[0]) in {"اما", "واما"}:  # أما فلان، فحذر
            return self.sentence(i)[0] + 1, i
        begin = self.sentence(i)[0]
        first = i
        while first > begin and i - first < _LONGEST_SPEAKER:
            if self.pauses(first) and first < i and not self._apposition(first, i):
                break
            if self.at(first) in _set("complementizers") and first < i:
                first += 1
                break
            first -= 1
        while first < i and (
            self.at(first) in _set("openings") or self.at(first).removeprefix("و") in _set("openings")
        ):
            first += 1
        last = i
        while last > first and self.at(last - 1) in _set("openings"):
            last -= 1
        if first >= last or self._is_adjunct(first) or any(_is_verb(self.at(j)) for j in range(first, last)):
            return None
        return first, last

    def _apposition(self, first: int, i: int) -> bool:
        """Whether the words before a comma at `first` are who speaks as well: the sentence begins with them."""
        begin = self.sentence(i)[0]
        return i - begin <= _LONGEST_SPEAKER and "،" in self.gap(first) and not self._is_adjunct(begin)

    def _handed_on(self, i: int) -> list[Attribution]:
        """نقلت الأناضول عن مصدر عسكري قوله إن."""
        form = _form(self.at(i))
        if form is None or form.lemma != "نقل":
            return []
        last = self.sentence(i)[1]
        about = next((j for j in range(i + 1, min(last, i + 10)) if self.at(j) == "عن"), None)
        clause = self._clause(about, last) if about else None
        if about is None or clause is None:
            return []
        while clause < last and self.at(clause) in _set("complementizers"):
            clause += 1
        region_end = next(
            j
            for j in range(about + 1, last + 1)
            if j == clause or self.at(j) in _set("complementizers") or ":" in self.gap(j)
        )
        via = self._speaker(i + 1, about)
        source = self.text[slice(*self.span(*via))] if via else None
        who = self._speaker(about + 1, region_end)
        return [self.attribution(_Form("says", "نقل"), (i, i + 1), who, (clause, self._said_to(clause, last)), source)]

    def _introduces_according(self, i: int) -> bool:
        """Whether a verb belongs to an "as … said": كما أوضح, وفق ما قال, النتيجة التي أعلنتها."""
        introduced = self.at(i - 1).removeprefix("و") in {"كما", "ما", "لما", "حسبما", "وفقما"}
        often = self.at(i - 1) == "ما" and self.at(i - 2).removeprefix("و") in _OFTEN
        return introduced and not often and not self.starts_with(i - 1, [("ما", "لم")])

    def _according(self, i: int) -> list[Attribution]:
        """بحسب مصدر طبي, وفق ما قال, كما أوضح."""
        length = self._opens_according(i)
        if not length:
            return []
        j = i + length
        while (
            self.at(j) in {"ما", "لما"}
            or (j < i + length + 2 and (_form(self.at(j)) or _form(re.sub("(?:ه|ها|هم)$", "", self.at(j)))))
            or (j > i + length and self.at(j) in {"به", "بها", "له", "لها"})
        ):
            j += 1
        if (
            j >= len(self.found)
            or self.at(j) in _set("not_sources")
            or (self.at(i).removeprefix("و") == "كما" and j == i + length)
        ):
            return []
        first, last = self.sentence(i)
        end = j + 1
        while end < last and not self.pauses(end):
            end += 1
        if end < last and not _set("adjuncts") & {self.at(end)} and self._is_name_apposed(end, last):
            end = next((k for k in range(end + 1, last + 1) if k == last or self.pauses(k)), last)
        who = (j, next((k for k in range(j + 1, end) if self._is_adjunct(k)), end))
        form = _Form("says", "according")
        opens = i == first or (self.pauses(i) and self.starts_with(i, [("و", "بحسب")]) > 0)
        said = (end, last) if opens else (self._clause_start(i, first), i)
        found = [self.attribution(form, (i, i + length), who, said)]
        if not opens and end < last and self.pauses(i) and "،" in self.gap(i):  # in the middle of what is said
            found.append(self.attribution(form, (i, i + length), who, (end, self._said_to(end, last))))
        return found

    def _opens_according(self, i: int) -> int:
        for length in (3, 2, 1):
            phrase = " ".join(self.folded[i : i + length])
            for bare in (phrase, phrase.removeprefix("و")):
                if bare in _set("according"):
                    return length if self.at(i).removeprefix("و") != "كما" or _form(self.at(i + 1)) else 0
                # وفقا لمصدر: the preposition is joined to who says it
                if length == 2 and any(" " in a and a.endswith(" ل") and bare.startswith(a) for a in _set("according")):
                    return 1
        return 0

    def _is_name_apposed(self, i: int, last: int) -> bool:
        """Whether a short segment after a comma ends the sentence, or another comma ends it: who says it is named there."""
        end = next((k for k in range(i + 1, last + 1) if k == last or self.pauses(k)), last)
        return end == last and end - i <= 4

    def _clause_start(self, i: int, first: int) -> int:
        """Where what "according to" at `i` is about begins: after the attribution before it, or with the sentence."""
        for j in range(i - 1, first, -1):
            if self.pauses(j) and self.starts_with(j, _phrases("elsewhere")):
                return j
        return first

    def _closing(self, form: _Form, i: int) -> list[Attribution]:
        """A verb that ends what is said: "…"، قال المتحدث."""
        last = self.sentence(i)[1]
        first = self.sentence(i)[0]
        if not (self.pauses(i) and i > first and _CLOSED.search(self.gap(i))) or last - i > 10:
            return []
        return [self.attribution(form, (i, i + 1), self._speaker(i + 1, last), (first, i))]


class _English(_Reader):
    def read(self) -> Iterator[Attribution]:
        for i in range(len(self.found)):
            yield from self._according(i) or self._said(i)

    def _said(self, i: int) -> list[Attribution]:
        form = _form(self.at(i))
        if form is None or self._is_noun(form, i):
            return []
        first, last = self.sentence(i)
        after = i + 1
        if form.continues:
            begin = self._content(after, last)
            return [self.attribution(form, (i, after), None, (begin, self._said_to(begin, last)))]
        who = self._subject_before(i, first)
        begin = self._content(after, last)
        closes = begin >= last or (self.pauses(after) and not _OPENS.search(self.gap(after)))
        if closes or (who is None and self.pauses(i)):
            return self._closing(form, i, after, first, last, who)
        clause = begin > after or _is_clause(self, begin, last)
        if who is None or (
            form.lemma in _set_english("everyday") and not clause and form.lemma not in _set_english("nominal")
        ):
            return []
        one = self.attribution(form, (i, after), who, (begin, self._said_to(begin, last)))
        return [replace(one, has_clause=clause)]

    def _is_noun(self, form: _Form, i: int) -> bool:
        """Whether a verb's form is a noun, a name or passive: the report, its promise, initial reports indicate, was told, United States."""
        if form.continues:
            return False
        before = self.at(i - 1)
        if (
            form.kind == "believes" and self.at(i).endswith("ed") and self.at(i + 1) in {"of", "to"}
        ):  # people suspected of
            return True
        if before in _set_english("before_nouns") or (self.found[i].text[0].isupper() and i > 0):
            return True
        if self.at(i) == form.lemma:  # the base form: officials say, but a preliminary report
            return not (
                before.endswith("s")
                or before in {"people", "they", "we", "i", "you", "who", *_set_english("auxiliaries")}
            )
        plural = self.at(i).endswith("s") and form.lemma in _set_english("everyday")
        return plural and self.at(i + 1) not in {"that", "the", "a", "an"}

    def _content(self, i: int, last: int) -> int:
        """Where what is said begins: after "that", and after a listener or a time that stands before it."""
        told_to = bool(_LISTENER.match(self.at(i))) or (i < last and self.found[i].text[0].isupper())
        for j in range(i, min(last, i + 12)):
            if j > i and _OPENS.search(self.gap(j)):
                return j
            form = _form(self.at(j))
            if j > i and form is not None and not form.continues and not self._is_noun(form, j):
                break
            if self.at(j) == "that" and (j == i or told_to or _form(self.at(i - 1)) is not None):
                return j + 1
            if j > i and self.pauses(j) and not told_to:
                break
        return i

    def _subject_before(self, i: int, first: int) -> tuple[int, int] | None:
        last = i
        while last > first and self.at(last - 1) in _set_english("auxiliaries"):
            last -= 1
        begin = last
        while begin > first and last - begin < _LONGEST_SPEAKER and not self.pauses(begin):
            begin -= 1
        if begin == last and begin > first and "," in self.gap(begin):  # The owner, Blue Dhow Shipping, said
            commas = [j for j in range(first + 1, last) if "," in self.gap(j)]
            return (first, last) if len(commas) == 1 and last - first < _LONGEST_SPEAKER else None
        inner = next((j for j in range(last - 1, begin - 1, -1) if self._turns(j)), None)
        begin = inner + 1 if inner is not None else begin
        if begin > first and "," in self.gap(begin) and last - begin <= 4 and begin - first <= 8:
            earlier = self._appositive(begin, first)
            begin = earlier if earlier is not None else begin
        return (begin, last) if begin < last else None

    def _turns(self, i: int) -> bool:
        """Whether a conjunction at `i` begins another clause, and does not join two names (Kuwait and Saudi Arabia)."""
        joins = self.at(i) == "and" and all(word.text[0].isupper() for word in (self.found[i - 1], self.found[i + 1]))
        form = _form(self.at(i))
        says = form is not None and not self._is_noun(form, i)
        return says or (self.at(i) in _set_english("conjunctions") and not joins)

    def _appositive(self, i: int, first: int) -> int | None:
        """Where who is named before a comma begins: The owner, Blue Dhow Shipping, said."""
        return None if any(self.pauses(j) for j in range(first + 1, i)) or _LISTENER.match(self.at(first)) else first

    def _closing(
        self, form: _Form, i: int, after: int, first: int, last: int, who: tuple[int, int] | None
    ) -> list[Attribution]:
        """What is said stands before: "…," the port authority said; "…," said the master."""
        if who and who[0] > first:
            return [self.attribution(form, (i, after), who, (first, who[0]))]
        if who is None and self.pauses(i) and after < last:
            end = next((j for j in range(after + 1, last + 1) if j == last or self.pauses(j)), last)
            return [self.attribution(form, (i, after), (after, end), (first, i))]
        return []

    def _said_to(self, begin: int, last: int) -> int:
        return last

    def _according(self, i: int) -> list[Attribution]:
        length = max(
            (len(p) for p in _english_phrases("according") if tuple(self.folded[i : i + len(p)]) == p), default=0
        )
        if not length:
            return []
        first, last = self.sentence(i)
        end = i + length + 1
        while end < last and not self.pauses(end):
            end += 1
        said = (end, last) if i == first else (first, i)
        return [self.attribution(_Form("says", "according"), (i, i + length), (i + length, min(end, last)), said)]


def _is_clause(reader: _English, begin: int, last: int) -> bool:
    """Whether a clause, with a verb of its own, stands there rather than a noun."""
    finite = {
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "did",
        "does",
        "do",
    }
    return any(reader.at(j) in finite or reader.at(j).endswith("ed") for j in range(begin, last))


def _is_verb(folded: str) -> bool:
    """Whether an Arabic word is a verb in the present, or of saying: no part of a speaker's name."""
    form = _form(folded)
    return is_present_verb(folded) or (form is not None and not form.continues)


def _form(folded: str) -> _Form | None:
    if not is_arabic(folded):
        return _english_forms().get(folded)
    forms = _arabic_forms()
    return forms.get(folded) or (forms.get(folded[1:]) if folded[:1] in "وف" and len(folded) > 3 else None)


@cache
def _arabic_forms() -> Mapping[str, _Form]:
    """Every form of the Arabic verbs, folded."""
    forms: dict[str, _Form] = {}
    for kind in _KINDS:
        for line in _data()["arabic"][kind]:
            before, present, going_on = line.split()
            for form in _conjugated(fold(before), fold(present)) - _nouns():
                forms.setdefault(form, _Form(kind, fold(before), plural=form.endswith(("وا", "ون", "ان", "تا"))))
            for form in _declined(fold(going_on)) if going_on != "-" else ():
                forms.setdefault(form, _Form(kind, fold(before), continues=True))
    return forms


@cache
def _nouns() -> frozenset[str]:
    """Forms of the verbs that are nouns far more often (طالبا: a student)."""
    return frozenset(fold(word) for word in _data()["arabic"]["nouns"])


def _conjugated(before: str, present: str) -> set[str]:
    return set(_forms_of(before, present))


def _forms_of(before: str, present: str) -> Iterator[str]:
    """The third person of a verb: قال, قالت, قالوا, قالا, يقول, تقول, يقولون; of a weak one نفى, نفت, نفوا."""
    root = before[:-1] if before[-1] in "يا" else before
    yield from (before, root + "ت", root + "وا", root + "تا", before + "ا" if root == before else root + "يا")
    stem = present[1:]
    if not stem:
        return
    ending = stem[:-1] if stem[-1] in "يو" else stem
    yield from (prefix + stem for prefix in "يت")
    yield from (f"{prefix}{ending}{end}" for prefix in "يت" for end in ("ون", "ان"))
    yield from (f"س{prefix}{stem}" for prefix in "يت")


def _declined(going_on: str) -> Iterator[str]:
    """A participle in the accusative: مضيفا, مضيفة, مضيفين."""
    root = going_on.removesuffix("ا")
    yield from (going_on, root + "ه", root + "ين", root + "ات")


@cache
def _english_forms() -> Mapping[str, _Form]:
    forms: dict[str, _Form] = {}
    for kind in _KINDS:
        for verb in _data()["english"][kind]:
            head = verb.split()[0]
            if " " in verb:
                continue
            for form in (head, third(head), past(head), participle(head)):
                forms.setdefault(form, _Form(kind, head))
            forms.setdefault(gerund(head), _Form(kind, head, continues=True))
    return forms


@cache
def _phrases(name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(fold(phrase).split()) for phrase in _data()["arabic"][name])


@cache
def _english_phrases(name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in _data()["english"][name])


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in _data()["arabic"][name])


@cache
def _set_english(name: str) -> frozenset[str]:
    return frozenset(_data()["english"][name])


@cache
def _data() -> Mapping[str, Mapping[str, Sequence[str]]]:
    text = resources.files("rag.language").joinpath("speech.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
