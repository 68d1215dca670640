"""What in an Arabic question leans on the talk before it: هو, منصبه, ذلك, هناك, and a verb without its subject."""

import re
from collections.abc import Iterator

from rag.followup import arabic_words as forms
from rag.followup.arabic import ArabicQuestion
from rag.followup.gap import Gap, Need, itself
from rag.followup.mention import Mention
from rag.followup.naming import named_within
from rag.language.characters import fold

_PRONOUNS: dict[str, tuple[Need, bool | None]] = {
    "هو": ("any", False), "هي": ("any", True), "ه": ("any", False), "ها": ("any", True), "هم": ("plural", None), "هما": ("plural", None),
    "هن": ("plural", True),
}  # fmt: skip
_DETACHED = {"هو": "ه", "هي": "ها", "هم": "هم", "هما": "هم", "هن": "هن"}
_PARTICIPLE = re.compile(r"الم.+|م..و.")  # المتفق عليه, مسموح بها
_LONGEST_OBJECT = 4  # words after a preposition; in a longer row the subject may hide
_NO_NOUN: frozenset[str] = frozenset({"date", "source"})


def gaps(question: ArabicQuestion) -> list[Gap]:
    """The gaps of a question, left to right; a pronoun that means something in the question itself is none."""
    found = [gap for i in range(len(question.units)) for gap in _at(question, i)]
    subject = _missing_subject(question)
    return sorted([*found, subject], key=lambda gap: gap.start) if subject else found


def joined(preposition: str, text: str) -> str:
    """A preposition and its noun as they are written together.

    >>> joined("ل", "السفينة"), joined("على", "السفينة")
    ('للسفينة', 'على السفينة')
    """
    if preposition == "ل" and text.startswith("ال"):
        return "لل" + text[2:]
    return preposition + text if len(preposition) < 2 else f"{preposition} {text}"


def _at(question: ArabicQuestion, i: int) -> Iterator[Gap]:
    unit, folded = question.units[i], question.folded(i)
    if folded in {"هناك", "هنالك"}:
        if i + 1 == len(question.units) or not (i == question.phrase.last or question.is_in(i - 1, "being")):
            yield Gap(unit.start, unit.end, "place", _placed)
    elif folded in _DETACHED:
        if not _is_copula(question, i) and not _is_named_before(question, i):
            need, feminine = _PRONOUNS[folded]
            yield Gap(unit.start, unit.end, need, itself, feminine)
    elif question.is_in(i, "demonstratives"):
        yield from _demonstrative(question, i)
    elif (
        i >= _after_words(question)
        and not named_within(question.text, unit.start, unit.end)
        and not _is_bound(question, i)
    ):
        yield from _joined_pronoun(question, i)


def _after_words(question: ArabicQuestion) -> int:
    """Where the question words end, and what they count or choose begins."""
    return question.phrase.noun[0] if question.phrase.noun else question.phrase.last


def _placed(mention: Mention) -> str:
    return mention.phrase if mention.before else f"في {mention.text}"


def _joined_pronoun(question: ArabicQuestion, i: int) -> Iterator[Gap]:
    """A preposition, noun or verb with a pronoun joined to it."""
    unit = question.units[i]
    governed = forms.governed(unit.text)
    owned = forms.owned(unit.text)
    verb = forms.verb_with_object(unit.text)
    if governed:
        base, pronoun = governed
        need, feminine = _PRONOUNS[pronoun]
        need = "members" if pronoun == "هم" and base in {"من", "بين"} else need
        yield Gap(
            unit.start, unit.end, need, lambda mention: joined(base, _as_object(mention)), feminine, is_object=True
        )
    elif verb and (i == question.verb or not owned or question.is_in(i - 1, "relatives")):
        yield from _object(question, i, *verb)
    elif owned:
        noun, pronoun = owned
        need, feminine = _PRONOUNS[pronoun]
        need = "members" if pronoun == "هم" and fold(noun) in question.words("quantifiers") else need
        yield Gap(unit.start, unit.end, need, lambda mention: f"{noun} {_as_object(mention)}", feminine)


def _object(question: ArabicQuestion, i: int, verb: str, pronoun: str) -> Iterator[Gap]:
    """A verb's object: after the subject, where there is one; that of "ما الذي" is what the question asks for."""
    if i == question.phrase.last and question.is_in(i - 1, "relatives"):
        return
    need, feminine = _PRONOUNS[pronoun]
    subject = question.subject if question.verb == i else None
    last = subject[1] if subject else i + 1
    said = question.text[question.units[i].end : question.units[last - 1].end]
    start, end = question.units[i].start, question.units[last - 1].end
    yield Gap(start, end, need, lambda mention: f"{verb}{said} {_as_object(mention)}", feminine, is_object=True)


def _demonstrative(question: ArabicQuestion, i: int) -> Iterator[Gap]:
    unit, noun = question.units[i], i + 1
    preposition = unit.text[0] if question.is_in(i, "joined_demonstratives") else ""
    if question.is_in(noun, "periods"):
        return
    last = noun
    while last < len(question.units) and question.folded(last).startswith("ال") and not question.is_cut(last):
        last += 1
    if last == noun:
        yield Gap(unit.start, unit.end, "event", lambda mention: joined(preposition, mention.text))
        return
    feminine = forms.is_feminine(question.units[noun].text) or None
    head = question.folded(noun).removeprefix("ال")
    end = question.units[last - 1].end
    yield Gap(unit.start, end, "any", lambda mention: joined(preposition, mention.text), feminine, noun=head)


def _is_copula(question: ArabicQuestion, i: int) -> bool:
    """Whether هو only joins the question word to what follows (من هو الوزير), or asks (هو فيه حد)."""
    asks = i == 0 and question.folded(1) in {"فيه", "في", "حد", "حدا"}
    return asks or (i + 1 < len(question.units) and i < question.phrase.last)


def _before(question: ArabicQuestion, i: int) -> list[Mention]:
    """What the question has named before the unit at `i`, and not by a pronoun."""
    found = [m for m in question.mentions if m.end <= question.units[i].start and m.kind not in _NO_NOUN]
    return [m for m in found if not any(forms.owned(word) or forms.governed(word) for word in m.text.split())]


def _is_named_before(question: ArabicQuestion, i: int) -> bool:
    """Whether a detached pronoun takes up what stands before it: وزير الخارجية من هو."""
    return any(_agrees(mention, _DETACHED[question.folded(i)]) for mention in _before(question, i))


def _is_bound(question: ArabicQuestion, i: int) -> bool:
    """Whether a pronoun at `i` goes back to a relative pronoun, or belongs to what the question itself has named before it."""
    after = _after_words(question)
    if any(_is_relative(question, k) for k in range(after, i)) or _is_existential(question, i):
        return True
    if question.is_in(i - 1, "indefinite") or _is_of_head(question, i) or _is_of_counted(question, i):
        return True
    before = _before(question, i)
    if any(question.is_in(k, "subordinators") for k in range(after, i)):
        return bool(before)
    text = question.units[i].text
    own = None if forms.governed(text) else forms.owned(text)
    return own is not None and any(_agrees(m, own[1]) or (m.named and m.kind != "person") for m in before)


def _is_relative(question: ArabicQuestion, i: int) -> bool:
    """Whether the unit at `i` begins a relative clause: الذي, and ما or من before a verb."""
    if question.folded(i) not in {"ما", "من"} or i + 1 >= len(question.units):
        return question.is_in(i, "relatives")
    verb = question.units[i + 1]
    return forms.is_verb(verb.folded) or forms.verb_with_object(verb.text) is not None


def _is_existential(question: ArabicQuestion, i: int) -> bool:
    """Whether فيه only says that there is something: هل كان فيه ضحايا."""
    begins = i == 0 or question.folded(i - 1) in {"هل", "كان", "هو", "هي", "مش"}
    return question.folded(i) == "فيه" and begins and i + 1 < len(question.units)


def _is_of_head(question: ArabicQuestion, i: int) -> bool:
    """Whether the pronoun after a participle is that of the noun which the participle describes: السرعة المسموح بها."""
    governed = forms.governed(question.units[i].text)
    if governed is None or not _PARTICIPLE.fullmatch(question.folded(i - 1)):
        return False
    heads = [mention for mention in question.mentions if mention.start < question.units[i - 1].start]
    return bool(heads) and _agrees(heads[-1], governed[1])


def _is_of_counted(question: ArabicQuestion, i: int) -> bool:
    """Whether the pronoun is that of what is counted, as where the question names something else beside it: كم شاهدا استمعت إليهم المحكمة."""
    if question.phrase.noun is None or i < question.phrase.noun[1]:
        return False
    start = question.units[i].start
    others = [m for m in question.mentions if m.start != question.noun_start and not m.start <= start < m.end]
    return any(m.named or m.text.startswith("ال") or " " in m.text for m in others)


def _agrees(mention: Mention, pronoun: str) -> bool:
    if pronoun in {"هم", "هما", "هن"}:
        return mention.plural or mention.kind == "group"
    if mention.plural and mention.kind != "person":
        return pronoun == "ها"
    return mention.feminine is None or mention.feminine == (pronoun == "ها")


# A verb without its subject


def _missing_subject(question: ArabicQuestion) -> Gap | None:
    """The gap after a verb that nothing follows which could be its subject: وبماذا توعدت."""
    i = question.verb
    if (
        i is None
        or not _wants_subject(question, i)
        or not (_is_visited(question, i) or _is_without_subject(question, i))
    ):
        return None
    unit, folded = question.units[i], question.folded(i)
    is_plural = forms.is_plural_verb(folded)
    feminine = True if forms.is_feminine_verb(folded) else None if folded.startswith(("ت", "ن")) else False
    verb = forms.singular_verb(unit.text) if is_plural else unit.text
    return Gap(
        unit.start,
        unit.end,
        "plural" if is_plural else "any",
        lambda mention: f"{verb} {_as_subject(mention)}",
        None if is_plural else feminine,
        not_person=question.is_in(i, "impersonal"),
        measured=question.is_in(i, "measured"),
    )


def _as_subject(mention: Mention) -> str:
    return forms.nominative(mention.text) if mention.plural and not mention.named else mention.text


def _as_object(mention: Mention) -> str:
    return forms.oblique(mention.text) if mention.plural and not mention.named else mention.text


def _wants_subject(question: ArabicQuestion, i: int) -> bool:
    """Whether the question word is not itself the subject of the verb at `i`."""
    folded, asks = question.folded(i), question.asks
    adverbial = question.is_in(0, "prepositions", "adverbial")  # بأي جائزة فاز
    if (question.phrase.noun and not adverbial) or asks in {"who", "none"}:
        return False
    marked = forms.is_feminine_verb(folded) or forms.is_plural_verb(folded)
    if asks == "what":
        relative = any(question.is_in(k, "relatives") for k in range(question.phrase.last))
        alone = question.is_in(question.phrase.last - 1, "what_alone")
        return not relative and (marked or not alone or not question.is_in(i, "happen"))
    if asks == "how_many":
        return marked or question.is_in(i, "measured")
    return not _is_impersonal(question, i)


def _is_impersonal(question: ArabicQuestion, i: int) -> bool:
    """Whether the verb at `i` is a passive that takes but a preposition: لماذا أُفرج عن الصحفي."""
    unit = question.units[i]
    if forms.is_feminine_verb(unit.folded):
        return False
    passive = "ُ" in question.text[unit.start : unit.start + 3]
    return (passive or question.is_in(i, "passives")) and question.is_in(i + 1, "after_passive")


def _is_visited(question: ArabicQuestion, i: int) -> bool:
    """Whether the place after the verb at `i` is where somebody went, and not who did: هل زارت واشنطن."""
    if question.subject is None or not question.is_in(i, "going"):
        return False
    last = question.mentions[-1]
    return last.kind == "place" and last.start == question.units[i + 1].start


def _is_without_subject(question: ArabicQuestion, i: int) -> bool:
    return question.subject is None and (i + 1 == len(question.units) or _is_complement(question, i + 1))


def _is_complement(question: ArabicQuestion, i: int) -> bool:
    """Whether a preposition, an adverb or a clause begins at `i`, with no room for a subject behind it."""
    if question.is_in(i, "adverbs", "complementizers") or question.folded(i).startswith("ان"):
        return True
    if question.is_in(i - 1, "being") and not question.is_in(i, "prepositions"):
        return True
    if forms.governed(question.units[i].text):
        return i + 1 == len(question.units) or _is_complement(question, i + 1)
    first = next((mention for mention in question.mentions if mention.start == question.units[i].start), None)
    if first is None or not first.before or len(first.text.split()) > _LONGEST_OBJECT:
        return False
    return not any(m.start >= first.end and not m.before and m.kind != "date" for m in question.mentions)
