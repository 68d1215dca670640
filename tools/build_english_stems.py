"""Compile `rag/language/data/english_stems.tsv`: `python tools/build_english_stems.py`.

The stemmer is slow beside a look-up, and a question from a cold process needs the stems of a thousand English words at once: of our own tables, and
of what the words of Arabic articles mean. Words that are not in the table are stemmed when they are met, so that a table made before a word was
listed is slower, never wrong.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from rag.language.data_files import pairs, read
from rag.language.inflection import gerund, participle, past, plural, third
from rag.language.lexicon import lexicon
from rag.language.stem import snowball

_ROOT = Path(__file__).parent.parent
TABLE = _ROOT / "rag/language/data/english_stems.tsv"
# Tables whose words are stemmed when they are read.
LISTS = ("rag/language/data/antonyms.tsv", "rag/language/data/implications.tsv", "rag/measures.toml", "rag/event.toml")
_INFLECTED = {
    "s": (plural,),
    "m": (plural,),
    "v": (past, participle, third, gerund),
}  # by the class of `rag.language.senses`


def listed() -> set[str]:
    """The words of the lexicon's English heads, of glosses with their inflections, of the lists, and the irregular forms."""
    heads = (head for head in lexicon().entries if not head.startswith("~"))
    lists = ((_ROOT / path).read_text(encoding="utf-8").lower() for path in LISTS)
    text = " ".join([*heads, *meanings(), *lists])
    words = re.findall("[a-z][a-z-]*[a-z]", text) + re.findall("[a-z-]+/[a-z-]+", text)  # glosses have larger/largest
    return {*words, *irregular()}


def meanings() -> Iterator[str]:
    """What Arabic forms mean in English, and the inflections of that."""
    for name in ("gloss.tsv", "gloss_words.tsv"):
        rows = (line.partition("\t")[2] for line in read(name).splitlines() if not line.startswith("#"))
        for kind, _, english in (cell.split(":", 2) for row in rows for cell in row.split("|")):
            yield english.lower()
            yield from (inflect(english.lower()) for inflect in _INFLECTED.get(kind, ()))


def irregular() -> dict[str, str]:
    """Irregular forms and the words they are forms of."""
    return pairs(read("irregular.tsv"))


def compiled(words: Iterable[str]) -> str:
    """The text of the table: a word, a tab, its stem."""
    return "".join(f"{word}\t{snowball(word)}\n" for word in sorted(words))


if __name__ == "__main__":
    text = compiled(listed())
    TABLE.write_text(text, encoding="utf-8")
    print(f"{TABLE.relative_to(_ROOT)}: {text.count(chr(10)):,} words")
