"""Made articles read as retrieval hands them over, without an index: what a question comes to in them."""

from rag.articles.layout import read_layout
from rag.composing import compose
from rag.evidence import Material
from rag.grounding import Check
from rag.language.analyzer import analyze
from rag.language.names import index_keys
from rag.model import Answer, Article, Draft, Language, Passage, Refusal
from rag.question import Question, understand
from rag.reading import Reading, read


def article(article_id: str, text: str, published: str = "", **known: str) -> Article:
    """An article; its date, where it is given, is stated."""
    return Article(
        article_id, text, f"{article_id}.txt", published=published, basis="stated" if published else "", **known
    )


def material(*articles: Article) -> Material:
    """The articles, each found whole."""
    passages = [(Passage(f"{one.id}:0", one.id, 0, len(one.text), one.text), 1.0) for one in articles]
    sentences = {one.id: read_layout(one.text).sentences for one in articles}
    return Material(passages, {one.id: one for one in articles}, sentences)


def understood(text: str, *articles: Article) -> Question:
    """A question as it is read over a library of these articles."""
    stems = sorted({term.text for one in articles for term in analyze(one.text) if term.kind == "stem"})
    english = any(one.text.isascii() for one in articles)
    return understand(text, lambda key: [stem for stem in stems if key in index_keys(stem)], to_english=english)


def reading(text: str, *articles: Article) -> Reading:
    """What is read in the articles for a question."""
    question = understood(text, *articles)
    return read(question, [concept.telling for concept in question.concepts], material(*articles))


def draft(text: str, *articles: Article, language: Language | None = None) -> Draft:
    """The answer that is composed for a question; the test fails where there is none."""
    question = understood(text, *articles)
    telling = [concept.telling for concept in question.concepts]
    composed = compose(question, language or question.language, reading(text, *articles), telling, material(*articles))
    assert composed is not None, f"nothing answers {text!r}"
    return composed


def reply(text: str, *articles: Article, language: Language | None = None) -> Answer | Refusal:
    """The same, checked."""
    composed = draft(text, *articles, language=language)
    check = Check(text, language or understood(text, *articles).language, composed.writer, material(*articles))
    for sentence in composed.sentences:
        check.take(sentence)
    return check.reply(draft=composed)
