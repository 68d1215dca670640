"""Arabic word forms as far as completing a question needs them: verbs, joined particles and pronouns, gender and number."""

import re
from functools import cache, lru_cache

from rag.followup.wordlist import listed, spelt
from rag.language.characters import fold
from rag.language.lexicon import lexicon
from rag.language.senses import senses
from rag.language.stem import stem
from rag.language.vocabulary import is_present_verb, known_form, proper_names, vocabulary

_PRONOUNS = ("هما", "هم", "هن", "ها", "ه")
_PERSONAL_ENDINGS = ("", "ت", "وا", "تا", "ا", "و")
_CASE_ENDINGS = ("ين", "ون")
_RARE = 0.3  # weight of a reading beside the likeliest one
_NOUNS = frozenset("spng")  # classes of `rag.language.senses`
_KEPT = 20_000


def is_known(folded: str) -> bool:
    """Whether the vocabulary has a folded word as it is."""
    return folded in vocabulary() or folded in proper_names()


@lru_cache(maxsize=_KEPT)
def is_unknown(text: str) -> bool:
    """Whether a word is none of the language in any form: most often a name."""
    folded = fold(text)
    bare = folded.removeprefix("ال")
    if not folded.isalpha() or is_known(folded) or is_known(bare) or senses(bare):
        return False
    if known_form(folded) != folded or stem(folded) in vocabulary() or is_verb(folded):
        return False
    return not (verb_with_object(text) or owned(text) or joined_preposition(text) or governed(text))


# Verbs


@lru_cache(maxsize=_KEPT)
def is_verb(folded: str) -> bool:
    """Whether a folded word may be a verb of the third person, in the past, the present or the future."""
    if len(folded) < 3 or (folded.startswith("ال") and folded.removesuffix("ت") not in _pasts()):
        return False
    if _is_present(folded) or _is_past(folded):
        return True
    marked = folded.endswith("ت") and not folded.endswith("ات") and len(folded) > 4
    return marked and not is_noun(folded)


def is_noun(folded: str) -> bool:
    """Whether a folded word may be a noun as it stands."""
    return not _NOUNS.isdisjoint(sense.kind for sense in senses(folded))


def _is_present(folded: str) -> bool:
    tenses = [folded, folded[1:]] if folded.startswith("س") else [folded]
    bare = [form.removesuffix(ending) for form in tenses for ending in ("", "ون", "وا", "ان")]
    return any(is_present_verb(form) for form in bare)


def _is_past(folded: str) -> bool:
    if folded.endswith("ووا"):  # جاؤوا
        return folded[:-3] + "ء" in _pasts()
    bases = (folded.removesuffix(ending) for ending in _PERSONAL_ENDINGS if folded.endswith(ending))
    return any(base in _pasts() for base in bases if len(base) > 1)


def is_verb_alone(folded: str) -> bool:
    """Whether it is nothing but a verb: no noun, name or adjective is written so."""
    sure = is_known(folded) or known_form(folded) != folded or _is_present(folded) or _is_past(folded)
    return sure and is_verb(folded) and (_NOUNS | {"a"}).isdisjoint(sense.kind for sense in senses(folded))


def is_feminine_verb(folded: str) -> bool:
    """Whether a verb shows a feminine subject (توعدت, تبعد, ستعوم)."""
    if folded in _pasts():
        return False
    future = folded.startswith("ست") and is_present_verb(folded[1:])
    present = folded.startswith("ت") and is_present_verb(folded)
    return future or present or (folded.endswith("ت") and is_verb(folded))


def is_dual_verb(folded: str) -> bool:
    """Whether a verb in the past shows two for its subject (اتفقا)."""
    return folded.endswith("ا") and folded not in _pasts() and folded[:-1] in _pasts()


def is_plural_verb(folded: str) -> bool:
    """Whether a verb shows several for its subject (قالوا, يطالبون, اتفقا)."""
    return is_dual_verb(folded) or folded.endswith("وا") or (folded.startswith(("ي", "سي")) and folded.endswith("ون"))


def singular_verb(text: str) -> str:
    """A verb as it stands before its subject: قالوا is قال, يطالبون is يطالب."""
    if text.endswith("ؤوا"):
        return text[:-3] + "ء"
    if text.endswith(("وا", "ون")):
        return text[:-2]
    return text[:-1] if is_dual_verb(fold(text)) else text


@lru_cache(maxsize=_KEPT)
def verb_with_object(text: str) -> tuple[str, str] | None:
    """A verb and the pronoun joined to it: أطلقها is أطلق and ها; None for any other word."""
    if is_known(fold(text)) or fold(text) in listed("ar", "ending_in_ha"):
        return None
    for pronoun in _PRONOUNS:
        verb = text.removesuffix(pronoun)
        if verb != text and len(verb) > 2 and (is_verb(fold(verb)) or is_unknown_present(fold(verb))):
            return verb + "ا" if verb.endswith("و") else verb, pronoun
    return None


def is_unknown_present(folded: str) -> bool:
    """Whether a folded word that no list knows looks like a verb in the present (يُعاد)."""
    return folded.startswith("ي") and len(folded) > 3 and not is_known(folded) and not senses(folded)


@cache
def _pasts() -> frozenset[str]:
    """Verbs in the past, made of those in the present that the vocabulary has, whatever their measure."""
    present = (form[1:] for form in vocabulary() if form.startswith("ي") and len(form) > 2)
    found = {past for form in present for past in _past_forms(form)}
    return frozenset(form for form in found if len(form) > 3 or form in vocabulary()) | listed("ar", "verbs")


def _past_forms(present: str) -> set[str]:
    """What the past of a present without its mark may be: سافر, استهدف and أطلق, وصل, قال and استقال, دعا."""
    forms = {present, f"ا{present}"}
    if len(present) == 2:
        forms.add(f"و{present}")
    if present.startswith("و"):
        forms.add(f"ا{present[1:]}")
    if present[-2] in "وي" and len(present) > 2:
        hollow = f"{present[:-2]}ا{present[-1]}"
        forms |= {hollow, f"ا{hollow}"}
    if present.endswith(("و", "ي")):
        forms |= {f"{present[:-1]}ا", f"ا{present[:-1]}ا"}
    return forms


# Joined particles and pronouns


@lru_cache(maxsize=_KEPT)
def joined_preposition(text: str) -> tuple[str, str] | None:
    """A joined ب or ل and the noun it joins: بالهجوم is ب and الهجوم, للسفينة is ل and السفينة; None where the letter is the word's own."""
    folded = fold(text)
    if folded.startswith("لل") and len(folded) > 4:
        return text[:1], "ال" + text[2:]
    if not folded.startswith(("ب", "ل")) or len(folded) < 4:
        return None
    if folded.startswith("بال") and len(folded) > 5:
        return text[:1], text[1:]
    known = known_form(folded)
    if is_known(folded) or (known[:1] == folded[:1] and is_known(known)):
        return None
    rest = folded[1:]
    return (text[:1], text[1:]) if is_known(rest) or known_form(rest) != rest or owned(text[1:]) else None


@lru_cache(maxsize=_KEPT)
def governed(text: str) -> tuple[str, str] | None:
    """A preposition and the pronoun joined to it: عنه is عن and ه, عليها على and ها; None for any other word."""
    return _governed().get(fold(text))


@cache
def _governed() -> dict[str, tuple[str, str]]:
    """The prepositions with pronouns, folded, as in the language and in its dialects (بيها, عندو) → preposition and pronoun."""
    joined = {"على": ("علي",), "إلى": ("الي",), "لدى": ("لدي",), "ب": ("ب", "بي"), "ل": ("ل", "لي")}
    found = {
        form + pronoun: (base, pronoun)
        for base in spelt("ar", "governing")
        for form in joined.get(base, (fold(base),))
        for pronoun in _PRONOUNS
    }
    spoken = {
        "الو": ("ل", "ه"),
        "الها": ("ل", "ها"),
        "الهم": ("ل", "هم"),
        "عندو": ("عند", "ه"),
        "معو": ("مع", "ه"),
        "عنو": ("عن", "ه"),
    }
    return found | spoken


@lru_cache(maxsize=_KEPT)
def owned(text: str) -> tuple[str, str] | None:
    """A noun and the pronoun joined to it: منصبه is منصب and ه, قاعدتها قاعدة and ها; None where it has none."""
    folded = fold(text)
    if folded.startswith("ال") or text.endswith("ة") or folded in listed("ar", "ending_in_ha"):
        return None
    pronoun = next((p for p in _PRONOUNS if text.endswith(p) and len(text) > len(p) + 1), None)
    if pronoun is None:
        return None
    bare = text.removesuffix(pronoun)
    if fold(bare) in listed("ar", "quantifiers") and len(pronoun) > 1:
        return bare, pronoun
    if is_known(folded) and pronoun == "ه":  # written like a noun of its own: عمره is عمره or عمرة
        return (bare, pronoun) if is_known(fold(bare)) or any(s.kind in "sg" for s in senses(fold(bare))) else None
    noun = next((form for form in _unjoined(bare) if _is_noun(fold(form))), None)
    return (noun, pronoun) if noun else None


def _is_noun(folded: str) -> bool:
    """Whether a folded word is known, as it is or as a plural whose ن is lost before what owns it (موظفي)."""
    known = is_known(folded) or is_known(folded + "ن") or known_form(folded) in vocabulary()
    return known or folded in listed("ar", "quantifiers")


def _unjoined(bare: str) -> list[str]:
    """How a noun is written once a joined pronoun is taken off, the likeliest first."""
    changed = {"ت": "ة", "ئ": "ء", "ؤ": "ء", "ا": "ى"}.get(bare[-1:])
    return [bare[:-1] + changed, bare] if changed else [bare]


# Nouns


def bare_noun(text: str) -> str:
    """A noun without the article and the ending of an indefinite accusative: صاروخا is صاروخ."""
    text = text.removeprefix("ال")
    ends = text.endswith(("ا", "اً", "ًا")) and len(text) > 3
    return text.rstrip("اً") if ends and not is_known(fold(text)) else text


def plural_of(noun: str) -> str | None:
    """The plural of a bare noun, as far as it is known."""
    folded = fold(noun)
    if noun.endswith("ة"):
        return noun[:-1] + "ات"
    for form in lexicon().forms(stem(folded)):
        if any(sense.kind == "p" for sense in senses(form)) and not form.startswith("م" + folded[:1]):
            return "أ" + form[1:] if form.startswith("ا") and not form.endswith("ات") else form  # أشخاص
    return noun + "ين" if is_known(folded + "ين") or is_known(folded + "ون") else None


def is_feminine(text: str) -> bool:
    """Whether a noun's ending shows that it is feminine."""
    return text.endswith(("ة", "اء", "ات")) or (text.endswith("ه") and is_known(fold(text.removeprefix("ال"))))


def is_plural(text: str) -> bool:
    """Whether a noun is a plural, as far as that is known."""
    bare = fold(text.removeprefix("ال"))
    if bare in listed("ar", "people"):
        return False
    if bare.endswith("و") and bare[:-1] in listed("ar", "people"):  # طيارو الشركة
        return True
    weights = {sense.kind: sense.weight for sense in reversed(senses(bare))}
    if not weights:
        return bare.endswith(_CASE_ENDINGS) and is_known(bare[:-2])
    one, many = weights.get("s", 0.0), weights.get("p", 0.0)
    return many > one and (bare.endswith("ات") or one < _RARE)


def is_person(text: str) -> bool:
    """Whether a noun, of either number, names persons by what they are."""
    bare = fold(text.removeprefix("ال"))
    own = {bare, *(bare.removesuffix(ending) for ending in ("و", "ين", "ون")), bare.removesuffix("ات") + "ه"}
    own |= {known_form(form) for form in lexicon().forms(stem(bare))}
    return not own.isdisjoint(listed("ar", "people"))


def nominative(text: str) -> str:
    """A sound plural with its adjectives, as a subject has it: الجنود الأميركيون."""
    return re.sub(r"ين\b", "ون", text)


def oblique(text: str) -> str:
    """A sound plural as what is no subject has it: المعلمين."""
    return re.sub(r"ون\b", "ين", text)


def is_common(text: str) -> bool:
    """Whether it is one noun of the language with its article, and no name (الدعوى)."""
    kinds = {sense.kind for sense in senses(fold(text.removeprefix("ال")))}
    return text.startswith("ال") and " " not in text and bool(kinds & {"s", "p", "g"}) and "n" not in kinds


def is_adjective(folded: str) -> bool:
    """Whether a folded word, with the article or without, is an adjective or a participle."""
    bare = folded.removeprefix("ال")
    kinds = {sense.kind for form in (bare, bare.removesuffix("ه")) for sense in senses(form)}
    return bare.endswith(("ي", "يه", "يا", "يين", "يون")) or bool(kinds & {"a", "c", "d"})
