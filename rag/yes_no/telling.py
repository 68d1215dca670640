"""Whether a sentence tells of something as so, as not so, or leaves it open."""

from collections.abc import Sequence
from typing import Literal

from rag.language.denials import Denial
from rag.language.hedges import hedges
from rag.language.polarity import is_negating
from rag.language.readings import Reading
from rag.language.speech import attributions, speech_kind
from rag.yes_no.arguments import Arguments, is_telling
from rag.yes_no.asked import Asked
from rag.yes_no.cues import NAMES, NOUNS, begins_phrase, is_in
from rag.yes_no.sentence import Sentence

Verdict = Literal["yes", "no"]

_CLAIMS = frozenset({"claims", "accuses", "believes", "promises", "demands"})  # kinds of `rag.language.speech`
_NEAR = 8  # words before another that may leave it open, or say that it was
_GOVERNING = 6  # words before a clause that أن begins
_NEGATED = 3  # words behind a negation
_WENT_ON = 5  # words behind كان
_EXTRA = 0.34  # share of what is denied that the question may not speak of


class Telling:
    """How a sentence tells of what a question asks.

    Args:
        asked: the question.
        sentence: that tells of it.
        arguments: of the predicate there.
    """

    def __init__(self, asked: Asked, sentence: Sentence, arguments: Arguments) -> None:
        self._asked = asked
        self._sentence = sentence
        self._arguments = arguments

    def vote(self, at: int, *, opposite: bool) -> Verdict | None:
        """What a word that says the predicate, or its opposite, comes to; None where it leaves it open."""
        denied = self._sentence.denials_of(at)
        if not self._is_said(at):
            return None
        if self._is_doubtful(at, denied) or (any(one.kind == "denied" for one in denied) and not self._is_voice()):
            return None
        if self._asked.indirect:
            return "no" if denied and not opposite else None
        if denied:
            return "no" if not opposite and len(denied) == 1 and self._is_denied(denied[0], at) else None
        if any(is_negating(word.folded) for word in self._sentence.words[max(0, at - _NEGATED) : at]):
            return None
        if not self._happened(at):
            return None
        return "no" if opposite else "yes"

    def is_mere_mention(self, at: int) -> bool:
        """Whether a noun only names a deed, and nothing says of it that it was, was not or may be."""
        tag = self._sentence.tag(at)
        if tag is None or tag.kind not in NOUNS or self._begins_as_verb(at) or self._sentence.denials_of(at):
            return False
        return not (self._is_open(at) or self._is_done(at) or self._will_be(at))

    def _is_doubtful(self, at: int, denied: Sequence[Denial]) -> bool:
        """Whether the sentence only guesses, claims or asks it, or tells that it was denied."""
        word, text = self._sentence.words[at], self._sentence.text
        if self._is_denied_behind(at) or text.rstrip()[-1:] in "?؟":
            return True
        asked = [self._sentence.words[i].start for i in self._sentence.asked_words]
        for hedge in hedges(text):
            reaches = hedge.reaches(word.start) and (hedge.follows or hedge.start < word.start)
            asked_for = any(hedge.start <= start < hedge.end for start in asked)
            rumour = any(one.start <= hedge.start < one.core for one in denied)  # نفى أنباء عن
            if reaches and not asked_for and not rumour:
                return True
        return not self._is_voice() and any(
            one.kind in _CLAIMS and one.holds(word.start, word.end) and not one.verb_start <= word.start < one.verb_end
            for one in attributions(text)
        )

    def _is_denied_behind(self, at: int) -> bool:
        """Whether the next clause says that what the clause of a word says was denied (وهو ما نفته الشرطة)."""
        clauses = self._sentence.clauses
        own = clauses.index(self._sentence.clause_at(at))
        words = self._sentence.words[clauses[own].first : clauses[min(own + 2, len(clauses)) - 1].last]
        return any(is_in(one, "sentence", "denied_before") for one in words)

    def _is_voice(self) -> bool:
        """Whether what is asked for is the word of somebody whom the sentence names."""
        return any(self._sentence.places.get(i) for i in (*self._asked.voice, *self._asked.speaker))

    def _is_said(self, at: int) -> bool:
        """Whether a word is said by the one who is asked to have said so, if anybody is."""
        word, asked = self._sentence.words[at], self._asked.speaker
        starts = [self._sentence.words[place].start for i in asked for place in self._sentence.places.get(i, ())]
        return not asked or any(
            one.holds(word.start, word.end) and any(one.start <= start < one.end for start in starts)
            for one in attributions(self._sentence.text)
        )

    # Denied

    def _is_denied(self, denial: Denial, at: int) -> bool:
        """Whether it is the predicate that a denial denies, with no more than the question says of it."""
        found = self._sentence.words
        inside = [i for i, word in enumerate(found) if denial.core <= word.start < denial.end]
        after = next((i for i in inside if i > at and is_in(found[i], "sentence", "after")), len(found))
        inside = [i for i in inside if i < after]
        cue = next(i for i, word in enumerate(found) if word.start == denial.cue_start)
        telling = [i for i in inside if is_telling(self._sentence, i)]
        joined = self._joined_with(at)
        extra = [
            i
            for i in telling
            if i not in joined and not self._arguments.is_spoken_of(i) and not self._is_passed_over(i)
        ]
        before = [i for i in inside if i < at and (i in extra or self._sentence.is_that(i))]
        if any(not self._is_passed_over(i) for i in before) or len(extra) > _EXTRA * len(telling):
            return False
        if any(found[i].is_figure for i in extra) or self._is_partly_so(cue, inside[-1]):
            return False
        return self._is_of_the_time(found[cue].folded.lstrip("وف")) and not self._is_open(cue)

    def _joined_with(self, at: int) -> frozenset[int]:
        """The nouns beside a noun with "or" between them, each of which is denied for itself: لا قتلى أو *جرحى*."""
        found = self._sentence.words
        either = [i for i in (at - 1, at + 1) if 0 < i < len(found) - 1 and is_in(found[i], "question", "either")]
        others = (2 * i - at for i in either)
        return frozenset(i for i in others if (tag := self._sentence.tag(i)) is not None and tag.kind in NOUNS | {"a"})

    def _is_partly_so(self, cue: int, last: int) -> bool:
        """Whether a denial is of a part only: لم يصل كل الركاب, لم تتأثر باستثناء ثلاث."""
        found = self._sentence.words
        partly = any(is_in(word, "sentence", "partly") for word in found[cue : last + 1])
        return partly or any(is_in(word, "sentence", "but_for") for word in found[last + 1 : last + 2])

    def _is_of_the_time(self, cue: str) -> bool:
        """Whether a negation denies what was, or is to come, as the question asks."""
        return cue not in {"لم", "ليس"} if self._asked.future else cue != "لن"

    def _is_passed_over(self, i: int) -> bool:
        """Whether a word only says that it never was (لم يسبق أن), that it was asked for (رفض دعوات إلى), or stands for the next (قوات الأمن)."""
        first = i - 1 if self._sentence.is_that(i) else i
        ever = any(is_in(word, "sentence", "ever") for word in self._sentence.words[max(0, first) : i + 1])
        return ever or is_in(self._sentence.words[i], "sentence", "same")

    # Done

    def _happened(self, at: int) -> bool:
        """Whether a word that nothing denies tells of something as done, or as coming where that is asked."""
        tag = self._sentence.tag(at)
        if tag is None or self._is_open(at):
            return False
        if tag.is_verb or self._begins_as_verb(at):
            return self._verb_happened(tag, at)
        if self._asked.future:
            return self._asked.is_noun and self._will_be(at)
        if tag.kind == "u" and self._sentence.words[at].folded.endswith("ا"):
            return True  # نجيا: a form of verbs that few texts have
        if tag.kind in NOUNS | NAMES:  # a deed may be taken for part of a name: فتح تحقيق
            return tag.particle != "ل" and self._is_done(at)
        return tag.kind in {"a", "c", "d"}

    def _verb_happened(self, tag: Reading, at: int) -> bool:
        will = tag.particle == "س" or (at > 0 and is_in(self._sentence.words[at - 1], "sentence", "future"))
        if will or self._asked.future:
            return will and not self._asked.past
        if tag.kind != "i" or tag.person == "I":  # أحيل is rather "was referred" than "I refer"
            return True
        wished = tag.particle == "ل" or (self._sentence.is_that(at - 1) and not self._sentence.has_pronoun(at - 1))
        before = self._sentence.words[max(0, at - _WENT_ON) : at]
        return not wished and (not self._asked.past or any(is_in(word, "sentence", "going_on") for word in before))

    def _begins_as_verb(self, at: int) -> bool:
        """Whether a word read as a noun is rather a verb: it follows "after", or begins a clause that has no other (أدان, سحب)."""
        if self._sentence.is_that(at - 1) and at > 1 and is_in(self._sentence.words[at - 2], "sentence", "before_that"):
            return True
        clause, tag = self._sentence.clause_at(at), self._sentence.tag(at)
        if tag is None or tag.article or tag.particle or tag.kind not in NOUNS:
            return False
        if at > clause.first + (clause.opener in {"that", "turn"}) or self._sentence.words[at].text.endswith("ة"):
            return False
        others = (self._sentence.tag(i) for i in range(at + 1, clause.last))
        return not any(other is not None and other.is_verb for other in others)

    def _will_be(self, at: int) -> bool:
        """Whether the verb before a noun says that it will be: ستجري مشاورات."""
        before = [self._sentence.tag(i) for i in self._near(at)]
        verbs = [tag for tag in before if tag is not None and tag.is_verb]
        return bool(verbs) and verbs[-1].particle == "س"

    def _is_done(self, at: int) -> bool:
        """Whether something before a noun says that it was, and it is of no other noun."""
        done = any(is_in(self._sentence.words[i], "sentence", "done") for i in self._near(at))
        return done and not self._arguments.belongs_to_another(at)

    def _is_open(self, at: int) -> bool:
        """Whether what comes before a word in its clause, or governs that, leaves open whether it happened."""
        clause = self._sentence.clause_at(at)
        before = range(max(0, clause.first - _GOVERNING), at) if clause.opener == "that" else self._near(at)
        return any(self._leaves_open(i) for i in before)

    def _leaves_open(self, i: int) -> bool:
        """Whether nothing is sure behind a word; a speaker's wish to stay unnamed (شريطة عدم الكشف عن هويته), or his asked-for word, is none."""
        if not begins_phrase(self._sentence.words, i, "sentence", "open"):
            return False
        unnamed = any(is_in(word, "sentence", "unnamed") for word in self._sentence.words[i + 2 : i + 3])
        asked = self._is_voice() and speech_kind(self._sentence.words[i].folded) is not None
        return not (unnamed or asked)

    def _near(self, at: int) -> range:
        """The words of a clause before another."""
        return range(max(self._sentence.clause_at(at).first, at - _NEAR), at)
