"""What the bot keeps of people no longer than it should: erased when they ask, and emptied day by day."""

import asyncio
import logging
import time
from dataclasses import dataclass

from bot.telegram_bot.service import Service
from rag.errors import SanadError

_LOG = logging.getLogger(__name__)
_DAY = 24 * 3600.0  # seconds
_ASKED = 2 * _DAY  # that the edit of a question can be answered; Telegram takes edits for so long


@dataclass(frozen=True, slots=True)
class Erased:
    """What was kept of somebody: how many answers, ratings and conversations, and whether a language."""

    answers: int
    ratings: int
    conversations: int
    language: bool


def forget(service: Service, user: int) -> Erased:
    """Erase all that is kept of a user.

    Raises:
        SanadError: the database cannot be used.
    """
    answers, ratings = service.answers.forget(user)
    conversations = service.conversations.forget(user)
    service.asked.forget(user)
    erased = Erased(answers, ratings, conversations, service.users.forget(user))
    service.database.flush()
    return erased


def tidy(service: Service) -> None:
    """Empty and delete what is older than it may be.

    Raises:
        SanadError: the database cannot be used.
    """
    emptied = service.answers.expire()
    service.conversations.expire()
    service.asked.expire(time.time() - _ASKED)
    service.inbox.tidy()
    service.database.flush()
    if emptied:
        _LOG.info("emptied of questions and askers: %d answers", emptied)


async def keep_clean(service: Service, every: float = _DAY) -> None:
    """Tidy at once, and then again and again, until cancelled.

    Args:
        service: whose database.
        every: so many seconds.
    """
    while True:
        try:
            await asyncio.to_thread(tidy, service)
        except SanadError as error:  # a full disk, which tomorrow need not be full
            _LOG.error("what is old could not be emptied: %s", error)
        await asyncio.sleep(every)
