"""The LLM writer: passages to sentences with `[n]`, through any OpenAI-compatible server.

It only proposes. Each sentence goes through the same check as the quotes do before anyone sees it; a model that is down, slow or broken raises
ModelUnavailable, and the engine shows the quotes instead.
"""

import logging
import re
import time
import unicodedata
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager

from rag.chat import ChatModel, ModelUnavailable
from rag.circuit import CircuitBreaker
from rag.instructions import for_readers
from rag.language.characters import INVISIBLE, fold
from rag.language.words import count_words
from rag.markers import disarmed, unmarked
from rag.model import Article, DraftSentence, Language, Passage, Reply, Withheld
from rag.prompts import prompt
from rag.replies import ReplyText
from rag.rewriting import asks_the_same
from rag.settings import Settings
from rag.wording import fault, is_foreign

_LOG = logging.getLogger(__name__)

NO_ANSWER = "NOT_IN_PASSAGES"
_NO_ANSWER = re.compile(r"\bNOT[\s_]*IN[\s_]*PASSAGES\b", re.IGNORECASE)
_MOST_SENTENCES = 5  # asked for
_MOST_READ = 12  # where it writes more; then it is cut off
_SHORT_TASK = 1 / 3  # of the time for an answer: to complete a question, to translate quotes
_MOST_TURNS, _LONGEST_TURN = 4, 600  # of a conversation, and characters of an answer in it
_LONGEST_QUESTION = 40  # words
_DELIMITERS = re.compile(r"[<>＜＞﹤﹥]{2,}")
_NUMBERED = re.compile(r"\W*(\d{1,3})\W+(.+)")
_QUOTES = "«»“”\"' "

Given = Sequence[tuple[Passage, ...]]  # under each number the stretches of a passage that the model is shown


class _NoAnswer(Exception):
    """The model finds no answer in the passages."""


class LlmWriter:
    """Writes with the model that the settings name. Any thread may ask; what fails again and again is left alone for a while by all of them.

    Args:
        settings: name the model.
        circuit: knows whether it has failed lately.
    """

    def __init__(self, settings: Settings, circuit: CircuitBreaker | None = None) -> None:
        self.name = f"llm:{settings.llm}"
        self._seconds = settings.llm_timeout
        self._model = ChatModel(settings)
        self._circuit = circuit or CircuitBreaker()

    def sentences(
        self, question: str, language: Language, passages: Sequence[tuple[Passage, Article]]
    ) -> Iterator[DraftSentence | Withheld]:
        """The model's sentences as they arrive, each with the passages that its markers name; none if it finds no answer.

        Sentences not fit to be shown come as withheld, see `rag.wording`. Where the first one that cites a passage is in the wrong language, the
        model is asked once more, in the same time.

        Raises:
            ModelUnavailable: see the class; also in the middle of the reply.
        """
        shown = [(stretches, article) for passage, article in passages if (stretches := for_readers(passage, article))]
        if not shown:
            raise ModelUnavailable("no passage that could be shown to it")
        given = [stretches for stretches, _ in shown]
        system = prompt("system", language, most_sentences=_MOST_SENTENCES, no_answer=NO_ANSWER)
        asked = prompt("answer", language, question=_line(question), passages="\n\n".join(_shown(shown)))
        deadline = time.monotonic() + self._seconds
        with self._guarded():
            for user in (asked, f"{asked}\n\n{prompt('language', language)}"):
                written = self._written(system, user, deadline, given)
                try:
                    first = _up_to_cited(written)
                    if user is asked and _are_foreign(first, language):
                        written.close()
                        _LOG.info("the model answered in another language; once more")
                        continue
                    yield from (_judged(sentence, language) for sentence in first)
                    yield from (_judged(sentence, language) for sentence in written)
                except _NoAnswer:
                    pass
                return

    def rewrite(self, question: str, turns: Sequence[Reply], language: Language) -> str | None:
        """A follow-up question so that it can be understood alone; None where the model gives nothing that can be used.

        Args:
            question: as asked.
            turns: of the conversation before it, oldest first.
            language: of the question.
        """
        last = turns[-_MOST_TURNS:]
        said = [
            prompt(
                "turn", language, question=_line(turn.read_as or turn.question), answer=_line(turn.text)[:_LONGEST_TURN]
            )
            for turn in last
        ]
        asked = prompt("rewrite", language, conversation="\n".join(said), question=_line(question))
        lines = self._lines(prompt("rewrite_system", language), asked) if turns else []
        rewritten = lines[0].strip(_QUOTES) if len(lines) == 1 else ""
        if not rewritten or fault(rewritten, language, _LONGEST_QUESTION):
            return None
        return rewritten if asks_the_same(rewritten, question, last) else None

    def translate(self, quotes: Sequence[str], language: Language) -> list[str | None]:
        """Each quote in a language, in one request; None for one that is in it already, and where the model gives nothing that can be used.

        What comes is in the right language, of a fitting length and without links; whether it says what the quote says, the caller has to check.
        """
        wanted = [i for i, quote in enumerate(quotes) if is_foreign(quote, language)]
        translated: list[str | None] = [None] * len(quotes)
        if not wanted:
            return translated
        shown = [prompt("quote", number=n, text=_line(quotes[i])) for n, i in enumerate(wanted, 1)]
        asked = prompt("translate", language, quotes="\n\n".join(shown), count=len(wanted))
        for line in self._lines(prompt("translate_system", language), asked):
            numbered = _NUMBERED.fullmatch(line)
            if not numbered or not 1 <= int(numbered[1]) <= len(wanted):
                continue
            place = wanted[int(numbered[1]) - 1]
            text = unmarked(numbered[2])[0]
            most = 10 + 3 * count_words(quotes[place])
            translated[place] = None if fault(text, language, most) else text
        return translated

    def _lines(self, system: str, user: str) -> list[str]:
        """The lines of a short reply; none where the model is unavailable."""
        reply = ReplyText()
        try:
            with self._guarded():
                for piece in self._model.stream(system, user, time.monotonic() + self._seconds * _SHORT_TASK):
                    reply.take(piece)
        except ModelUnavailable as error:
            _LOG.warning("the model is unavailable: %s", error)
            return []
        return reply.lines()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Keep off a model that has just failed again and again, and remember how it does."""
        if not self._circuit.admits():
            raise ModelUnavailable("it has just failed again and again, and is not asked for a while")
        try:
            yield
        except ModelUnavailable as error:
            self._circuit.failed(error.pause)
            raise
        self._circuit.succeeded()

    def _written(self, system: str, user: str, deadline: float, given: Given) -> Generator[DraftSentence, None, None]:
        """The sentences of one reply, each once.

        Raises:
            _NoAnswer: it says that there is none.
        """
        seen: set[str] = set()
        for count, sentence in enumerate(_cut(self._model.stream(system, user, deadline)), 1):
            if _NO_ANSWER.search(sentence):
                raise _NoAnswer
            drafted = _drafted(sentence, given)
            if fold(drafted.text) not in seen:
                seen.add(fold(drafted.text))
                yield drafted
            if count == _MOST_READ:
                return
        if not seen:
            raise ModelUnavailable("an empty reply")


def _cut(stream: Iterator[str]) -> Iterator[str]:
    """The sentences of a reply, each as soon as it is complete."""
    reply = ReplyText()
    for piece in stream:
        yield from reply.add(piece)
    yield from reply.end()


def _drafted(sentence: str, given: Given) -> DraftSentence:
    """A sentence without its markers, and the given passages they name; markers that name none are dropped."""
    text, numbers = unmarked(sentence)
    return DraftSentence(text, passages=tuple(one for n in numbers if 1 <= n <= len(given) for one in given[n - 1]))


def _up_to_cited(written: Iterator[DraftSentence]) -> list[DraftSentence]:
    """The first sentence that cites a passage, and those before it."""
    first: list[DraftSentence] = []
    for sentence in written:
        first.append(sentence)
        if sentence.passages:
            break
    return first


def _are_foreign(first: Sequence[DraftSentence], language: Language) -> bool:
    """Whether an answer begins in the wrong language: its first sentence that cites a passage tells, else all of them."""
    telling = [sentence for sentence in first if sentence.passages] or first
    return all(is_foreign(sentence.text, language) for sentence in telling)


def _judged(sentence: DraftSentence, language: Language) -> DraftSentence | Withheld:
    reason = fault(sentence.text, language)
    return Withheld(sentence.text, reason) if reason else sentence


def _shown(passages: Sequence[tuple[tuple[Passage, ...], Article]]) -> Iterator[str]:
    """The passages as the model sees them, numbered."""
    for number, (stretches, article) in enumerate(passages, 1):
        about = " · ".join(_line(part) for part in (article.title, article.publisher, article.published) if part)
        text = "\n[…]\n".join(_clean(stretch.text) for stretch in stretches)
        yield prompt("passage", number=number, about=about, text=text)


def _clean(text: str) -> str:
    """Text without what could be taken for the prompt's own numbers and delimiters, or is seen by a model alone."""
    seen = "".join(c if c == "\n" or unicodedata.category(c)[0] in "LMNPSZ" else " " for c in INVISIBLE.sub("", text))
    return disarmed(_DELIMITERS.sub(" ", seen))


def _line(text: str) -> str:
    return " ".join(_clean(text).split())
