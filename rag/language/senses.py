"""What Arabic forms mean in English, and as what: the lexicon turned round, for glosses.

`data/gloss.tsv` is made from the lexicon by `tools/build_gloss.py`; `data/gloss_words.tsv` is written by hand and goes before it: function words,
particles, and the meaning in the news of words whose likeliest meaning the lexicon cannot tell. Both have rows `form<TAB>class:weight:English|…`,
the form folded but for a last ة (`spelling`), which tells a feminine from a pronoun.

The classes: n a name, s and p a noun in the singular and plural, a an adjective, e a comparative and superlative (larger/largest), v and i a verb in
the past and in the present, j the present after لم alone, g the noun of a verb, c and d its active and passive participle (for v i j g c d the
English is the verb's base form), x what is said as it stands, and function words: P a preposition, C a conjunction, T a word for "that", D a
determiner, R a pronoun, W a relative pronoun, N a negation, A an auxiliary. In the tables h is a person's name and m a noun that is not counted.
"""

from dataclasses import dataclass
from functools import cache

from rag.language.data_files import pairs, read, rows
from rag.language.words import Word

_KINDS = {"h": "n", "m": "s"}


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a form.

    Attributes:
        kind: its class.
        english: how English says it.
        weight: how likely it is beside the form's others, in (0, 1].
        human: whether it is a person's name.
        counted: whether English may say "a" before it, if it is a noun in the singular.
    """

    kind: str
    english: str
    weight: float
    human: bool = False
    counted: bool = True


def spelling(word: Word) -> str:
    """A word as the tables have it: folded, but for ة at its end."""
    return word.folded[:-1] + "ة" if word.text.endswith("ة") else word.folded


def senses(form: str) -> tuple[Sense, ...]:
    """The meanings of an Arabic form, one word or a phrase without its articles, the likeliest first; empty when it is not known.

    A last ه is taken for ة where only that is known.
    """
    found = exact_senses(form)
    return found if found or not form.endswith("ه") else exact_senses(form[:-1] + "ة")


@cache
def exact_senses(form: str) -> tuple[Sense, ...]:
    """The same of a form whose last letter is as written."""
    row = _table().get(form)
    if not row:
        return ()
    cells = (cell.split(":", 2) for cell in row.split("|"))
    return tuple(
        Sense(_KINDS.get(c, c), english, float(w), human=c == "h", counted=c != "m") for c, w, english in cells
    )


@cache
def longest_phrase() -> int:
    """The words of the longest phrase that is known."""
    return max(form.count(" ") for form in _table()) + 1


@cache
def openings() -> frozenset[str]:
    """The first words of the phrases that are known."""
    return frozenset(form.partition(" ")[0] for form in _table() if " " in form)


@cache
def _table() -> dict[str, str]:
    table = pairs(read("gloss.tsv"))
    for form, row in rows(read("gloss_words.tsv")):
        table[form] = row
    return table
