"""The chats the bot has met, their topics, and every message in them."""

import time

from tests.telegram_api.calls import JSON, Refused
from tests.telegram_api.checks import bad

BOT: JSON = {
    "id": 123456789, "is_bot": True, "first_name": "Sanad", "username": "sanad_test_bot", "can_join_groups": True,
    "can_read_all_group_messages": False, "supports_inline_queries": True,
}  # fmt: skip


class Chats:
    """What is known of chats; a chat nobody wrote in is not found."""

    def __init__(self) -> None:
        self.messages: dict[tuple[int, int], JSON] = {}
        self.closed: set[int] = set()  # to the bot: users who blocked it, groups it was removed from
        self.successors: dict[int, JSON] = {}  # the supergroups that groups became
        self._known: dict[int, JSON] = {}
        self._topics: dict[tuple[int, int], int] = {}  # the message that opened each, and its number
        self._last = 1000

    def meet(self, chat: JSON) -> None:
        """From now on the bot may write there."""
        self._known[chat["id"]] = self._known.get(chat["id"], {}) | chat

    def knows(self, number: object) -> bool:
        """Whether it may write to the chat of this id, as far as it met it."""
        return any(str(one) == str(number) for one in self._known)

    def add(self, chat: JSON, **fields: object) -> JSON:
        """A message with the next number."""
        self.meet(chat)
        self._last += 1
        message: JSON = {
            "message_id": self._last, "date": int(time.time()), "chat": self._known[chat["id"]], **fields,
        }  # fmt: skip
        self.messages[chat["id"], self._last] = message
        return message

    def open_topic(self, chat: JSON, user: JSON, name: str) -> int:
        """A new topic of a forum; its number."""
        message = self.add(chat, **{"from": user}, forum_topic_created={"name": name, "icon_color": 7322096})
        number = int(message["message_id"])
        message |= {"message_thread_id": number, "is_topic_message": True}
        self._topics[chat["id"], number] = number
        return number

    def in_topic(self, chat: JSON, number: int) -> JSON:
        """The fields that a message written in a topic has; it replies to the one that opened it, as Telegram has it."""
        opening = self.messages[chat["id"], self._topics[chat["id"], number]]
        return {"message_thread_id": number, "is_topic_message": True, "reply_to_message": opening}

    def writable(self, arguments: JSON) -> JSON:
        """The chat a call names.

        Raises:
            Refused: it is not known, closed to the bot, or another one now.
        """
        given = str(arguments.get("chat_id", ""))
        chat = self._known.get(int(given)) if given.lstrip("-").isdigit() else None
        if chat is None:
            raise bad("chat not found" if given else "chat_id is empty")
        if new := self.successors.get(chat["id"]):
            raise Refused(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                expected=True,
                migrate_to_chat_id=new["id"],
            )
        if chat["id"] in self.closed:
            private = chat["type"] == "private"
            told = "bot was blocked by the user" if private else f"bot was kicked from the {chat['type']} chat"
            raise Refused(403, f"Forbidden: {told}")
        return chat

    def thread(self, chat: JSON, arguments: JSON) -> JSON:
        """The fields that a message sent with a topic's number has.

        Raises:
            Refused: there is no such topic.
        """
        if not (number := int(arguments.get("message_thread_id", 0))):
            return {}
        if (chat["id"], number) not in self._topics:
            raise bad("message thread not found")
        return {"message_thread_id": number, "is_topic_message": True}

    def answered(self, chat: JSON, arguments: JSON) -> JSON:
        """The field that a message sent as a reply has.

        Raises:
            Refused: the message it replies to is not there, and it does not say that it may go without.
        """
        reply = arguments.get("reply_parameters")
        if not reply:
            return {}
        if not isinstance(reply, dict) or "message_id" not in reply:
            raise bad("can't parse reply parameters: object with message_id expected")
        found = self.messages.get((chat["id"], int(reply["message_id"])))
        if not found:
            if not reply.get("allow_sending_without_reply"):
                raise bad("message to be replied not found")
            return {}
        if str(reply.get("quote", "")) not in str(found.get("text", found.get("caption", ""))):
            raise bad("QUOTE_TEXT_INVALID")
        return {"reply_to_message": {name: value for name, value in found.items() if name != "reply_to_message"}}

    def own(self, chat: JSON, arguments: JSON, verb: str = "edit") -> JSON:
        """The bot's own message that a call names.

        Raises:
            Refused: it is not there, or not the bot's.
        """
        message = self.messages.get((chat["id"], int(arguments.get("message_id", 0))))
        if message is None:
            raise bad(f"message to {verb} not found")
        if message.get("from", {}).get("id") != BOT["id"]:
            raise bad(f"message can't be {verb.removesuffix('e')}ed")
        return message
