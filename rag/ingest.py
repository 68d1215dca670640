"""Articles into the library: unchanged ones passed over, the others cut, analysed, embedded and stored one by one."""

import os
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from rag.articles.layout import read_layout
from rag.articles.readers import Skipped, failure, read_articles
from rag.embedding import Embedder
from rag.embedding.neural import NeuralEmbedder
from rag.errors import ArticleError, EmbedderUnavailable
from rag.language.analyzer import analyze
from rag.language.sentences import split_sentences
from rag.library import Library, digest
from rag.model import Article, Failure, IngestReport
from rag.settings import Settings
from rag.termlist import TermList


class Maker(Protocol):
    """What passages are made with."""

    settings: Settings

    @property
    def embedder(self) -> Embedder:
        """Makes the concept vectors."""
        ...

    @property
    def neural(self) -> NeuralEmbedder | None:
        """Makes the neural vectors, where there are to be any."""
        ...

    @property
    def fingerprint(self) -> str:
        """Changes with what the passages are made with."""
        ...


def ingest(
    library: Library,
    paths: Sequence[str | Path],
    maker: Maker,
    *,
    sync: bool = False,
    progress: Callable[[str], None] | None = None,
) -> IngestReport:
    """Bring articles into the library; what fails is named in the report and the rest goes on.

    Raises:
        EmbedderUnavailable: the neural embedder is down; the articles before stay, none is stored in part.
    """
    counts: Counter[str] = Counter()
    failed: list[Failure] = []
    kept: set[str] = set()
    for found in read_articles(paths, max_bytes=maker.settings.max_article_bytes):
        if isinstance(found, Skipped):
            counts["skipped"] += 1
        elif isinstance(found, Failure):
            failed.append(found)
        elif conflict := _conflict(library, found, kept):
            failed.append(conflict)
        else:
            kept.add(found.id)
            try:
                outcome, passages = _take(library, found, maker)
            except ArticleError as error:
                failed.append(failure(found.source, None, error))
            else:
                counts[outcome] += 1
                counts["passages"] += passages
        if progress:
            progress(found.id if isinstance(found, Article) else found.source)
    if sync:
        broken = [failure.source for failure in failed]  # a missing folder, too: what is unplugged is not removed
        for article_id, source in library.sources().items():
            if article_id not in kept and _is_inside(source, paths) and not _is_inside(source, broken):
                library.remove(article_id)
                counts["removed"] += 1
    return IngestReport(
        counts["added"], counts["updated"], counts["unchanged"], counts["removed"], counts["skipped"],
        counts["passages"], tuple(failed),
    )  # fmt: skip


def store(library: Library, article: Article, maker: Maker, *, first: bool = False) -> int:
    """Cut, analyse and embed an article, and put it into the library; returns the number of its passages.

    Args:
        library: where to.
        article: what.
        maker: what with.
        first: its neural vectors may be of another length than those stored before, all of which are to be replaced.

    Raises:
        EmbedderUnavailable: there are no neural vectors, or of another length; nothing is stored.
        ArticleError: the neural embedder does not take the text.
    """
    from rag.passages import cut_passages  # imports llama-index

    layout = read_layout(article.text, article.title)
    settings = maker.settings
    passages = cut_passages(article, layout, most_words=settings.passage_words, overlap=settings.passage_overlap)
    title = _terms(article.title)
    terms = [TermList(tuple(map(_terms, split_sentences(passage.text))), title).packed() for passage in passages]
    texts = [passage.text for passage in passages]
    expected = None if first else library.dimensions or None
    try:
        neural = maker.neural.embed(texts, expected) if maker.neural else None
    except EmbedderUnavailable as error:
        if error.refused:
            raise ArticleError("article_refused", article=article.id, detail=error.values["detail"]) from None
        raise
    library.put(article, layout.sentences, passages, terms, maker.embedder.embed(texts), maker.fingerprint, neural)
    return len(passages)


def _terms(text: str) -> tuple[str, ...]:
    return tuple(term.text for term in analyze(text))


def _take(library: Library, article: Article, maker: Maker) -> tuple[str, int]:
    """Store an article unless it is known as it is: what was done, and how many passages were written."""
    known = library.known(article.id)
    if known and known[0] == digest(article):
        if known[1] != article.source:
            library.move(article.id, article.source)
        return "unchanged", 0
    return ("updated" if known else "added"), store(library, article, maker)


def _conflict(library: Library, article: Article, taken: set[str]) -> Failure | None:
    """Another article of the same id: one from another source, or another record of the same file."""
    known = library.known(article.id)
    if not known or known[0] == digest(article):
        return None
    if known[1] == article.source and article.id not in taken:
        return None
    if known[1] == article.source:
        return failure(article.source, None, ArticleError("repeated_id", article=article.id))
    return failure(article.source, None, ArticleError("same_id", article=article.id, other=known[1]))


def _is_inside(source: str, folders: Sequence[str | Path]) -> bool:
    return any(Path(source).is_relative_to(os.path.realpath(Path(folder).expanduser())) for folder in folders)
