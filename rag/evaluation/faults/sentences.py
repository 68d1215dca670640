"""True sentences: read from files, and the articles' own, in another spelling."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rag.articles.layout import read_layout
from rag.errors import QuestionError
from rag.evaluation.faults.statement import Scene, Statement, unmarked
from rag.evaluation.questions import read_records
from rag.language.characters import script
from rag.language.words import count_words
from rag.model import Article, Passage
from rag.settings import Settings

DEFAULT_SENTENCES = "tests/grounding/sentences/*.jsonl"  # in the working folder
_FIELDS = ("id", "text", "language", "article", "quote")
_LONGEST = 45  # words; no writer writes longer sentences
# A writer's spelling of the same: one name of a month for two, another of a nationality, no "and" to begin with.
_RESPELT: tuple[tuple[str, str], ...] = (
    (r"(\w+)/(?:كانون (?:الأول|الثاني)|تشرين (?:الأول|الثاني)|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول)", r"\1"),
    ("أميرك", "أمريك"),
    ("الاثنين", "الإثنين"),
    (r"^و(?=(?:قال|أكد|أعلن|أضاف|ذكر|أفاد|أوضح|كشف|كان)ت?\s)", ""),
    (r"(?<=\d) كم(?!\w)", " كيلومترا"),
)
_QUOTATION = re.compile(r"([“\"«][^“”\"«»]*[”\"»])")


def scene(articles: Sequence[Article], files: Sequence[Path], settings: Settings) -> Scene:
    """All true statements over some articles: those of the files that rest on one of them, and the articles' own sentences.

    Args:
        articles: what the statements may rest on.
        files: JSONL records `id`, `text`, `language`, `article`, `quote`: the quote is a stretch of the article, of one passage at best.
        settings: how passages are cut.

    Raises:
        QuestionError: a file cannot be read, or a record lacks a field or quotes what its article does not have.
    """
    from rag.passages import cut_passages  # imports llama-index

    layouts = {article.id: read_layout(article.text, article.title) for article in articles}
    words, overlap = settings.passage_words, settings.passage_overlap
    passages = {one.id: cut_passages(one, layouts[one.id], most_words=words, overlap=overlap) for one in articles}
    known = {article.id: article for article in articles}
    bare = Scene([], known, {name: layout.sentences for name, layout in layouts.items()}, passages)
    written = [statement for path in files for statement in _written(path, bare)]
    own = [statement for article in articles for statement in _own(article, bare)]
    return Scene([*written, *own], known, bare.sentences, passages)


def _written(path: Path, scene: Scene) -> Iterator[Statement]:
    """The statements of a file that rest on one of the articles."""
    for line, record in read_records(path):
        name, text, language, article_id, quote = _fields(record, path, line)
        if article_id not in scene.articles:
            continue
        if quote not in scene.articles[article_id].text:
            raise QuestionError("eval_no_quote", path=path, line=line, article=article_id)
        yield Statement(name, text, language, article_id, quote, _citing(quote, article_id, scene))


def _fields(record: Mapping[str, Any], path: Path, line: int) -> tuple[Any, ...]:
    missing = next((field for field in _FIELDS if not isinstance(record.get(field), str) or not record[field]), None)
    if missing or record["language"] not in {"ar", "en"}:
        named = missing or "language"
        found = ", ".join(record) or "–"
        raise QuestionError("eval_no_field", path=path, line=line, field=named, option="--sentences", found=found)
    return tuple(record[field] for field in _FIELDS)


def _own(article: Article, scene: Scene) -> Iterator[Statement]:
    """An article's sentences that are not too long, as a writer of other habits would spell them."""
    for sentence in scene.sentences[article.id]:
        quote = article.text[sentence.start : sentence.end]
        cited = _citing(quote, article.id, scene)
        if not sentence.heading and cited and count_words(quote) <= _LONGEST:
            name, language = f"{article.id}:{sentence.start}", script(quote) or "ar"
            yield Statement(name, _respelt(quote), language, article.id, quote, cited)


def _respelt(text: str) -> str:
    """The text in another spelling; what it quotes stays as it is.

    >>> _respelt("وقال البنك في ٥ يوليو/تموز إن السعر ارتفع")
    'قال البنك في ٥ يوليو إن السعر ارتفع'
    """
    pieces = _QUOTATION.split(text)
    for before, after in _RESPELT:
        pieces[::2] = [re.sub(before, after, piece) for piece in pieces[::2]]
    return unmarked("".join(pieces))


def _citing(quote: str, article_id: str, scene: Scene) -> tuple[Passage, ...]:
    """The first passage that holds a quote whole, else all that hold a part of it."""
    start = scene.articles[article_id].text.index(quote)
    end = start + len(quote)
    passages = scene.passages[article_id]
    whole = [passage for passage in passages if passage.start <= start and end <= passage.end]
    return tuple(whole[:1] or [passage for passage in passages if passage.start < end and start < passage.end])
