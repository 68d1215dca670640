"""A bot in its process, the fake it talks to, and people who talk to it."""

import re
import signal
from pathlib import Path
from typing import Any

from rag.engine import open_engine
from rag.settings import Settings
from tests.telegram_api.content import private
from tests.telegram_api.process import BotProcess, listening
from tests.telegram_api.server import BOT, JSON, Call, TelegramApi

NAME = f"@{BOT['username']}"
ALONE = {"SANAD_TELEGRAM_WORKERS": "1"}  # the bot thinks in its own process, and so starts sooner
_MARKS = re.compile("[\u2066-\u2069\u200e\u200f]")


def person(number: int, name: str, language: str) -> JSON:
    """A user of Telegram."""
    return {"id": number, "is_bot": False, "first_name": name, "language_code": language}


def plain(call: Call) -> str:
    """What a message says, without the marks that direct and isolate."""
    return bare(call.plain)


def bare(text: str) -> str:
    """A text without the marks that direct and isolate."""
    return _MARKS.sub("", text)


def library(folder: Path, *articles: Path) -> Path:
    """A data folder that holds these articles; the folder."""
    with open_engine(Settings(data_dir=folder)) as engine:
        engine.ingest(articles)
    return folder


class Talk:
    """The bot, the API, and what people say.

    Args:
        folder: for the log.
        data: the folder of the articles.
        settings: environment variables of the bot's process.
    """

    def __init__(self, folder: Path, data: Path, **settings: str) -> None:
        self.folder, self.data, self.settings = folder, data, settings
        self.api = TelegramApi().start()
        self.outputs: list[str] = []
        self.bot: BotProcess | None = None

    # The process

    def start(self, *options: str) -> None:
        """Start the bot; return when it asks for updates."""
        before = len(self.api.calls)
        log = self.folder / f"log{len(self.outputs)}"
        self.bot = BotProcess(self.api.port, self.data, log, *options, **self.settings)
        if "--webhook" in options:
            self.api.wait(lambda call: call.method == "setWebhook", after=before, seconds=60)
        else:
            listening(self.api, before)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End the bot; its exit code."""
        assert self.bot
        code = self.bot.stop(number)
        self.outputs.append(self.bot.output)
        self.bot = None
        return code

    def kill(self) -> None:
        """End the bot without letting it do anything."""
        self.stop(signal.SIGKILL)
        self.api.bot_was_killed()

    def close(self) -> None:
        """End whatever runs."""
        if self.bot:
            self.kill()
        self.api.stop()

    @property
    def output(self) -> str:
        """What all processes so far wrote."""
        return "\n".join([*self.outputs, *([self.bot.output] if self.bot else [])])

    # People

    def say(self, text: str, user: JSON, chat: JSON | None = None, **more: Any) -> int:  # noqa: ANN401  # a message's fields
        """Write to the bot, in private where no chat is named; the message's id."""
        return self.api.says(text, chat=chat or private(user), user=user, **more)

    def replies(self, count: int, after: int, seconds: float = 20) -> list[Call]:
        """So many messages of the bot."""
        return self.api.wait(
            lambda call: call.method == "sendMessage" and call.code == 200, count, after=after, seconds=seconds
        )

    def ask(self, text: str, user: JSON, chat: JSON | None = None, **more: Any) -> Call:  # noqa: ANN401
        """What the bot answers, as a reply to the question, with no preview."""
        after = len(self.api.calls)
        number = self.say(text, user, chat, **more)
        reply = self.reply_to(number, after)
        assert reply.arguments["link_preview_options"] == {"is_disabled": True}
        assert reply.chat == (chat or private(user))["id"]
        return reply

    def reply_to(self, message_id: int, after: int, seconds: float = 20) -> Call:
        """The first message of the bot's, from call number `after` on, that replies to this one."""
        return self.api.wait(
            lambda call: call.method == "sendMessage" and call.code == 200 and call.answers == message_id,
            after=after,
            seconds=seconds,
        )[0]

    def edit_of(self, message: Call) -> Call:
        """What a message of the bot's is changed into."""
        return self.api.wait(
            lambda call: (
                (call.method, call.code, call.chat, call.arguments.get("message_id"))
                == ("editMessageText", 200, message.chat, str(message.message_id))
            )
        )[0]

    def press(self, answer: Call, user: JSON, button: JSON | None = None, chat: JSON | None = None) -> Call:
        """Press a button under an answer, the first source's where none is named; the message the bot sends then."""
        told = self.told(answer, user, button or source(answer), chat)
        return self.reply_to(answer.message_id, self.api.calls.index(told))

    def told(self, answer: Call, user: JSON, button: JSON, chat: JSON | None = None) -> Call:
        """Press a button; what the bot shows over the chat for it, which comes before anything it sends.

        Known by the id of the press: one that was in flight at a kill is answered again, beside the next.
        """
        where = chat or {"id": answer.chat, "type": "private", "first_name": user["first_name"]}
        query = self.api.presses(button, message_id=answer.message_id, chat=where, user=user)
        return self.api.wait(
            lambda call: call.method == "answerCallbackQuery" and call.arguments["callback_query_id"] == query
        )[0]


def labelled(answer: Call, label: str) -> JSON:
    """The button of an answer whose label begins so."""
    return next(one for row in answer.buttons for one in row if bare(one["text"]).startswith(label))


def source(answer: Call, number: int = 1) -> JSON:
    """The button of a source of an answer, wherever the writing direction puts it."""
    return labelled(answer, f"[{number}]")
