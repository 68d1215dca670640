"""What was said before, so that a follow-up can be understood: for each user, chat and topic, until they fall silent.

Kept in the bot's database, so that a talk goes on after a restart: of each reply only what completing a follow-up looks at.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from bot.telegram_bot.database import Database
from rag.engine import Conversation
from rag.model import Answer, Citation, Claim, Language, Refusal, Reply

_SILENCE = 30 * 60.0  # seconds, after which what was said is forgotten
_NO_TOPIC = 0
_MOST = 8  # turns, the last ones


@dataclass
class Conversations:
    """The conversations of a bot.

    Attributes:
        database: where they are kept.
        now: the time in seconds; for tests.

    Raises:
        SanadError: the database cannot be used. Every method may raise it.
    """

    database: Database
    now: Callable[[], float] = time.time

    def of(self, chat: int, topic: int | None, user: int) -> Conversation:
        """The conversation of a user in a chat and topic as it was kept; an empty one where there is none, or they were silent for long."""
        with self.database.connection() as db:
            row = db.execute(
                "SELECT turns FROM turns WHERE chat = ? AND topic = ? AND user = ? AND at > ?",
                (chat, topic or _NO_TOPIC, user, self.now() - _SILENCE),
            ).fetchone()
        return Conversation([_reply(turn) for turn in json.loads(row[0])]) if row else Conversation()

    def keep(self, chat: int, topic: int | None, user: int, conversation: Conversation) -> None:
        """Keep a conversation after its last reply."""
        turns = json.dumps([_turn(reply) for reply in conversation.turns[-_MOST:]], ensure_ascii=False)
        with self.database.connection() as db:
            db.execute(
                "INSERT OR REPLACE INTO turns (chat, topic, user, at, turns) VALUES (?, ?, ?, ?, ?)",
                (chat, topic or _NO_TOPIC, user, self.now(), turns),
            )

    def forget(self, user: int) -> int:
        """Forget every conversation of a user; how many there were."""
        with self.database.connection() as db:
            return db.execute("DELETE FROM turns WHERE user = ?", (user,)).rowcount

    def expire(self) -> None:
        """Delete the conversations of those who fell silent."""
        with self.database.connection() as db:
            db.execute("DELETE FROM turns WHERE at <= ?", (self.now() - _SILENCE,))


class _Turn(TypedDict):
    """A reply as it is kept: what `rag.followup.Turn.of` and a model's `rewrite` look at."""

    answer: bool
    question: str
    language: Language
    text: str
    read_as: str | None
    short: dict[str, str] | None
    claims: list[tuple[str, str | None]]  # text and speaker
    quotes: list[tuple[str, str]]  # and the titles they stand under


def _turn(reply: Reply) -> _Turn:
    return {
        "answer": isinstance(reply, Answer),
        "question": reply.question,
        "language": reply.language,
        "text": reply.text,
        "read_as": reply.read_as,
        "short": {name: str(reply.short[name]) for name in ("text", "type")} if reply.short else None,
        "claims": [(claim.text, claim.speaker) for claim in reply.claims],
        "quotes": [(citation.quote, citation.title) for citation in reply.citations],
    }


def _reply(turn: _Turn) -> Reply:
    kind: type[Answer | Refusal] = Answer if turn["answer"] else Refusal
    return kind(
        turn["question"], turn["language"], turn["text"], "",
        read_as=turn["read_as"], short=turn["short"],
        claims=tuple(Claim(text, (), "quoted", speaker=speaker) for text, speaker in turn["claims"]),
        citations=_citations(turn["quotes"]),
    )  # fmt: skip


def _citations(quotes: Sequence[Sequence[Any]]) -> tuple[Citation, ...]:
    return tuple(
        Citation(i, "", title, "", None, None, None, quote, 0, len(quote), quote)
        for i, (quote, title) in enumerate(quotes, 1)
    )
