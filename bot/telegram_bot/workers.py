"""The processes that think for the bot, as many questions at once as there are: threads would share one interpreter, and so one core."""

import asyncio
import logging
import os
import pickle
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bot.telegram_bot.metrics import Metrics
from bot.telegram_bot.worker import LENGTH, Failed, Outcome, Task, Thought, packed
from rag.errors import SanadError
from rag.settings import Settings

_LOG = logging.getLogger(__name__)
_MOST = 4  # where the settings leave it open; each holds what the engine loads
_TRIES = 2  # of a question, before it is taken for what ends the process
_LONGEST = 120.0  # seconds that a question may be thought on
_LAST = 2.0  # seconds that a process has to end by itself
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 60.0  # seconds before a process that could not start is started again
_COMMAND = "from bot.telegram_bot.worker import main; main()"
# Each process has a core; threads of libraries would have them fight for all.
_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "RAYON_NUM_THREADS"), "1"
)


class WorkerError(Exception):
    """A mistake of ours in a worker, with its traceback; or the end of the workers that had a question."""


@dataclass(order=True, slots=True)
class _Job:
    """A task on its way: those that came first go first, also when they are asked again."""

    number: int
    task: Task = field(compare=False)
    thought: "asyncio.Future[Thought]" = field(compare=False)
    came: float = field(compare=False)
    tries: int = field(default=0, compare=False)


class _Ended(Exception):
    """A worker's process ended."""


class Workers:
    """So many processes with an engine each; one that ends is replaced, and what it was asked is asked again.

    Args:
        settings: of the engines.
        metrics: count the seconds that questions wait and are thought on.
    """

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self.wanted = _wanted(settings)
        self.up = 0
        self._settings = _without_telegram(settings)
        self._metrics = metrics
        self._numbers = count()
        self._jobs: asyncio.PriorityQueue[_Job] = asyncio.PriorityQueue()
        self.started = False

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Have them for as long as the block runs; questions that come before they are ready wait."""
        keeping = [asyncio.create_task(self._keep()) for _ in range(self.wanted)]
        self.started = bool(keeping)
        try:
            yield
        finally:
            self.started = False
            for task in keeping:
                task.cancel()
            await asyncio.gather(*keeping, return_exceptions=True)

    async def think(self, task: Task) -> Thought:
        """What a worker makes of a task; cancelled, it is not begun, or what comes of it is dropped.

        Raises:
            SanadError: what the engine raises.
            WorkerError: whatever else went wrong.
        """
        job = _Job(next(self._numbers), task, asyncio.get_running_loop().create_future(), time.monotonic())
        self._jobs.put_nowait(job)
        return await job.thought

    def _count(self, more: int) -> None:
        self.up += more
        self._metrics.workers.set(self.up)

    async def _keep(self) -> None:
        """Have one worker, always."""
        wait = _FIRST_WAIT
        while True:
            try:
                async with _started(self._settings) as worker:
                    wait = _FIRST_WAIT
                    self._count(1)
                    try:
                        while True:
                            await self._give(worker, await self._next(worker))
                    finally:
                        self._count(-1)
            except (_Ended, OSError) as error:
                _LOG.error("a worker process ended (%s); another is started", error)
            await asyncio.sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)

    async def _next(self, worker: "_Worker") -> _Job:
        """The next that somebody still waits for."""
        while True:
            getting = asyncio.ensure_future(self._jobs.get())
            try:
                await asyncio.wait((getting, worker.ended), return_when=asyncio.FIRST_COMPLETED)
            finally:
                getting.cancel()  # unless it is done
            if worker.ended.done():
                if getting.done():
                    self._jobs.put_nowait(getting.result())
                raise _Ended(worker.status)
            if not getting.result().thought.done():
                return getting.result()

    async def _give(self, worker: "_Worker", job: _Job) -> None:
        if not job.tries:
            self._metrics.waiting_seconds.labels("engine").observe(time.monotonic() - job.came)
        job.tries += 1
        try:
            async with asyncio.timeout(_LONGEST):
                outcome = await worker.outcome(job.task)
        except TimeoutError:
            _fail(job, WorkerError(f"not done after {_LONGEST:g} s"))
            raise _Ended("it thought too long") from None
        except _Ended:
            if job.tries < _TRIES:
                self._jobs.put_nowait(job)
            else:
                _fail(job, WorkerError(f"{_TRIES} processes ended while they thought on it"))
            raise
        self._metrics.engine_seconds.observe(outcome.seconds)
        if isinstance(outcome, Failed):
            _fail(job, outcome.error if isinstance(outcome.error, SanadError) else WorkerError(outcome.error))
        elif not job.thought.done():
            job.thought.set_result(outcome)


class _Worker:
    """A process that thinks, from its parent's side."""

    def __init__(self, process: Process) -> None:
        assert process.stdin
        assert process.stdout
        self._process, self._tasks, self._answers = process, process.stdin, process.stdout
        self.ended = asyncio.ensure_future(process.wait())

    @property
    def status(self) -> str:
        return f"exit code {self._process.returncode}"

    async def outcome(self, task: Task) -> Outcome:
        """What comes of a task.

        Raises:
            _Ended: nothing, for the process ended.
        """
        told: Outcome = await self.tell(task)
        return told

    async def tell(self, message: object) -> Any:  # noqa: ANN401  # whatever is answered
        """Send a message, and wait for the answer."""
        try:
            self._tasks.write(packed(message))
            await self._tasks.drain()
            (length,) = LENGTH.unpack(await self._answers.readexactly(LENGTH.size))
            return pickle.loads(await self._answers.readexactly(length))
        except (asyncio.IncompleteReadError, ConnectionError):
            await self.end()
            raise _Ended(self.status) from None

    async def end(self) -> None:
        """Have the process end by itself, or else at once."""
        self._tasks.close()
        await asyncio.wait((self.ended,), timeout=_LAST)
        with suppress(ProcessLookupError):
            self._process.kill()
        await asyncio.wait((self.ended,))


@asynccontextmanager
async def _started(settings: Settings) -> AsyncIterator[_Worker]:
    """A worker that is ready, ended after the block.

    Raises:
        _Ended: it did not become ready.
        OSError: the machine lets no process start.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-c", _COMMAND, stdin=PIPE, stdout=PIPE, env=_environment(),
        process_group=0,  # Ctrl-C is for the bot, which lets them end what they are at
    )  # fmt: skip
    worker = _Worker(process)
    try:
        await worker.tell(settings)
        yield worker
    finally:
        await worker.end()


def _wanted(settings: Settings) -> int:
    """How many processes; 0 where the bot's own threads think: with a model, for which they only wait, or where a second model would not fit."""
    if settings.llm != "none":
        return 0
    most = 1 if settings.embedding.startswith("fastembed:") else min(_MOST, len(os.sched_getaffinity(0)))
    wanted = settings.telegram_workers or most
    return wanted if wanted > 1 else 0


def _without_telegram(settings: Settings) -> Settings:
    """The settings that an engine needs, nowhere read again: the token is no business of a worker's."""
    kept = {name for name in Settings.model_fields if not name.startswith("telegram_")}
    return Settings.model_construct(**{name: getattr(settings, name) for name in kept})


def _environment() -> dict[str, str]:
    """The bot's, without the settings, and with its modules."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("SANAD_")}
    return kept | _ONE_THREAD | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def _fail(job: _Job, error: Exception) -> None:
    if not job.thought.done():
        job.thought.set_exception(error)
