"""A question understood: its language, what it asks for, and the concepts an answer must be about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rag import saying
from rag.asking import QuestionType, asks_for_name, question_type
from rag.language.acronyms import acronyms
from rag.language.analyzer import Term, analyze
from rag.language.characters import fold, is_arabic, script
from rag.language.entities import Entity, entities
from rag.language.frequency import telling
from rag.language.gazetteer import gazetteer
from rag.language.lexicon import LONGEST_HEAD, acronyms_among, content_words, lexicon
from rag.language.stem import stem
from rag.language.stopwords import ASKING, STOPWORDS
from rag.language.tense import is_past
from rag.language.vocabulary import is_present_verb, known_form, vocabulary
from rag.language.words import Word, words
from rag.model import Language
from rag.saying import SoundingLike, Way

ConceptKind = Literal["word", "name", "number", "date"]

# Words of a question that only carry its form: "the *number* of", "take *place*", "what *happened*".
_FORMAL = frozenset(
    fold(word)
    for word in """
    عدد تاريخ مكان سبب أسباب اسم حدث وقع جرى تم حصل يوجد توجد يقع تقع هناك بلغ يبلغ تبلغ شخص أشخاص الساعة ساعة
    وقت أي فرد أفراد عنصر عناصر number date time place reason happen happened happens occur occurred take took taken name many much
    together hour exist call called there person people up off out away down over again still ever yet just even so very
    go goes went get got make made put let
    وفق وفقا بحسب حسب بعد قبل قبيل خلال أثناء بين وراء خلف ورا بسبب جراء إثر عقب ضد دون بدون منذ وسط تجاه باتجاه مقابل رغم فوق تحت أمام بهذا بهذه
    نوع طبيعة الآن بأي بم بعدما قبلما إجراء عندئذ آنذاك حينها
    against between during after before despite per via within among since until toward towards behind without upon
    """.split()
)
# Question words that are followed by the thing asked about.
_CHOOSING = frozenset("كم كام بكم قديش قديه شكد شقد شحال عدد اي ايه اني many much which number".split())
# Other question words, and what English puts after them when the subject comes first.
_POINTING = frozenset(
    "من ما ماذا متي اين كيف لماذا who whom whose what which where when why how مين شو شنو ليش وين".split()
)
_AUXILIARIES = frozenset("did do does has have had can could will would should".split())
_FORMAL_OF_TIME = frozenset("day date month year يوم تاريخ شهر سنه عام وقت".split())
_INSIDE_TERM = re.compile(r"[\s\-‑–'’]*(?:(?:of|the|and|for|in|on|s)[\s\-]+)*", re.IGNORECASE)
_COARSER_DATE, _YEAR_ALONE = 0.6, 0.3  # of the month where a day was asked for, and of nothing but the year
_MOST_CONCEPTS = 60  # what names more is a text rather than a question, and each costs time
_LONGEST_NAME = 4  # words of an Arabic name
_KIND_OF_NAME = re.compile(
    r"\b(?:last|first|full|real|family|middle)[ -]names?\b|(?:الاسم|اسم[هك]ا?) (?:ال)?(?:كامل|أول|أخير|حقيقي)\b|الاسم\b",
    re.IGNORECASE,
)
_ASKED_SCALE = re.compile(r"\b(?:كم|كام|قديش|شحال)\s+(?P<scale>مليون|مليار|[أا]لف|تريليون)\b")
_ASKED_DEGREE = re.compile(
    r"\bhow (?P<degree>heavy|long|far|tall|high|deep|wide|broad|thick|old|young|fast|quickly|big|hot|cold|strong|often|soon)\b",
    re.IGNORECASE,
)
_OF_NATIONS = ("ي", "يه", "يا", "يون", "يين", "يات", "يان", "يتان", "يتين")
_OF_DECADES = ("s", "'", "’")  # after a year: the 1970s


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing the question names, and the ways the articles may say it.

    Attributes:
        text: as the question has it.
        kind: how it is matched; names, numbers and dates must be there.
        alternatives: the ways of saying it, best first.
        telling: how much it says in everyday text, in (0, 1].
    """

    text: str
    kind: ConceptKind
    alternatives: tuple[Way, ...]
    telling: float = 1.0
    start: int = 0  # where in the question it stands
    certain: bool = (
        False  # its ways of being said are known well enough that an article without them is about something else
    )


@dataclass(frozen=True, slots=True)
class Question:
    """A question as retrieval and reading need it; `focus` is the concept asked about ("how many *rockets*"), where there is one."""

    text: str
    language: Language
    type: QuestionType
    concepts: tuple[Concept, ...]
    focus: int | None = None


def understand(text: str, sounding_like: SoundingLike, *, to_english: bool = False, to_check: bool = False) -> Question:
    """Read a question.

    Args:
        text: the question as asked.
        sounding_like: the stems in the index by sound (`LexicalIndex.sounding_like`).
        to_english: there are English articles, so Arabic words are translated, too.
        to_check: it is a statement to be checked: every part of a name counts, also one that sounds like nothing known, and also the
            shortest skeletons are compared, because few words are at hand.
    """
    kind = question_type(text)
    heard = sounding_like if to_check else _telling(sounding_like)
    concepts = sorted(_concepts(text, heard, to_english=to_english), key=lambda concept: concept.start)[:_MOST_CONCEPTS]
    if not to_check:
        concepts = [concept for i, concept in enumerate(concepts) if not _is_unheard(concepts, i, text)]
    if kind == "who" and _is_of_a_person(text, concepts):
        kind = "who_is"
    return Question(text, script(text) or "ar", kind, tuple(concepts), _focus(text, kind, concepts))


def _is_of_a_person(text: str, concepts: Sequence[Concept]) -> bool:
    """Whether all that a question names is one person: "who is X", not "who is the minister" or "who met X"."""
    if not 1 <= len(concepts) <= _LONGEST_NAME:
        return False
    if any(one.kind == "person" and one.named and _covers(one, concepts) for one in entities(text)):
        return True
    first = fold(concepts[0].text)
    if is_arabic(first):
        return bool(re.search(r"\b(?:هو|هي)\b", fold(text))) and _is_given_name(first)
    asked = words(text)
    said = [word for word in asked if word.folded not in STOPWORDS and word.folded not in ASKING]
    named = [word for word in said if word.text[0].isupper() or not lexicon().translations([word.folded])]
    return bool(re.match(r"\W*who(?:s| is| was)\b", fold(text))) and len(named) == len(said)


def _is_given_name(folded: str) -> bool:
    """Whether a word is a given name and nothing else; with the article (القاسم) also one that is a word without it."""
    bare = folded.removeprefix("ال")
    return bare in gazetteer().given and (bare != folded or folded not in vocabulary())


def _covers(entity: Entity, concepts: Sequence[Concept]) -> bool:
    """Whether an entity with its title is all that is named; what has no article is of somebody else (مدرب محمد صلاح)."""
    titled = entity.role_start is not None and (entity.role or "").startswith("ال")
    start = min(entity.start, entity.role_start or 0) if titled else entity.start
    return all(start <= concept.start < entity.end for concept in concepts)


def _focus(text: str, kind: QuestionType, concepts: Sequence[Concept]) -> int | None:
    """What is counted, chosen, named or told of: the first plain concept after the question word, in English the noun it belongs to.

    None where the question word is followed by an auxiliary verb in English ("when did …"): what is told of then stands anywhere.
    """
    found = words(text)
    asking = next((word for word in found if word.folded in _CHOOSING), None) or next(
        (word for word in found if word.folded in _POINTING), None
    )
    after = asking.end if asking else 0
    following = next((word.folded for word in found if word.start >= after), "")
    if kind == "yes_no" or following in _AUXILIARIES:
        return None
    focus = next((i for i, c in enumerate(concepts) if c.start >= after and c.kind == "word"), None)
    if focus is None or (kind == "how_many" and _is_verb(fold(concepts[focus].text))):
        return None  # "كم تبعد": nothing is counted
    if kind in {"how_many", "what", "which", "list"}:
        return _head_noun(text, concepts, focus)
    return _row(text, concepts, focus)[-1] if kind == "who" and asks_for_name(text) else focus


def _is_verb(folded: str) -> bool:
    return is_present_verb(folded) or (is_arabic(folded) and is_past(folded) and folded not in vocabulary())


def _head_noun(text: str, concepts: Sequence[Concept], first: int) -> int:
    """Of English nouns in a row the one in the plural, which those before it describe (fire *engines*)."""
    row = _row(text, concepts, first)
    return next((i for i in row if concepts[i].kind == "word" and _is_plural(concepts[i].text)), first)


def _row(text: str, concepts: Sequence[Concept], first: int) -> range:
    """English concepts with nothing between them, from the first on; an Arabic one alone."""
    last = first
    while (
        last + 1 < len(concepts)
        and concepts[last].text.isascii()
        and _are_joined(concepts[last], concepts[last + 1], text)
    ):
        last += 1
    return range(first, last + 1)


def _is_plural(word: str) -> bool:
    return word.isascii() and word.endswith("s") and not word.endswith(("ss", "us", "is"))


def _concepts(text: str, sounding_like: SoundingLike, *, to_english: bool) -> list[Concept]:
    found = words(text)
    fixed = _canonical(text) | _spelt_acronyms(found, text)
    capitals = acronyms_among(found)
    forms = (_KIND_OF_NAME, _ASKED_SCALE, _ASKED_DEGREE)
    formal = [match.span() for form in forms for match in form.finditer(text)]
    free = [
        word
        for word in content_words(found)
        if (not _is_asking(word.folded) or word in capitals)
        and not any(start <= word.start < end for start, end in (*fixed, *formal))
    ]
    if question_type(text) in {"when", "what_time"}:
        free = [word for word in free if word.folded not in _FORMAL_OF_TIME]
    concepts = list(fixed.values())
    i = 0
    while i < len(free):
        length = 1
        if not {free[i].folded, free[i].folded.removesuffix("ا")} & _FORMAL:
            if is_arabic(free[i].folded):
                concept, length = _arabic(free, i, sounding_like, text, to_english=to_english)
            else:
                concept, length = _english(free, i, sounding_like, text)
            concepts.append(concept)
        i += length
    return concepts


def _is_nationality(folded: str) -> bool:
    """Whether an Arabic word tells of a nation or creed: by its ending, where it may be another word of that stem (تزيد is not of Zayd)."""
    ends = folded.endswith(_OF_NATIONS) or known_form(folded.removeprefix("ال")) not in vocabulary()
    return ends and lexicon().is_demonym(stem(folded))


def _is_asking(folded: str) -> bool:
    """Whether a word asks: also one contracted ("what's"), or joined to "and" (وأين)."""
    return not {folded, folded.removesuffix("'s"), folded.removeprefix("و"), folded.removeprefix("ف")}.isdisjoint(
        ASKING
    )


def _telling(sounding_like: SoundingLike) -> SoundingLike:
    """The same, but a single consonant sounds like too much to tell anything."""
    return lambda skeleton: sounding_like(skeleton) if len(skeleton) > 1 else []


def _is_unheard(concepts: Sequence[Concept], i: int, text: str) -> bool:
    """A part of a name that sounds like nothing in the index, beside a part that does (*Ian* McCary): the other stands for both."""
    if not _is_only_itself(concepts[i]):
        return False
    return any(
        other.kind == "name" and not _is_only_itself(other) and _are_joined(concepts[i], other, text)
        for other in concepts[max(0, i - 1) : i + 2]
    )


def _is_only_itself(concept: Concept) -> bool:
    return concept.kind == "name" and len(concept.alternatives) == 1


def _are_joined(one: Concept, other: Concept, text: str) -> bool:
    first, second = sorted((one, other), key=lambda concept: concept.start)
    return not text[first.start + len(first.text) : second.start].strip(" -")


def _canonical(text: str) -> dict[tuple[int, int], Concept]:
    """Numbers, dates and times by where they stand. A date is met less well by a coarser form, never by another year."""
    spans: dict[tuple[int, int], list[Term]] = {}
    for term in analyze(text):
        if term.kind in {"number", "date", "time"}:
            spans.setdefault((term.start, term.end), []).append(term)
    concepts = {}
    scales = [match.span("scale") for match in _ASKED_SCALE.finditer(text)]
    for span, terms in spans.items():
        if span in scales:
            continue
        exact, *coarser = (term.text for term in terms)
        year = exact[:5] if exact[1].isdigit() else ""
        coarser = [term for term in coarser if not year or term.startswith(year)]
        alternatives = [
            ((exact,), 1.0),
            *(((term,), _COARSER_DATE if "-" in term else _YEAR_ALONE) for term in coarser),
        ]
        kind: ConceptKind = "date" if terms[0].kind == "date" else "number"
        certain = kind == "date" and text[span[1] : span[1] + 1] not in _OF_DECADES
        concepts[span] = Concept(text[slice(*span)], kind, tuple(alternatives), start=span[0], certain=certain)
    return concepts


def _spelt_acronyms(found: Sequence[Word], text: str) -> dict[tuple[int, int], Concept]:
    """Acronyms spelt by the Arabic names of their letters, by where they stand."""
    concepts = {}
    for acronym in acronyms(found):
        start, end = found[acronym.first].start, found[acronym.last - 1].end
        ways = tuple(((reading,), 1.0) for reading in acronym.readings)
        concepts[start, end] = Concept(text[start:end], "name", ways, start=start)
    return concepts


def _english(free: Sequence[Word], i: int, sounding_like: SoundingLike, text: str) -> tuple[Concept, int]:
    """The longest head of the lexicon that begins at the i-th word, else the word alone; and how many words it takes."""
    for length in range(_run(free, i, text), 0, -1):
        group = free[i : i + length]
        translations = lexicon().translations([word.folded for word in group])
        if translations or length == 1:
            break
    folded = [word.folded for word in group]
    is_name = group[0].text[0].isupper() and lexicon().is_name(folded)
    known = translations or saying.derived(folded)
    capital = group[0].text[0].isupper()
    named = is_name or (capital and group[0].start > 0) or (not known and (capital or not _has_capitals(text)))
    ways = saying.in_english(folded, sounding_like, is_name=is_name, may_be_name=named or not known)
    said = text[group[0].start : group[-1].end]
    kind: ConceptKind = "name" if named else "word"
    certain = is_name and not said.isupper()  # the words that an acronym stands for are put into Arabic in many ways
    return Concept(said, kind, ways, max(map(telling, ways[0][0])), group[0].start, certain=certain), length


def _has_capitals(text: str) -> bool:
    """Whether a text writes names with capitals: a word behind the first one has one."""
    return any(word.text[0].isupper() and len(word.text) > 1 for word in words(text)[1:])


def _run(free: Sequence[Word], i: int, text: str) -> int:
    """How many words from the i-th on could make one term: nothing between them but what terms have inside ("bank *of* England")."""
    length = 1
    while (
        length < LONGEST_HEAD
        and i + length < len(free)
        and _INSIDE_TERM.fullmatch(text[free[i + length - 1].end : free[i + length].start])
    ):
        length += 1
    return length


def _arabic(
    free: Sequence[Word], i: int, sounding_like: SoundingLike, text: str, *, to_english: bool
) -> tuple[Concept, int]:
    """The longest known name that begins at the i-th word, else the word alone; and how many words it takes."""
    stems = tuple(stem(word.folded) for word in free[i : i + _LONGEST_NAME])
    proper = lexicon().is_proper(free[i].folded)
    for length in range(len(stems), 0, -1):
        own = stems[:length]
        if lexicon().aliases(own) is not None and (length > 1 or proper):
            said = text[free[i].start : free[i + length - 1].end]
            ways = saying.named_in_arabic(own, to_english=to_english)
            return Concept(said, "name", ways, max(map(telling, own)), free[i].start, certain=True), length
    kind: ConceptKind = "name" if proper or _is_nationality(free[i].folded) else "word"
    ways = saying.in_arabic(free[i].folded, sounding_like, to_english=to_english)
    return Concept(free[i].text, kind, ways, telling(stems[0]), free[i].start, certain=proper), 1
