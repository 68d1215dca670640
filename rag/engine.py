"""The story in a page: open a library, ingest articles, search, ask."""

import logging
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from rag import reading, retrieval
from rag.articles import layout
from rag.chat import ModelUnavailable
from rag.composing import compose
from rag.embedding import Embedder, open_embedder, open_neural
from rag.embedding.neural import NeuralEmbedder
from rag.errors import (
    ArticleNotFound,
    EmbedderUnavailable,
    IndexOutdated,
    LibraryBusy,
    LibraryEmpty,
    QuestionError,
    SanadError,
)
from rag.evidence import Material
from rag.grounding import Check, carries, spoken_to
from rag.index.generation import Generation, Generations
from rag.language import analyzer
from rag.language.characters import script
from rag.language.identify import language_of
from rag.language.words import count_words
from rag.library import Library
from rag.model import (
    Answer,
    Article,
    Claim,
    Draft,
    DraftSentence,
    Hit,
    IngestReport,
    Language,
    Refusal,
    Reply,
    Withheld,
)
from rag.question import Question
from rag.reading import Reading
from rag.retrieval import Candidate, Query
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.writing import LlmWriter

_LOG = logging.getLogger(__name__)

_LONGEST_QUESTION = 500  # words
_SPOKEN = frozenset({"ar", "en", "arabizi"})
_LONGEST_FOLLOW_UP = 60  # words; a longer question stands alone
_REMEMBERED = 8  # turns
_READ = 16  # passages
_SHOWN = 8  # of them, to the model


@dataclass
class Conversation:
    """The turns of one talk, oldest first."""

    turns: list[Reply] = field(default_factory=list)


def open_engine(settings: Settings | None = None) -> "Engine":
    """An engine on the data folder that the settings name; use it in a `with`, or `close` it."""
    return Engine(settings or Settings())


class Engine:
    """Articles in, cited answers out. Any thread may ask; one process at a time may change the library."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._folder = settings.data_dir
        self._generations = Generations(self._folder / "index", settings.chroma_url)
        self._generation: Generation | None = None
        self._lock = threading.Lock()  # of _generation
        self._embedder: Embedder | None = None
        self._reader: Library | None = None
        self.neural: NeuralEmbedder | None = open_neural(settings)
        self._writer = _open_writer(settings)

    def __enter__(self) -> "Engine":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index."""
        with self._lock:
            self._let_go()

    # Asking

    def ask(
        self, question: str, *, language: Language | None = None, conversation: Conversation | None = None
    ) -> Answer | Refusal:
        """Answer from the articles, or refuse.

        Args:
            question: in Arabic or English.
            language: of the fixed sentences of the answer; None for the question's.
            conversation: remembers the turn.

        Raises:
            QuestionError: the question is empty or too long.
            LibraryEmpty: there are no articles.
            IndexOutdated: the index has to be built again.
        """
        *_, reply = self.stream(question, language=language, conversation=conversation)
        assert isinstance(reply, Answer | Refusal)  # the last thing streamed
        return reply

    def stream(
        self, question: str, *, language: Language | None = None, conversation: Conversation | None = None
    ) -> Iterator[Claim | Answer | Refusal]:
        """The sentences of the answer as each has passed the check, then the whole reply, which alone counts.

        A model that fails after its first sentences is followed by a reply made of quotes.
        """
        started = time.perf_counter()
        _check_length(question)
        turns = conversation.turns if conversation and count_words(question) <= _LONGEST_FOLLOW_UP else []
        read_as = self._completed(question, turns)
        spoken = language_of(question)
        if spoken in _SPOKEN:
            reply = yield from self._asked(read_as or question, language or ("en" if spoken == "en" else "ar"))
        else:
            reply = spoken_to(question, language or "en", writer=reading.WRITER)
        elapsed = round((time.perf_counter() - started) * 1000)
        reply = replace(reply, question=question, read_as=read_as, elapsed_ms=elapsed)
        if conversation and spoken in _SPOKEN:
            conversation.turns[:] = [*conversation.turns, reply][-_REMEMBERED:]
        yield reply

    def _completed(self, question: str, turns: Sequence[Reply]) -> str | None:
        """A follow-up as a question that stands alone: by rule, or by the model where there is one; None for one that stands alone already."""
        if not turns:
            return None
        from rag.followup import Turn, complete  # only a conversation needs it

        by_rule = complete(question, [Turn.of(turn) for turn in turns])
        if by_rule is None or not self._writer:
            return by_rule
        rewritten = self._writer.rewrite(question, turns, script(question) or "ar")
        return rewritten if rewritten and rewritten != question else by_rule

    def _asked(self, question: str, language: Language) -> Generator[Claim, None, Answer | Refusal]:
        """What is answered to a question that stands alone."""
        with self._reading(question) as (generation, asked):
            query = self.query(asked, generation)
            material = self.material(retrieval.search(query, generation)[:_READ])
            rarities = [retrieval.rarity(concept, generation) for concept in asked.concepts]
            behind = generation.manifest.revision != self._library().revision
        found = reading.read(asked, rarities, material)
        draft = compose(asked, language, found, rarities, material)
        reply = yield from self._answer(question, language, found, draft, material)
        if generation.neural and query.neural is None:
            reply = replace(reply, notices=(*reply.notices, "embedder_unavailable"))
        if behind:  # an ingest was interrupted, or is going on
            reply = replace(reply, notices=(*reply.notices, "index_behind"))
        return reply

    def search(self, question: str, *, limit: int = 10) -> list[Hit]:
        """The passages nearest to a question, best first; raises what `ask` raises."""
        with self._reading(question) as (generation, asked):
            ranked = retrieval.search(self.query(asked, generation), generation)
        passages, _, _ = self._library().read([candidate.passage_id for candidate in ranked[: 3 * limit]])
        return retrieval.diversified(retrieval.hits(ranked, passages))[:limit]

    def conversation(self) -> Conversation:
        """A new talk."""
        return Conversation()

    @contextmanager
    def _reading(self, text: str) -> Iterator[tuple[Generation, Question]]:
        """The newest generation, open for the block even when another thread moves on, and a question in its terms."""
        _check_length(text)
        with self._lock:
            generation = self.generation()
            generation.hold()
        try:
            yield generation, retrieval.understood(text, generation)
        finally:
            generation.close()

    def _answer(
        self, question: str, language: Language, found: Reading, draft: Draft | None, material: Material
    ) -> Generator[Claim, None, Answer | Refusal]:
        """The model's answer where there is a model and its answer stands; else the quotes."""
        notices: tuple[str, ...] = ()
        withheld: tuple[Withheld, ...] = ()
        if self._writer and found.passages and not (draft and draft.contradicts):
            check = Check(question, language, self._writer.name, material)
            given = [(passage, material.articles[passage.article_id]) for passage in found.passages[:_SHOWN]]
            unfit: list[Withheld] = []
            try:
                for sentence in self._writer.sentences(question, language, given):
                    if isinstance(sentence, Withheld):
                        unfit.append(sentence)
                    elif claim := check.take(sentence):
                        yield claim
                reply = check.reply(found.missing, found.nearest, lacking=found.lacking)
                withheld = (*unfit, *reply.withheld)
                if isinstance(reply, Answer) or not withheld:
                    return replace(self._translated(reply, material), withheld=withheld)
                notices = ("llm_language" if all(one.reason == "language" for one in withheld) else "llm_unverified",)
            except ModelUnavailable as error:
                _LOG.warning("the model is unavailable: %s", error)
                notices = ("llm_unavailable",)
            withheld = (*unfit, *check.withheld)
        check = Check(question, language, reading.WRITER, material)
        yield from _claims(check, draft.sentences if draft else ())
        reply = check.reply(found.missing, found.nearest, draft, found.lacking)
        return replace(reply, notices=notices, withheld=(*withheld, *reply.withheld))

    def _translated(self, reply: Answer | Refusal, material: Material) -> Answer | Refusal:
        """The reply with the model's translations of its quotes, those that pass the check, in place of the word-for-word glosses."""
        glossed = [citation for citation in reply.citations if citation.gloss]
        if not self._writer or not glossed:
            return reply
        translations = self._writer.translate([citation.quote for citation in glossed], reply.language)
        told = {
            citation.number: translation
            for citation, translation in zip(glossed, translations, strict=True)
            if translation and carries(citation, translation, material)
        }
        citations = (replace(one, gloss=told.get(one.number, one.gloss)) for one in reply.citations)
        return replace(reply, citations=tuple(citations))

    def query(self, asked: Question, generation: Generation) -> Query:
        """A question in the forms that the indexes are asked in; without a neural vector when its embedder is down."""
        neural = None
        if self.neural and generation.neural:
            try:
                neural = self.neural.embed_query(asked.text, generation.manifest.dimensions)
            except EmbedderUnavailable as error:
                _LOG.warning("the embedder is unavailable: %s", error)
        return Query(asked, self.embedder.embed_query(asked.text), neural)

    def material(self, ranked: Sequence[Candidate]) -> Material:
        """The passages of candidates with their articles and sentences; those that have left the library are passed over."""
        passages, articles, sentences = self._library().read([candidate.passage_id for candidate in ranked])
        scored = [(hit.passage, hit.score) for hit in retrieval.hits(ranked, passages)]
        return Material(scored, articles, sentences)

    def generation(self) -> Generation:
        """The newest generation, leased; another one is opened when a writer has published since.

        Raises:
            LibraryEmpty: there are no articles.
            IndexOutdated: there is no index, or one made with other settings.
        """
        if self._generation and self._generation.name == self._generations.current():
            return self._generation
        if not self._library_path.exists() or not self._library().count()[0]:
            raise LibraryEmpty("library_empty")
        opened = self._generations.open()
        if opened.manifest.fingerprint != self.fingerprint:
            opened.close()
            raise _outdated(opened.manifest.fingerprint, self.fingerprint)
        self._let_go()
        self._generation = opened
        return opened

    def _let_go(self) -> None:
        if self._generation:
            self._generation.close()
            self._generation = None

    # The articles

    def article(self, article_id: str) -> Article:
        """The article with this id.

        Raises:
            ArticleNotFound: there is none.
        """
        found = self._library().article(article_id) if self._library_path.exists() else None
        if not found:
            raise ArticleNotFound("article_not_found", article=article_id)
        return found

    def articles(self) -> list[Article]:
        """Every article, by id."""
        return self._library().articles() if self._library_path.exists() else []

    def passage_count(self, article_id: str) -> int:
        """How many passages an article is cut into."""
        return self._library().passage_count(article_id)

    def ingest(
        self,
        paths: Iterable[str | Path],
        *,
        sync: bool = False,
        progress: Callable[[str], None] | None = None,
    ) -> IngestReport:
        """Read articles from files, folders and globs into the library, and publish the index.

        Args:
            paths: what to read.
            sync: also remove articles that were read from those folders before and are no longer there.
            progress: called with the name of each source as it is done.

        Raises:
            LibraryBusy: another process is writing.
            IndexOutdated: the library was made with other settings; `reindex` first.
            EmbedderUnavailable: the neural embedder is down; what was stored before is published.
        """
        from rag.ingest import ingest

        with self._writing() as library:
            if library.count()[0] and library.fingerprint != self.fingerprint:
                raise _outdated(library.fingerprint, self.fingerprint)
            try:
                report = ingest(library, list(paths), self, sync=sync, progress=progress)
            except EmbedderUnavailable:
                self._publish(library)
                raise
            if library.revision:
                self._publish(library)
            return report

    def remove(self, article_id: str) -> None:
        """Remove an article with everything that was made of it.

        Raises:
            ArticleNotFound: there is none.
            LibraryBusy: another process is writing.
        """
        with self._writing() as library:
            if not library.remove(article_id):
                raise ArticleNotFound("article_not_found", article=article_id)
            self._publish(library)

    def reindex(self, *, progress: Callable[[str], None] | None = None) -> int:
        """Cut, analyse and embed every article again with the settings of now, and build the index afresh.

        Returns:
            The number of passages.

        Raises:
            LibraryBusy: another process is writing.
            EmbedderUnavailable: the neural embedder is down; the index stays as it was.
            ArticleError: it does not take an article's text.
        """
        from rag.ingest import store

        with self._writing() as library:
            for number, article_id in enumerate(library.article_ids()):
                article = library.article(article_id)
                assert article is not None  # nobody else writes
                store(library, article, self, first=number == 0)
                if progress:
                    progress(article_id)
            library.fingerprint = self.fingerprint
            self._publish(library, afresh=True)
            return library.count()[1]

    def _publish(self, library: Library, *, afresh: bool = False) -> None:
        self.close()  # what it holds would not be deleted
        self._generations.publish(library, afresh=afresh)

    # What it stands on

    @property
    def embedder(self) -> Embedder:
        """Makes the concept vectors; made on first use."""
        if self._embedder is None:
            self._embedder = open_embedder()
        return self._embedder

    @property
    def fingerprint(self) -> str:
        """Changes with whatever decides how a text is cut, analysed and embedded."""
        s = self.settings
        cut = f"layout:{layout.VERSION}/words:{s.passage_words}-{s.passage_overlap}"
        embedders = "+".join(one.fingerprint for one in (self.embedder, self.neural) if one)
        return f"{embedders}/analyzer:{analyzer.fingerprint()}/{cut}"

    @property
    def _library_path(self) -> Path:
        return self._folder / "library.sqlite3"

    def _library(self) -> Library:
        """The library, to read; what it looks at once is looked at once."""
        if self._reader is None:
            self._reader = Library(self._library_path, readonly=True)
        return self._reader

    @contextmanager
    def _writing(self) -> Iterator[Library]:
        """The library, to change it: one process at a time."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._folder / "writer.lock", timeout=0)
            lock.acquire()
        except Timeout:
            raise LibraryBusy("library_busy", folder=self._folder) from None
        except OSError as error:
            raise SanadError("library_folder", path=self._folder, detail=error.strerror) from None
        try:
            yield Library(self._library_path)
        finally:
            lock.release()


def _outdated(old: str, new: str) -> IndexOutdated:
    return IndexOutdated("index_embedder", old=old or "several kinds", new=new)


def _check_length(question: str) -> None:
    length = count_words(question)
    if not length:
        raise QuestionError("question_empty")
    if length > _LONGEST_QUESTION:
        raise QuestionError("question_long", words=length, limit=_LONGEST_QUESTION)


def _open_writer(settings: Settings) -> "LlmWriter | None":
    if settings.llm == "none":
        return None
    from rag.writing import LlmWriter  # large, and nothing without a model

    return LlmWriter(settings)


def _claims(check: Check, sentences: Iterable[DraftSentence]) -> Iterator[Claim]:
    """The sentences that pass, each as soon as it does."""
    return (claim for sentence in sentences if (claim := check.take(sentence)))
