"""Articles to passages: llama-index's SentenceSplitter, driven by our sentence splitter and word counter."""

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from llama_index.core.node_parser import SentenceSplitter

from rag.articles.layout import Layout
from rag.language.sentences import boundaries
from rag.language.words import tokens
from rag.model import Article, Passage

# A sentence that is too long is cut after a comma or semicolon of either script, though not that of 2,500.
_CLAUSES = r"(?:[^,،;؛]|(?<=\d)[,،](?=\d))+[,،;؛]?|[,،;؛]"


def cut_passages(article: Article, layout: Layout, *, most_words: int, overlap: int) -> list[Passage]:
    """Passages of whole sentences, at most `most_words` long unless one sentence is longer still and has to be cut.

    Neighbours share up to `overlap` words of whole sentences. Page furniture is in no passage. The ids depend on the text and
    its place alone, so an article ingested again has the same ones.
    """
    cuts = boundaries(article.text)
    passages = []
    for start, end in layout.regions:
        region = article.text[start:end]
        edges = [start, *cuts[bisect_right(cuts, start) : bisect_left(cuts, end)], end]
        sentences = [article.text[a:b] for a, b in pairwise(edges)]
        splitter = _splitter(sentences, most_words, overlap)
        for first, last in _places(region, splitter.split_text(region)):
            text = region[first:last]
            identity = f"{article.id}:{start + first}:{_digest(text)}"
            passages.append(Passage(identity, article.id, start + first, start + last, text))
    return passages


def _places(region: str, chunks: Iterable[str]) -> Iterable[tuple[int, int]]:
    """Where the splitter's chunks stand: of places where a text that repeats itself has a chunk, the last that leaves no gap."""
    end = reach = 0
    for chunk in chunks:
        start = region.rindex(chunk, 0, reach + len(chunk))
        if start + len(chunk) <= end:
            continue  # nothing new
        end = start + len(chunk)
        yield start, end
        reach = end
        while reach < len(region) and region[reach].isspace():
            reach += 1


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=5).hexdigest()


def _splitter(sentences: Sequence[str], most_words: int, overlap: int) -> SentenceSplitter:
    """Cuts the text that the sentences make up between them, and a sentence that is too long at its commas and spaces."""
    whole = "".join(sentences)
    return SentenceSplitter(
        chunk_size=most_words,
        chunk_overlap=overlap,
        tokenizer=tokens,
        chunking_tokenizer_fn=lambda text: list(sentences) if text == whole else [text],
        secondary_chunking_regex=_CLAUSES,
        paragraph_separator="\x00",  # never there: paragraphs, too, are cut at sentences alone
        include_metadata=False,
    )
