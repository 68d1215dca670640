"""The verbs of saying in all their forms, and what each introduces."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from rag.language.characters import fold, is_arabic
from rag.language.inflection import gerund, participle, past, third
from rag.language.speech.wordlists import tables
from rag.language.vocabulary import is_present_verb

Kind = Literal["says", "announces", "denies", "accuses", "claims", "believes", "promises", "demands"]

_KINDS: tuple[Kind, ...] = ("says", "announces", "denies", "accuses", "claims", "believes", "promises", "demands")


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a verb of saying.

    Attributes:
        kind: what the verb introduces.
        lemma: the verb, as `words.toml` begins its line.
        continues: whether it is a participle, which goes on with the speaker before.
        plural: whether its subject stands before it.
    """

    kind: Kind
    lemma: str
    continues: bool = False
    plural: bool = False


def speech_kind(folded: str) -> Kind | None:
    """What a verb of saying in any of its forms introduces; None for any other word.

    >>> speech_kind("اكدت"), speech_kind("denied"), speech_kind("وصلت")
    ('says', 'denies', None)
    """
    form = form_of(folded)
    return form.kind if form else None


def is_verb(folded: str) -> bool:
    """Whether an Arabic word is a verb in the present, or of saying: no part of a speaker's name."""
    form = form_of(folded)
    return is_present_verb(folded) or (form is not None and not form.continues)


def form_of(folded: str) -> Form | None:
    """The form of a verb of saying that a word is, also behind a joined و or ف; None for any other word."""
    if not is_arabic(folded):
        return _english_forms().get(folded)
    forms = _arabic_forms()
    return forms.get(folded) or (forms.get(folded[1:]) if folded[:1] in "وف" and len(folded) > 3 else None)


@cache
def _arabic_forms() -> Mapping[str, Form]:
    """Every form of the Arabic verbs, folded."""
    forms: dict[str, Form] = {}
    for kind in _KINDS:
        for line in tables()["arabic"][kind]:
            before, present, going_on = line.split()
            for form in _conjugated(fold(before), fold(present)) - _nouns():
                forms.setdefault(form, Form(kind, fold(before), plural=form.endswith(("وا", "ون", "ان", "تا"))))
            for form in _declined(fold(going_on)) if going_on != "-" else ():
                forms.setdefault(form, Form(kind, fold(before), continues=True))
    return forms


@cache
def _nouns() -> frozenset[str]:
    """Forms of the verbs that are nouns far more often (طالبا: a student)."""
    return frozenset(fold(word) for word in tables()["arabic"]["nouns"])


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
def _english_forms() -> Mapping[str, Form]:
    forms: dict[str, Form] = {}
    for kind in _KINDS:
        for verb in tables()["english"][kind]:
            head = verb.split()[0]
            if " " in verb:
                continue
            for form in (head, third(head), past(head), participle(head)):
                forms.setdefault(form, Form(kind, head))
            forms.setdefault(gerund(head), Form(kind, head, continues=True))
    return forms
