"""Everything that answering needs, in one value that every handler is given."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from bot.telegram_bot.access import Access
from bot.telegram_bot.answers import Answers
from bot.telegram_bot.asked import Asked
from bot.telegram_bot.conversations import Conversations
from bot.telegram_bot.database import Database
from bot.telegram_bot.inbox import Inbox
from bot.telegram_bot.limits import Limits
from bot.telegram_bot.metrics import Metrics
from bot.telegram_bot.outbox import Outbox
from bot.telegram_bot.running import Running
from bot.telegram_bot.shelf import Shelf
from bot.telegram_bot.users import Users
from bot.telegram_bot.worker import Task
from bot.telegram_bot.workers import Workers
from rag.engine import Conversation, Engine, open_engine
from rag.model import Answer, Language, Refusal

P = ParamSpec("P")
T = TypeVar("T")
_THREADS = 2  # they hold the interpreter while they think: more would only slow each other, and everything else
_THREADS_WITH_MODEL = 16  # these mostly wait for the model


@dataclass(frozen=True)
class Service:
    """What handlers use.

    Attributes:
        engine: what is asked.
        quoting: the same without a language model, for those who cannot wait for one; `engine` itself where there is none.
        threads: in which the two answer; nothing else runs there, so that buttons and sending need not wait for it.
        workers: the processes that answer in their place without a language model; there may be none.
        started: when, in seconds since 1970.
        stopping: set when the bot is to end.
    """

    engine: Engine
    quoting: Engine
    threads: ThreadPoolExecutor
    workers: Workers
    access: Access
    limits: Limits
    database: Database
    inbox: Inbox
    outbox: Outbox
    users: Users
    answers: Answers
    conversations: Conversations
    asked: Asked
    running: Running
    shelf: Shelf
    metrics: Metrics
    started: float
    stopping: asyncio.Event

    @classmethod
    def of(cls, engine: Engine, access: Access, database: Database) -> "Service":
        """The service of an engine and a database, as the settings have it."""
        settings = engine.settings
        modelled = settings.llm != "none"
        metrics = Metrics()
        return cls(
            engine=engine,
            quoting=open_engine(settings.model_copy(update={"llm": "none"})) if modelled else engine,
            threads=ThreadPoolExecutor(_THREADS_WITH_MODEL if modelled else _THREADS, thread_name_prefix="engine"),
            workers=Workers(settings, metrics),
            access=access,
            limits=Limits(settings.telegram_per_minute, settings.telegram_per_minute_all, access.admins),
            database=database,
            inbox=Inbox(database),
            outbox=Outbox(database),
            users=Users(database),
            answers=Answers(database, settings.telegram_retention_days),
            conversations=Conversations(database),
            asked=Asked(database),
            running=Running(),
            shelf=Shelf(engine),
            metrics=metrics,
            started=time.time(),
            stopping=asyncio.Event(),
        )

    def close(self) -> None:
        """Let go of what it opened, and of the database; what its threads still do is waited for by nobody."""
        self.threads.shutdown(wait=False, cancel_futures=True)
        if self.quoting is not self.engine:
            self.quoting.close()
        self.database.close()

    async def ask(
        self, question: str, *, language: Language | None = None, conversation: Conversation | None = None
    ) -> Answer | Refusal:
        """The reply that needs no language model, made by a worker where there are any.

        Args:
            question: as it was asked.
            language: of the fixed sentences of the answer; None for the question's.
            conversation: remembers the turn.

        Raises:
            SanadError: what the engine raises.
            WorkerError: whatever else went wrong in a worker.
        """
        if not self.workers.started:
            return await self.think(self.quoting.ask, question, language=language, conversation=conversation)
        turns = tuple(conversation.turns) if conversation else None
        thought = await self.workers.think(Task(question, language, turns))
        if conversation and thought.turns is not None:
            conversation.turns[:] = thought.turns
        return thought.reply

    async def think(self, work: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
        """Do the engine's work in its threads, timed.

        Raises:
            SanadError: or whatever else `work` raises.
        """
        asked = time.monotonic()

        def timed() -> T:
            started = time.monotonic()
            self.metrics.waiting_seconds.labels("engine").observe(started - asked)
            with self.metrics.engine_seconds.time():
                return work(*arguments, **options)

        return await asyncio.get_running_loop().run_in_executor(self.threads, timed)
