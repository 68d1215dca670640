"""What the bot may call: each method of the Bot API under its own name, its effect, and what it refuses."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.telegram_api import checks
from tests.telegram_api.calls import JSON, Refused
from tests.telegram_api.chats import BOT, Chats
from tests.telegram_api.checks import bad
from tests.telegram_api.entities import Entity, utf16
from tests.telegram_api.rates import Rates
from tests.telegram_api.updates import Updates

LARGEST_FILE = 20 * 1024 * 1024  # bytes that a bot may fetch


@dataclass(frozen=True)
class Outcome:
    """What a method returns, and what of it is recorded."""

    result: object = True
    message_id: int = 0
    plain: str = ""
    entities: tuple[Entity, ...] = ()


@dataclass
class Query:
    """A press of a button, or words typed after the bot's name, that waits for its answer."""

    kind: str
    born: float
    options: JSON = field(default_factory=dict)


class Methods:
    """The Bot API's methods over the state of the fake."""

    def __init__(self, chats: Chats, updates: Updates) -> None:
        self.chats, self.updates = chats, updates
        self.rates: Rates | None = None  # Telegram's limits, where they are to be kept
        self.files: dict[str, tuple[JSON, bytes]] = {}
        self.queries: dict[str, Query] = {}
        self.query_life = {"callback": 60.0, "inline": 10.0}  # seconds
        self.unsure: set[int] = set()  # messages of which the bot, killed since, cannot know what they say
        self.profile: dict[tuple[str, str, str], Any] = {}  # by field, language and scope

    def named(self, name: str) -> Callable[[JSON], Outcome]:
        """The method of this name.

        Raises:
            Refused: there is none.
        """
        if name not in _NAMES:
            raise Refused(404, "Not Found")
        method: Callable[[JSON], Outcome] = getattr(self, name)
        return method

    # The bot itself

    def getMe(self, _: JSON) -> Outcome:
        return Outcome(BOT)

    def setWebhook(self, arguments: JSON) -> Outcome:
        self.updates.set_webhook(arguments)
        return Outcome()

    def deleteWebhook(self, arguments: JSON) -> Outcome:
        self.updates.delete_webhook(arguments)
        return Outcome()

    def getWebhookInfo(self, _: JSON) -> Outcome:
        return Outcome(self.updates.webhook_info())

    def setMyCommands(self, arguments: JSON) -> Outcome:
        self.profile[self._menu(arguments)] = checks.commands(arguments)
        return Outcome()

    def deleteMyCommands(self, arguments: JSON) -> Outcome:
        self.profile.pop(self._menu(arguments), None)
        return Outcome()

    def getMyCommands(self, arguments: JSON) -> Outcome:
        return Outcome(self.profile.get(self._menu(arguments), []))

    def setMyName(self, arguments: JSON) -> Outcome:
        return self._introduced(arguments, "name", 64)

    def setMyDescription(self, arguments: JSON) -> Outcome:
        return self._introduced(arguments, "description", 512)

    def setMyShortDescription(self, arguments: JSON) -> Outcome:
        return self._introduced(arguments, "short_description", 120)

    def setChatMenuButton(self, arguments: JSON) -> Outcome:
        if "chat_id" in arguments:
            self.chats.writable(arguments)
        return Outcome()

    def _menu(self, arguments: JSON) -> tuple[str, str, str]:
        scope = checks.scope(arguments)
        if "chat_id" in scope and not self.chats.knows(scope["chat_id"]):
            # A bot that gives its owner a menu cannot know whether they ever wrote to it.
            raise Refused(400, "Bad Request: chat not found", expected=True)
        told = ":".join(str(scope[name]) for name in ("type", "chat_id", "user_id") if name in scope)
        return "commands", checks.language_code(arguments), told

    def _introduced(self, arguments: JSON, name: str, most: int) -> Outcome:
        self.profile[name, checks.language_code(arguments), ""] = checks.at_most(arguments, name, most)
        return Outcome()

    # Messages

    def sendMessage(self, arguments: JSON) -> Outcome:
        chat = self.chats.writable(arguments)
        plain, entities = checks.text(arguments)
        keyboard = checks.markup(arguments)
        fields = self.chats.thread(chat, arguments) | self.chats.answered(chat, arguments)
        self._hold(chat)
        message = self.chats.add(chat, **{"from": BOT}, **fields)
        _write(message, plain, entities, keyboard)
        return _outcome(message, plain, entities)

    def sendMessageDraft(self, arguments: JSON) -> Outcome:
        chat = self.chats.writable(arguments)
        if chat["type"] != "private":
            raise bad("message drafts can be sent only to private chats")
        if not int(arguments.get("draft_id", 0)):
            raise bad("draft_id must be non-zero")
        self.chats.thread(chat, arguments)
        plain, entities = checks.text(arguments)
        return Outcome(plain=plain, entities=tuple(entities))

    def editMessageText(self, arguments: JSON) -> Outcome:
        chat, message = self._edited(arguments)
        plain, entities = checks.text(arguments)
        keyboard = checks.markup(arguments, inline=True)
        if _says(message, plain, entities, keyboard):
            raise self._unmodified(message)
        self._hold(chat)
        _write(message, plain, entities, keyboard)
        message["edit_date"] = int(time.time())
        return _outcome(message, plain, entities)

    def editMessageReplyMarkup(self, arguments: JSON) -> Outcome:
        chat, message = self._edited(arguments)
        keyboard = checks.markup(arguments, inline=True)
        if keyboard == message.get("reply_markup", {}):
            raise self._unmodified(message)
        self._hold(chat)
        message["reply_markup"] = keyboard
        if not keyboard:
            del message["reply_markup"]
        return Outcome(dict(message), int(message["message_id"]))

    def deleteMessage(self, arguments: JSON) -> Outcome:
        chat = self.chats.writable(arguments)
        message = self.chats.own(chat, arguments, "delete")
        del self.chats.messages[chat["id"], message["message_id"]]
        return Outcome()

    def sendChatAction(self, arguments: JSON) -> Outcome:
        chat = self.chats.writable(arguments)
        checks.chat_action(arguments)
        self.chats.thread(chat, arguments)
        return Outcome()

    def getChat(self, arguments: JSON) -> Outcome:
        return Outcome(self.chats.writable(arguments) | {"accent_color_id": 0, "max_reaction_count": 11})

    def leaveChat(self, arguments: JSON) -> Outcome:
        self.chats.closed.add(self.chats.writable(arguments)["id"])
        return Outcome()

    def _edited(self, arguments: JSON) -> tuple[JSON, JSON]:
        """The chat and the message that a call edits; of messages sent through the bot in other chats this fake has none."""
        if "inline_message_id" in arguments:
            raise bad("MESSAGE_ID_INVALID")
        chat = self.chats.writable(arguments)
        return chat, self.chats.own(chat, arguments)

    def _unmodified(self, message: JSON) -> Refused:
        excused = message["message_id"] in self.unsure
        self.unsure.discard(message["message_id"])
        return Refused(400, _UNMODIFIED, expected=excused)

    def _hold(self, chat: JSON) -> None:
        wait = self.rates.refusal(chat["id"]) if self.rates else None
        if wait:
            raise Refused(429, f"Too Many Requests: retry after {wait}", retry_after=wait)

    # Queries

    def answerCallbackQuery(self, arguments: JSON) -> Outcome:
        if utf16(str(arguments.get("text", ""))) > 200:
            raise bad("MESSAGE_TOO_LONG")
        self._answered(arguments["callback_query_id"], "callback")
        return Outcome(plain=str(arguments.get("text", "")))

    def answerInlineQuery(self, arguments: JSON) -> Outcome:
        results = checks.inline_results(arguments)
        query = self._answered(arguments["inline_query_id"], "inline")
        query.options["results"] = results
        return Outcome()

    def _answered(self, query_id: str, kind: str) -> Query:
        """The query, which may be answered once, and not for long."""
        query = self.queries.get(query_id)
        known = query is not None and query.kind == kind
        if not query or not known or time.monotonic() - query.born > self.query_life[kind] or "done" in query.options:
            told = "query is too old and response timeout expired or query ID is invalid"
            raise Refused(400, f"Bad Request: {told}", expected=known)
        query.options["done"] = True
        return query

    # Files

    def getFile(self, arguments: JSON) -> Outcome:
        known = self.files.get(arguments.get("file_id", ""))
        if known is None:
            raise bad("wrong file_id or the file is temporarily unavailable")
        about, content = known
        if len(content) > LARGEST_FILE:
            raise bad("file is too big")
        return Outcome({name: about[name] for name in ("file_id", "file_unique_id", "file_size", "file_path")})


_NAMES = frozenset(name for name, value in vars(Methods).items() if callable(value) and name[0] != "_") - {"named"}
_UNMODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


def _write(message: JSON, plain: str, entities: list[Entity], keyboard: JSON) -> None:
    for name in ("entities", "reply_markup"):
        message.pop(name, None)
    message["text"] = plain
    if entities:
        message["entities"] = [entity.json for entity in entities]
    if "inline_keyboard" in keyboard:
        message["reply_markup"] = keyboard


def _says(message: Mapping[str, Any], plain: str, entities: list[Entity], keyboard: JSON) -> bool:
    """Whether a message says just this already."""

    def bag(given: list[JSON]) -> list[str]:
        return sorted(str(sorted(one.items())) for one in given)

    return (
        plain == message.get("text")
        and bag([entity.json for entity in entities]) == bag(message.get("entities", []))
        and keyboard == message.get("reply_markup", {})
    )


def _outcome(message: JSON, plain: str, entities: list[Entity]) -> Outcome:
    return Outcome(dict(message), int(message["message_id"]), plain, tuple(entities))
