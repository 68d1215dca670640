"""How much of everyday English the lexicon covers: `python tools/lexicon_coverage.py [--missing]`.

Of the 8,000 most frequent English content lemmas, the share that the lexicon translates. Frequencies are those of wordfreq, lemmas those of
simplemma; both are development tools, and nothing of theirs is shipped. A content lemma is a word of at least three letters that simplemma
knows as English and that is no function word.
"""

import argparse
from collections.abc import Iterator
from itertools import islice

import simplemma
import wordfreq

from rag.language.lexicon import lexicon
from rag.language.stopwords import STOPWORDS

LEMMAS = 8_000
_CANDIDATES = 80_000  # words, more than enough to find so many lemmas among
_SHORTEST = 3  # letters
# Function words, greetings and interjections that are no stopwords, since a head may be made with them.
_FUNCTION = frozenset(
    """
    out off when what which where whereas however else anyone yourself myself ourselves yourselves whose unless whom whoever whatsoever
    whichever wherever whereby wherein upon whilst whether albeit nonetheless thereby thereof hence unto thou thee thy etc though although
    yeah hey wow yep nope okay damn hmm huh ugh yay aww alas aye blah gosh lol omg gonna wanna gotta kinda ought cant wont dont isnt
    """.split()
)


def content_lemmas() -> list[str]:
    """The lemmas, most frequent first."""
    return list(islice(_lemmas(), LEMMAS))


def _lemmas() -> Iterator[str]:
    seen: set[str] = set()
    for word in wordfreq.top_n_list("en", _CANDIDATES):
        lemma = simplemma.lemmatize(word, lang="en").lower()
        if lemma not in seen and _is_content(lemma):
            seen.add(lemma)
            yield lemma


def _is_content(lemma: str) -> bool:
    return (
        lemma.isascii()
        and lemma.isalpha()
        and len(lemma) >= _SHORTEST
        and lemma not in STOPWORDS
        and lemma not in _FUNCTION
        and simplemma.is_known(lemma, lang="en")
    )


def missing(lemmas: list[str]) -> list[str]:
    """Those without a translation."""
    return [lemma for lemma in lemmas if not lexicon().translations([lemma])]


def main() -> None:
    """Print the share, and the missing lemmas where asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--missing", action="store_true", help="list the lemmas that the lexicon lacks")
    arguments = parser.parse_args()
    lemmas = content_lemmas()
    lacking = missing(lemmas)
    print(
        f"{len(lemmas) - len(lacking):,} of {len(lemmas):,} lemmas, {1 - len(lacking) / len(lemmas):.1%}; {len(lexicon()):,} heads"
    )
    if arguments.missing:
        print("\n".join(lacking))


if __name__ == "__main__":
    main()
