"""What people send besides plain text, as it stands in a message."""

import re
from typing import Any

from tests.telegram_api.entities import utf16

JSON = dict[str, Any]
_DETECTED = re.compile(
    r"(?P<bot_command>(?<![\w/@])/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{4,32})?(?![\w/]))"
    r"|(?P<mention>(?<!\w)@[A-Za-z][A-Za-z0-9_]{3,31})|(?P<url>https?://[^\s<>]+)|(?P<hashtag>(?<![\w#])#\w*[^\W\d]\w*)"
)


def detected(text: str) -> list[JSON]:
    """The entities that Telegram finds in what somebody writes: commands, mentions, addresses, tags."""
    return [
        {"type": str(found.lastgroup), "offset": utf16(text[: found.start()]), "length": utf16(found[0])}
        for found in _DETECTED.finditer(text)
    ]


def private(user: JSON) -> JSON:
    """The private chat with a user."""
    return {"id": user["id"], "type": "private", "first_name": user["first_name"]}


def _file(name: str, **more: object) -> JSON:
    return {"file_id": f"id-{name}", "file_unique_id": f"unique-{name}", "file_size": 1024, **more}


def sticker() -> JSON:
    """A sticker."""
    about = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False, "emoji": "👍"}
    return {"sticker": _file("sticker", **about)}


def voice() -> JSON:
    """A voice message."""
    return {"voice": _file("voice", duration=7, mime_type="audio/ogg")}


def photo(caption: str = "") -> JSON:
    """A photo, with or without words under it."""
    return {"photo": [_file("photo", width=90, height=60)], **_captioned(caption)}


def video(caption: str = "") -> JSON:
    """A video, with or without words under it."""
    return {"video": _file("video", width=90, height=60, duration=3), **_captioned(caption)}


def location() -> JSON:
    """A place on the map."""
    return {"location": {"latitude": 33.78, "longitude": 42.44}}


def contact() -> JSON:
    """Somebody's number."""
    return {"contact": {"phone_number": "+9647700000000", "first_name": "Ali"}}


def poll() -> JSON:
    """A poll."""
    options = [{"text": text, "voter_count": 0, "persistent_id": text} for text in ("yes", "no")]
    about = {"is_closed": False, "is_anonymous": True, "type": "regular", "allows_multiple_answers": False}
    more = {"allows_revoting": True, "members_only": False}
    return {"poll": {"id": "1", "question": "؟", "options": options, "total_voter_count": 0, **about, **more}}


def dice() -> JSON:
    """A die."""
    return {"dice": {"emoji": "🎲", "value": 3}}


def forwarded_from_user(user: JSON) -> JSON:
    """What marks a message as somebody's words passed on."""
    return {"forward_origin": {"type": "user", "date": 1_700_000_000, "sender_user": user}}


def forwarded_from_hidden(name: str) -> JSON:
    """The same of somebody who does not want to be known."""
    return {"forward_origin": {"type": "hidden_user", "date": 1_700_000_000, "sender_user_name": name}}


def forwarded_from_channel(chat: JSON, message_id: int = 5) -> JSON:
    """What marks a message as a channel's post passed on."""
    return {"forward_origin": {"type": "channel", "date": 1_700_000_000, "chat": chat, "message_id": message_id}}


def _captioned(caption: str) -> JSON:
    return {"caption": caption, "caption_entities": detected(caption)} if caption else {}
