"""What Telegram takes: texts, buttons, commands, inline results. Pure: the arguments of a call in, or `Refused`."""

import json
import re
from collections.abc import Sequence
from typing import Any

from tests.telegram_api.calls import JSON, Refused
from tests.telegram_api.entities import Entity, ParseError, kept, parse, utf16, visible

LONGEST = 4096  # of a text, in UTF-16 units, after its entities are read
_ACTIONS = (
    "callback_data", "url", "web_app", "login_url", "switch_inline_query",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip
_MARKUPS = {"inline_keyboard", "keyboard", "remove_keyboard", "force_reply"}
_CHAT_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip
_SCOPES = {
    "default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat", "chat_administrators",
    "chat_member",
}  # fmt: skip


def bad(description: str) -> Refused:
    """What a call is answered that nobody should have made."""
    return Refused(400, f"Bad Request: {description}")


def text(arguments: JSON, name: str = "text", entities: str = "entities") -> tuple[str, list[Entity]]:
    """The text and entities of a message as Telegram keeps them.

    Raises:
        Refused: it is empty, too long, or its HTML cannot be read.
    """
    given, mode = str(arguments.get(name, "")), arguments.get("parse_mode")
    if mode not in (None, "HTML"):
        raise bad("unsupported parse_mode")
    try:
        plain, found = parse(given) if mode else (kept(given), _told(given, arguments.get(entities, [])))
    except ParseError as error:
        raise bad(str(error)) from None
    if not visible(plain):
        raise bad("message text is empty")
    if utf16(plain) > LONGEST:
        raise bad("message is too long")
    return plain, found


def _told(given: str, entities: Sequence[JSON]) -> list[Entity]:
    """Entities that came beside the text instead of in it."""
    units = given.encode("utf-16-le")
    found = []
    for one in entities:
        start, end = 2 * int(one["offset"]), 2 * (int(one["offset"]) + int(one["length"]))
        if not 0 <= start < end <= len(units):
            raise bad("entity beyond the end of the text")
        found.append(Entity(one["type"], start // 2, units[start:end].decode("utf-16-le"), one.get("url", "")))
    return found


def markup(arguments: JSON, *, inline: bool = False) -> JSON:
    """The keyboard of a message; empty where there is none.

    Raises:
        Refused: a row or button of it is not as it should be.
    """
    given = arguments.get("reply_markup")
    if not given:
        return {}
    if not isinstance(given, dict) or len(_MARKUPS & set(given)) != 1 or (inline and "inline_keyboard" not in given):
        raise bad("object expected as reply markup")
    rows = given.get("inline_keyboard", [])
    if sum(len(row) for row in rows) > 100 or any(not 1 <= len(row) <= 8 for row in rows):
        raise bad("reply markup is too long")
    for row in rows:
        for button in row:
            _button(button)
    return given if rows or not inline else {}


def _button(button: JSON) -> None:
    if not visible(button.get("text", "")):
        raise bad('can\'t parse inline keyboard button: Field "text" must be non-empty')
    if sum(action in button for action in _ACTIONS) != 1:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    if "url" in button and not re.match(r"(https?|tg)://[^\s]+$", button["url"]):
        raise bad(f"inline keyboard button URL '{button['url']}' is invalid")
    if "copy_text" in button and not 1 <= len(button["copy_text"]["text"]) <= 256:
        raise bad("BUTTON_COPY_TEXT_INVALID")


def chat_action(arguments: JSON) -> None:
    """Refuse an action that is none."""
    if arguments.get("action") not in _CHAT_ACTIONS:
        raise bad("wrong parameter action in request")


def language_code(arguments: JSON) -> str:
    """The two letters of a language, or nothing."""
    code = str(arguments.get("language_code", ""))
    if code and not re.fullmatch("[a-z]{2}", code):
        raise bad("LANG_CODE_INVALID")
    return code


def scope(arguments: JSON) -> JSON:
    """To whom a menu of commands is shown."""
    given: JSON = arguments.get("scope") or {"type": "default"}
    if given.get("type") not in _SCOPES:
        raise bad("can't parse BotCommandScope: unsupported type specified")
    if given["type"].startswith("chat") and "chat_id" not in given:
        raise bad("chat_id is empty")
    return given


def commands(arguments: JSON) -> list[JSON]:
    """The commands of a menu."""
    given: list[JSON] = arguments["commands"]
    if len(given) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in given:
        if not re.fullmatch("[a-z0-9_]{1,32}", command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not visible(command["description"]) or utf16(command["description"]) > 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    if len({command["command"] for command in given}) < len(given):
        raise bad("BOT_COMMAND_DUPLICATE")
    return given


def at_most(arguments: JSON, name: str, most: int) -> str:
    """A text of the bot's profile, which may be empty."""
    given = str(arguments.get(name, ""))
    if utf16(given) > most:
        raise bad(f"{name.replace('_', ' ')} is too long")
    return given


def inline_results(arguments: JSON) -> list[JSON]:
    """The results of an inline query, each checked as the message that it would become.

    Raises:
        Refused: too many, one without its id, title or text, or a text that Telegram would not send.
    """
    results: list[JSON] = arguments["results"]
    if len(results) > 50:
        raise bad("RESULTS_TOO_MUCH")
    ids = [str(one.get("id", "")) for one in results]
    if any(not 1 <= len(one.encode()) <= 64 for one in ids):
        raise bad("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise bad("RESULT_ID_DUPLICATE")
    if len(str(arguments.get("next_offset", "")).encode()) > 64:
        raise bad("NEXT_OFFSET_INVALID")
    _results_button(arguments.get("button"))
    for one in results:
        _inline_result(one)
    return results


def _results_button(button: JSON | None) -> None:
    if button is None:
        return
    if not visible(button.get("text", "")):
        raise bad("INLINE_QUERY_RESULTS_BUTTON_TEXT_INVALID")
    if "web_app" not in button and not re.fullmatch("[A-Za-z0-9_-]{1,64}", button.get("start_parameter", "")):
        raise bad("START_PARAM_INVALID")


def _inline_result(result: JSON) -> None:
    if result.get("type") != "article":
        raise bad(f"can't parse inline query result: this fake knows articles only, not {result.get('type')!r}")
    if not visible(result.get("title", "")):
        raise bad('can\'t parse inline query result: Field "title" must be non-empty')
    content = result.get("input_message_content")
    if not isinstance(content, dict):
        raise bad("can't parse inline query result: message content is not specified")
    text(content, "message_text")
    markup(result, inline=True)


def decoded(name: str, value: str) -> Any:  # noqa: ANN401  # whatever JSON holds
    """An argument that is an object or a list.

    Raises:
        Refused: it is no JSON.
    """
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from None
