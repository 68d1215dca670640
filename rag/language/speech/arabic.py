"""Who says what in an Arabic text: a verb before its speaker or after, an agency that hands on, "according to"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from rag.language.readings import readings
from rag.language.senses import spelling
from rag.language.speech.attribution import Attribution
from rag.language.speech.reader import OPENS
from rag.language.speech.subjects import Subjects
from rag.language.speech.verbs import Form, form_of
from rag.language.speech.wordlists import arabic_phrases, arabic_set
from rag.language.words import words

_CLOSED = re.compile(r"[\"”»]")
_TO_CLAUSE = 30  # words from a verb to the clause that it introduces
_OFTEN = frozenset("عاده غالبا كثيرا نادرا قليلا دايما سرعان".split())  # before a ما that introduces nothing


class Arabic(Subjects):
    """An Arabic text read for its attributions."""

    def read(self) -> Iterator[Attribution]:
        """The attributions, in order of their verbs."""
        for i in range(len(self.found)):
            yield from self._handed_on(i) or self._said(i) or self._according(i)

    def _said(self, i: int) -> list[Attribution]:
        """A verb of saying at `i`."""
        form = form_of(self.at(i))
        if (
            form is None
            or self.starts_with(i, arabic_phrases("impersonal"))
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
        region = (i + 1, clause - (self.at(clause - 1) in arabic_set("complementizers")))
        who = (
            None if form.lemma == "اشتبه" else self.speaker(*region) or self.subject_before(i)
        )  # يشتبه: it is suspected
        return [self.attribution(form, (i, i + 1), who, (clause, self._said_to(clause, last)))]

    def _is_other_word(self, form: Form, i: int) -> bool:
        """Whether a verb's past is written like a noun that ends in ya: رأي is an opinion, نفي a denial; رأى and نفى are verbs."""
        bare = self.at(i).removeprefix("و")
        if self.at(i - 1) in {"عدم", "دون", "الذي", "التي", "الذين"}:  # عدم ذكر اسمه, الذي طلب
            return True
        return (
            form.lemma[-1] == "ي"
            and bare == form.lemma
            and not self.found[i].text.rstrip("\u064b\u064c\u064d\u064e\u064f\u0650").endswith("ى")
        )

    def _of_noun(self, form: Form, i: int, last: int) -> list[Attribution]:
        """A verb at `i` whose object is a noun: نفى المرصد وجود خطر, تتهم واشنطن فصائل; حمّل فلانا مسؤولية كذا."""
        needed = {"حمل": ("مسووليه", "المسووليه"), "كشف": ("عن",)}.get(form.lemma)
        if form.lemma not in arabic_set("nominal") or (
            needed and not set(needed) & set(self.folded[i + 1 : min(last, i + 10)])
        ):
            return []
        after = None if form.plural else self.subject_after(i + 1, last)
        who = self.subject_beside(i) or after or self.subject_before(i)
        first = max(i + 1, who[1] if who else 0)
        one = self.attribution(form, (i, i + 1), who, (first, self._said_to(first, last)))
        return [replace(one, has_clause=False)]

    def _clause(self, i: int, last: int) -> int | None:
        """Where the clause or the quotation that a verb at `i` introduces begins."""
        for j in range(i + 1, min(last, i + _TO_CLAUSE) + 1):
            if j < last and j > i + 1 and (self.pauses(j) or self.at(j)[:1] == "و") and self._goes_on(i, j):
                return None
            if j < last and (
                ":" in self.gap(j) or (j > i + 1 and OPENS.search(self.gap(j)) and self._is_long_quotation(j))
            ):
                return j
            if (
                j < last
                and self.at(j) in arabic_set("complementizers")
                and self.at(j - 1) not in arabic_set("not_complementized")
            ):
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
            if self.pauses(j) and self.starts_with(j, arabic_phrases("elsewhere")):
                return j
            if self.at(j)[:1] == "و" and self._speaks_anew(j):
                return j
        return last

    def _goes_on(self, i: int, j: int) -> bool:
        """Whether a verb of saying at `j` takes what follows it from the one at `i`; "قال" has its own إن."""
        form = form_of(self.at(j))
        return form is not None and not (form.continues and form_of(self.at(i)) == form_of("قال"))

    def _speaks_anew(self, i: int) -> bool:
        """Whether a verb of saying at `i` has another speaker than the one before; one that is an everyday word, where it says something."""
        form = form_of(self.at(i))
        if form is None or form.continues:
            return False
        return form.lemma not in arabic_set("everyday") or bool(self._handed_on(i) or self._said(i))

    def _handed_on(self, i: int) -> list[Attribution]:
        """نقلت الأناضول عن مصدر عسكري قوله إن."""
        form = form_of(self.at(i))
        if form is None or form.lemma != "نقل":
            return []
        last = self.sentence(i)[1]
        about = next((j for j in range(i + 1, min(last, i + 10)) if self.at(j) == "عن"), None)
        clause = self._clause(about, last) if about else None
        if about is None or clause is None:
            return []
        while clause < last and self.at(clause) in arabic_set("complementizers"):
            clause += 1
        region_end = next(
            j
            for j in range(about + 1, last + 1)
            if j == clause or self.at(j) in arabic_set("complementizers") or ":" in self.gap(j)
        )
        via = self.speaker(i + 1, about)
        source = self.text[slice(*self.span(*via))] if via else None
        who = self.speaker(about + 1, region_end)
        return [self.attribution(Form("says", "نقل"), (i, i + 1), who, (clause, self._said_to(clause, last)), source)]

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
            or (j < i + length + 2 and (form_of(self.at(j)) or form_of(re.sub("(?:ه|ها|هم)$", "", self.at(j)))))
            or (j > i + length and self.at(j) in {"به", "بها", "له", "لها"})
        ):
            j += 1
        joined = j == i + length and self._joins_preposition(i)
        source = _without_preposition(self.at(j)) if joined else self.at(j)
        if (
            j >= len(self.found)
            or source in arabic_set("not_sources")
            or (self.at(i).removeprefix("و") == "كما" and j == i + length)
        ):
            return []
        first, last = self.sentence(i)
        end = j + 1
        while end < last and not self.pauses(end):
            end += 1
        if end < last and not arabic_set("adjuncts") & {self.at(end)} and self._is_name_apposed(end, last):
            end = next((k for k in range(end + 1, last + 1) if k == last or self.pauses(k)), last)
        who = (j, next((k for k in range(j + 1, end) if self.is_adjunct(k)), end))
        opens = i == first or (self.pauses(i) and self.starts_with(i, [("و", "بحسب")]) > 0)
        said = (end, last) if opens else (self._clause_start(i, first), i)
        told = [said]
        if not opens and end < last and self.pauses(i) and "،" in self.gap(i):  # in the middle of what is said
            told.append((end, self._said_to(end, last)))
        found = [self.attribution(Form("says", "according"), (i, i + length), who, one) for one in told]
        return [_of_joined(one) for one in found] if joined else found

    def _opens_according(self, i: int) -> int:
        for length in (3, 2, 1):
            phrase = " ".join(self.folded[i : i + length])
            for bare in (phrase, phrase.removeprefix("و")):
                if bare in arabic_set("according"):
                    return length if self.at(i).removeprefix("و") != "كما" or form_of(self.at(i + 1)) else 0
        return int(self._joins_preposition(i))

    def _joins_preposition(self, i: int) -> bool:
        """Whether "according to" at `i` ends with a preposition that is joined to who says it: وفقا *ل*مصدر."""
        phrase = f"{self.at(i)} {self.at(i + 1)}"
        joining = tuple(one for one in arabic_set("according") if one.endswith(" ل"))
        return phrase.startswith(joining) or phrase.removeprefix("و").startswith(joining)

    def _is_name_apposed(self, i: int, last: int) -> bool:
        """Whether a short segment after a comma ends the sentence, or another comma ends it: who says it is named there."""
        end = next((k for k in range(i + 1, last + 1) if k == last or self.pauses(k)), last)
        return end == last and end - i <= 4

    def _clause_start(self, i: int, first: int) -> int:
        """Where what "according to" at `i` is about begins: after the attribution before it, or with the sentence."""
        for j in range(i - 1, first, -1):
            if self.pauses(j) and self.starts_with(j, arabic_phrases("elsewhere")):
                return j
        return first

    def _closing(self, form: Form, i: int) -> list[Attribution]:
        """A verb that ends what is said: "…"، قال المتحدث."""
        last = self.sentence(i)[1]
        first = self.sentence(i)[0]
        if not (self.pauses(i) and i > first and _CLOSED.search(self.gap(i))) or last - i > 10:
            return []
        return [self.attribution(form, (i, i + 1), self.speaker(i + 1, last), (first, i))]


def _of_joined(one: Attribution) -> Attribution:
    """An attribution without the preposition that is joined to its speaker."""
    return replace(one, speaker=_without_preposition(one.speaker or ""), start=one.start + 1)


def _without_preposition(source: str) -> str:
    """Who says something, without a joined ل: لمصدر طبي is مصدر طبي, للشرطة is الشرطة, but للجنة is لجنة.

    >>> _without_preposition("لمصدر طبي"), _without_preposition("للشرطة")
    ('مصدر طبي', 'الشرطة')
    """
    bare = source[1:]
    if not bare.startswith("ل"):
        return bare
    likeliest = next((reading for word in words(bare)[:1] for reading in readings(spelling(word))), None)
    return bare if likeliest and not likeliest.particle else f"ا{bare}"
