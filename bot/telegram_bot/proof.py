"""What stands behind the sources of an answer: each passage as its article has it now, or that it was withdrawn."""

from collections.abc import Iterator

from bot.strings import say
from bot.telegram_bot.answers import Answers, KeptCitation
from bot.telegram_bot.markup import HtmlMessage, Paragraph, messages
from bot.telegram_bot.messages import passage_paragraphs
from rag.engine import Engine
from rag.errors import ArticleNotFound
from rag.language.characters import script
from rag.language.gloss import gloss
from rag.model import Article, Language


class Proof:
    """Opens the sources of answers. Its methods read files: they belong into a thread.

    Raises:
        SanadError: the bot's database or the library cannot be used. Every method may raise it.
    """

    def __init__(self, engine: Engine, answers: Answers) -> None:
        self._engine = engine
        self._answers = answers

    def source(self, answer_id: str, number: int, language: Language) -> list[HtmlMessage]:
        """One source of an answer; `language` is for saying that the answer is not known."""
        return self._shown(self._answers.citations(answer_id, number), language)

    def sources(self, answer_id: str, language: Language) -> list[HtmlMessage]:
        """All sources of an answer, in as few messages as hold them."""
        return self._shown(self._answers.citations(answer_id), language)

    def _shown(self, kept: list[KeptCitation], language: Language) -> list[HtmlMessage]:
        if not kept:
            return messages([Paragraph(say(language, "telegram_unknown_button"), language=language)])
        return messages([paragraph for one in kept for paragraph in self._paragraphs(one)])

    def _paragraphs(self, kept: KeptCitation) -> Iterator[Paragraph]:
        article = self._standing(kept)
        if article is None:
            withdrawn = say(kept.language, "telegram_withdrawn", number=f"[{kept.number}]")
            yield Paragraph(withdrawn, language=kept.language)
            return
        quote = article.text[kept.start : kept.end]
        glossed = gloss(quote) if kept.language == "en" and script(quote) == "ar" else None
        place = (kept.start, kept.end, kept.passage(article.text))
        yield from passage_paragraphs(article, place, kept.number, kept.language, glossed)

    def _standing(self, kept: KeptCitation) -> Article | None:
        """The article in which a quote still stands where it stood; None when it does not."""
        try:
            article = self._engine.article(kept.article_id)
        except ArticleNotFound:
            return None
        return article if kept.stands_in(article.text) else None
