"""What a follow-up begins with before it asks: "and", "what about", و, طيب, ماذا عن."""

from dataclasses import dataclass

from rag.followup import arabic_words as forms
from rag.followup.wordlist import listed
from rag.language.characters import script
from rag.language.words import Word, words
from rag.model import Language

_JOINED = ("و", "ف")
_LONGEST = 3  # words of "as for the"
_BEGINNING = ("when", "where", "why", "how", "who", "what", "how_many", "which", "polar", "prepositions", "sources")


@dataclass(frozen=True, slots=True)
class Lead:
    """A follow-up without what connects it to the talk: `text`, and whether it was connected ("and", "what about")."""

    text: str
    connected: bool = False


def without_lead(question: str) -> Lead:
    """A question without its first words, as far as they only connect it."""
    language = script(question) or "ar"
    text = question.strip()
    while (rest := _rest(text, language)) is not None:
        text = rest
    return Lead(text, connected=text != question.strip())


def _rest(text: str, language: Language) -> str | None:
    """What follows the first connecting word or phrase; None where none begins the text."""
    found = words(text)
    leading = listed(language, "connectives", "about")
    length = next((n for n in range(_LONGEST, 0, -1) if _said(found[:n]) in leading and len(found) > n), 0)
    if length:
        return text[found[length].start :]
    return text[found[0].start + 1 :] if language == "ar" and found and _is_joined(found) else None


def _is_joined(found: list[Word]) -> bool:
    """Whether the first word begins with a joined و or ف: what is left may begin a question, or is a word and the whole is none."""
    first = found[0].folded
    if not first.startswith(_JOINED) or len(first) < 3:
        return False
    rest = first[1:]
    about = any(" ".join([rest, *(word.folded for word in found[1:n])]) in listed("ar", "about") for n in (1, 2, 3))
    if about or rest in listed("ar", *_BEGINNING):
        return True
    known = rest.startswith("ال") or forms.is_known(rest) or forms.joined_preposition(rest) or forms.owned(rest)
    return bool(known) and not forms.is_known(first) and not forms.is_verb(first)


def _said(found: list[Word]) -> str:
    return " ".join(word.folded for word in found)
