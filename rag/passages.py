"""Articles to passages: llama-index's SentenceSplitter, driven by our sentence splitter and word counter."""

import hashlib
from collections.abc import Iterable
from functools import cache

from llama_index.core.node_parser import SentenceSplitter

from rag.articles.layout import Layout
from rag.language.sentences import split_sentences
from rag.language.words import words
from rag.model import Article, Passage


def cut_passages(article: Article, layout: Layout, *, most_words: int, overlap: int) -> list[Passage]:
    """Passages of whole sentences, at most `most_words` long unless one sentence is longer still and has to be cut.

    Neighbours share up to `overlap` words of whole sentences. Page furniture is in no passage. The ids depend on the text and
    its place alone, so an article ingested again has the same ones.
    """
    splitter = _splitter(most_words, overlap)
    passages = []
    for start, end in layout.regions:
        region = article.text[start:end]
        for first, last in _places(region, splitter.split_text(region)):
            text = region[first:last]
            identity = f"{article.id}:{start + first}:{_digest(text)}"
            passages.append(Passage(identity, article.id, start + first, start + last, text))
    return passages


def _places(region: str, chunks: Iterable[str]) -> Iterable[tuple[int, int]]:
    """Where the splitter's chunks stand: each begins after the one before began."""
    search_from = 0
    for chunk in chunks:
        start = region.index(chunk, search_from)
        yield start, start + len(chunk)
        search_from = start + 1


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=5).hexdigest()


@cache
def _splitter(most_words: int, overlap: int) -> SentenceSplitter:
    return SentenceSplitter(
        chunk_size=most_words,
        chunk_overlap=overlap,
        tokenizer=lambda text: [word.text for word in words(text)],
        chunking_tokenizer_fn=split_sentences,
        paragraph_separator="\x00",  # never there: paragraphs, too, are cut at sentences alone
        include_metadata=False,
    )
