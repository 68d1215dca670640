"""The order of updates: within a chat as they came, chats side by side."""

import asyncio
from datetime import UTC, datetime

from telegram import Chat, Message, Update

from bot.telegram_bot.order import ChatOrder


def test_a_chat_waits_for_itself_and_for_no_other() -> None:
    done: list[str] = []

    async def handle(name: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        done.append(name)

    async def main() -> None:
        order = ChatOrder()
        updates = [(1, "1a", 0.05), (1, "1b", 0.0), (2, "2a", 0.0)]
        jobs = [
            order.process_update(Update(i, Message(i, datetime.now(UTC), Chat(chat, "private"))), handle(name, seconds))
            for i, (chat, name, seconds) in enumerate(updates)
        ]
        await asyncio.gather(*jobs)
        assert not order._locks

    asyncio.run(main())
    assert done == ["2a", "1a", "1b"]
