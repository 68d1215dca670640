"""The terms of a passage as they are stored: analysed once, at ingest, and never again."""

from dataclasses import dataclass

from rag.language.analyzer import is_canonical
from rag.language.characters import is_arabic
from rag.model import Language

_SENTENCE, _TITLE = "\n", "\f"


@dataclass(frozen=True, slots=True)
class TermList:
    """The terms of a passage, sentence by sentence, and those of its article's title."""

    sentences: tuple[tuple[str, ...], ...]
    title: tuple[str, ...] = ()

    @property
    def terms(self) -> list[str]:
        """The passage's own terms, in order."""
        return [term for sentence in self.sentences for term in sentence]

    @property
    def language(self) -> Language:
        """The script of most of the words; Arabic where there are none."""
        words = [term for term in self.terms if not is_canonical(term)]
        return "ar" if 2 * sum(map(is_arabic, words)) >= len(words) else "en"

    def packed(self) -> str:
        """As one string: terms apart by spaces, sentences by line feeds, the title after a form feed."""
        sentences = _SENTENCE.join(" ".join(sentence) for sentence in self.sentences)
        return f"{sentences}{_TITLE}{' '.join(self.title)}" if self.title else sentences


def unpack(packed: str) -> TermList:
    """The list that `packed` made the string of."""
    sentences, _, title = packed.partition(_TITLE)
    return TermList(tuple(tuple(line.split()) for line in sentences.split(_SENTENCE)), tuple(title.split()))
