"""A process that thinks: asked over its standard input and answering over its standard output, until the first ends.

Each message is its length in four bytes and then a pickle: first come the settings, which are answered when the process is ready; then each
task is answered by its outcome. Nothing of Telegram is known here, its token least of all.
"""

import gc
import logging
import os
import pickle
import signal
import struct
import sys
import threading
import time
import traceback
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, BinaryIO, TypeAlias

from bot.telegram_bot.log import log_to_standard_error
from rag.engine import Conversation, Engine, open_engine
from rag.errors import SanadError
from rag.model import Answer, Language, Refusal, Reply

_LOG = logging.getLogger(__name__)
LENGTH = struct.Struct(">I")
READY = "ready"
# Between them they need what the engine loads when it is first needed: follow-ups, misspelt words, names it does not know, English participles.
_FIRST_QUESTIONS = (
    "متى وقع الهجوم؟",
    "How many people were killed in the attack?",
    "وأين؟",
    "هل أدنت الحكومه الهجزم؟",
    "Was any of the wounded soldiers of Marlowe in serious condition?",
)
_OBJECTS_BETWEEN_COLLECTIONS = 50_000
_IDLE = 2.0  # seconds; opening the index again takes 0.03
_GRACE = 5.0  # seconds that a thought may go on when nobody waits for it any more


@dataclass(frozen=True, slots=True)
class Task:
    """A question; the language of the answer's fixed sentences, None for its own; and what was said before, None where nothing is remembered."""

    question: str
    language: Language | None
    turns: tuple[Reply, ...] | None


@dataclass(frozen=True, slots=True)
class Thought:
    """A reply, what was said with it, and the seconds it took."""

    reply: Answer | Refusal
    turns: tuple[Reply, ...] | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there is no reply: an error that can be mended, or else the traceback of a mistake of ours; and the seconds it took."""

    error: SanadError | str
    seconds: float


Outcome: TypeAlias = Thought | Failed


def main() -> None:
    """Think until nobody asks any more; the parent says when that is, not a signal that all its processes get."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    log_to_standard_error()
    answers = _standard_output()
    settings = _receive(sys.stdin.buffer)
    tasks: SimpleQueue[Task | None] = SimpleQueue()
    threading.Thread(target=_listen, args=(tasks,), daemon=True).start()
    try:
        with open_engine(settings) as engine:
            _warm_up(engine)
            _send(answers, READY)
            while task := _next(tasks, engine):
                _send(answers, outcome(engine, task))
    except Exception:
        _LOG.critical("a worker ended", exc_info=True)
        os._exit(1)  # the other thread, which waits for the parent, would not let go of the pipe


def outcome(engine: Engine, task: Task) -> Outcome:
    """What comes of a task, whatever happens."""
    started = time.monotonic()
    talk = None if task.turns is None else Conversation(list(task.turns))
    try:
        reply = engine.ask(task.question, language=task.language, conversation=talk)
    except SanadError as error:
        return Failed(error, time.monotonic() - started)
    except Exception:
        return Failed(traceback.format_exc(), time.monotonic() - started)
    return Thought(reply, tuple(talk.turns) if talk else None, time.monotonic() - started)


def packed(message: object) -> bytes:
    """A message as it is sent."""
    content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(content)) + content


def _warm_up(engine: Engine) -> None:
    """Have everything loaded; what stays for good is not looked through for garbage from then on."""
    turns: tuple[Reply, ...] = ()
    for question in _FIRST_QUESTIONS:
        told = outcome(engine, Task(question, None, turns))
        turns = (told.turns if isinstance(told, Thought) else None) or turns
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)


def _next(tasks: "SimpleQueue[Task | None]", engine: Engine) -> Task | None:
    """The next task; while there is none for long, nothing of the index is held, so that a removed article's last trace can be deleted."""
    try:
        return tasks.get(timeout=_IDLE)
    except Empty:
        engine.close()
        return tasks.get()


def _listen(tasks: "SimpleQueue[Task | None]") -> None:
    """Take tasks until the parent closes the pipe, which it also does by dying; then the process ends, with or without its last thought."""
    try:
        while True:
            tasks.put(_receive(sys.stdin.buffer))
    except EOFError:
        tasks.put(None)
    time.sleep(_GRACE)
    os._exit(1)


def _standard_output() -> BinaryIO:
    """The pipe to the parent; whatever a library prints goes to standard error."""
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return pipe


def _send(pipe: BinaryIO, message: object) -> None:
    try:
        pipe.write(packed(message))
        pipe.flush()
    except BrokenPipeError:  # the parent died meanwhile
        os._exit(1)


def _receive(pipe: BinaryIO) -> Any:  # noqa: ANN401  # whatever the parent sent
    """The next message.

    Raises:
        EOFError: there will be none.
    """
    header = pipe.read(LENGTH.size)
    if len(header) < LENGTH.size:
        raise EOFError
    return pickle.loads(pipe.read(*LENGTH.unpack(header)))
