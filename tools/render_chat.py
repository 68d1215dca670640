"""Conversations with the bot as pictures: `python tools/render_chat.py FOLDER [--png] [--only NAME]`.

The real bot answers over the seed articles, and a fake Telegram shows what it takes: a page a conversation, laid out as Telegram
lays it out. With --png a picture of each is made by Chromium, which must be installed.
"""

import argparse
import html
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.telegram_api.content import detected, private
from tests.telegram_api.server import BOT, JSON, Call
from tests.telegram_api.talk import NAME, Talk, bare, library, person

ROOT = Path(__file__).parent.parent
AMAL, JOHN = person(77, "أمل", "ar"), person(88, "John", "en")
GROUP: JSON = {"id": -1001, "type": "supergroup", "title": "Newsroom"}
_TAGS = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "code": "code", "pre": "pre", "text_link": "a",
    "blockquote": "blockquote", "expandable_blockquote": "blockquote", "bot_command": "a", "mention": "a", "url": "a",
    "hashtag": "a",
}  # fmt: skip
# Machines without a font of emoji show boxes; these few are drawn.
_THUMB = (
    '<svg viewBox="0 0 24 24" width="17" height="17" style="vertical-align:-3px{turned}"><path fill="#fc3" d="M2 11h4v10H2zM8 '
    '21V11l4.5-8.5c1.8 0 2.6 1.4 2.2 3L13.8 9H20c1.4 0 2.3 1.2 2 2.5l-1.8 7.6c-.3 1.200-1.2 1.900-2.400 1.900z"/></svg>'
)
_DRAWN = {"👍": _THUMB.format(turned=""), "👎": _THUMB.format(turned=";transform:rotate(180deg)")}
_SETTLED = 1.5  # seconds without a message of the bot's, after which it has said all


@dataclass(frozen=True)
class Step:
    """What somebody does: says a text, presses a button by the beginning of its label, or types after the bot's name.

    Attributes:
        open: the quotations that come are shown whole.
    """

    user: JSON
    says: str = ""
    presses: str = ""
    types: str = ""
    open: bool = False


@dataclass
class Scene:
    """A conversation, and what is seen of it."""

    name: str
    steps: Sequence[Step]
    chat: JSON | None = None
    seen: list[Callable[[], str]] = field(default_factory=list)  # looked at in the end, for messages change


HOW_MANY_AR = "كم جنديا أميركيا أصيب في الهجوم على عين الأسد؟"
HOW_MANY = "How many American soldiers were injured in the attack on Ain al-Asad?"
SCENES = [
    Scene("ar-question", [Step(AMAL, HOW_MANY_AR), Step(AMAL, presses="[1]", open=True), Step(AMAL, presses="👍")]),
    Scene("ar-disagreement", [Step(AMAL, "كم صاروخا استهدف القاعدة في تموز 2021؟"), Step(AMAL, presses="[2]")]),
    Scene("ar-all", [Step(AMAL, "من هو واين ماروتو؟"), Step(AMAL, presses="كل", open=True), Step(AMAL, presses="👍")]),
    Scene("ar-follow-up", [Step(AMAL, "من هو واين ماروتو؟"), Step(AMAL, "وماذا قال عن الهجوم؟")]),
    Scene("ar-refusal", [Step(AMAL, "كم عدد سكان الرمادي؟"), Step(AMAL, "لماذا قتل هجوم تموز 2021 عشرة جنود؟")]),
    Scene("en-question", [Step(JOHN, HOW_MANY), Step(JOHN, presses="[1]", open=True), Step(JOHN, presses="👍")]),
    Scene("en-all", [Step(JOHN, "How many rockets hit the base in July 2021?"), Step(JOHN, presses="All")]),
    Scene("en-follow-up", [Step(JOHN, "Who is Wayne Marotto?"), Step(JOHN, "And what did he say about the attack?")]),
    Scene(
        "en-refusal",
        [
            Step(JOHN, "What is the population of Ramadi?"),
            Step(JOHN, "Why did the July 2021 attack kill ten soldiers?"),
            Step(JOHN, presses="👎"),
        ],
    ),
    Scene(
        "group",
        [
            Step(AMAL, "هل قرأتم خبر القاعدة؟"),
            Step(AMAL, f"{NAME} متى وقع الهجوم على قاعدة عين الأسد؟"),
            Step(JOHN, f"{NAME} {HOW_MANY}"),
        ],
        GROUP,
    ),
    Scene("ar-commands", [Step(AMAL, one) for one in ("/start", "/help", "/articles", "/lang", "/about", "/forget")]),
    Scene("en-commands", [Step(JOHN, one) for one in ("/start", "/help", "/articles", "/lang", "/about", "/forget")]),
    Scene("inline", [Step(AMAL, types=HOW_MANY_AR), Step(JOHN, types=HOW_MANY)]),
    Scene("menus", []),
]


def main() -> None:
    """Hold the conversations and write their pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--png", action="store_true")
    parser.add_argument("--only", action="append")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        talk = Talk(Path(made), library(Path(made) / "data", ROOT / "seeds"))
        try:
            talk.start()
            for number, scene in enumerate(SCENES):
                if not arguments.only or scene.name in arguments.only:
                    hold(talk, scene, number)
                    page = arguments.folder / f"{scene.name}.html"
                    page.write_text(document(scene), encoding="utf-8")
                    print(picture(page) if arguments.png else page)
            for call in talk.api.invalid:
                print(f"invalid: {call.method}: {call.description}")
        finally:
            talk.close()


def hold(talk: Talk, scene: Scene, number: int) -> None:
    """Hold a conversation, with people of its own, and note what is seen of it."""
    if scene.name == "menus":
        scene.seen += [partial(str, shown) for shown in menus(talk)]
    for step in scene.steps:
        user = step.user | {"id": 100 * number + step.user["id"]}
        chat, before, known = scene.chat or private(user), len(talk.api.calls), set(talk.api.chats.messages)
        if step.types:
            query = talk.api.types(step.types, user=user)
            talk.api.wait(lambda call: call.method == "answerInlineQuery", after=before)
            scene.seen.append(partial(results, step, talk.api.results(query)))
            continue
        if step.says:
            talk.api.says(step.says, chat=chat, user=user)
        else:
            message, button = pressed(talk, chat, step.presses)
            scene.seen.append(partial(event, button["text"]))
            talk.api.presses(button, message_id=message["message_id"], chat=chat, user=user)
        if not scene.chat or NAME in step.says:
            settle(talk, before)
        new = [message for key, message in talk.api.chats.messages.items() if key not in known and key[0] == chat["id"]]
        scene.seen += [partial(bubble, message, user, opened=step.open) for message in new]
        noted = [call for call in talk.api.calls[before:] if call.method == "answerCallbackQuery" and call.plain]
        scene.seen += [partial(toast, call) for call in noted]


def settle(talk: Talk, after: int) -> None:
    """Return when the bot has said all it has to say."""

    def said(call: Call) -> bool:
        return call.method.startswith(("send", "edit", "answer")) and call.method != "sendChatAction"

    talk.api.wait(said, after=after)
    while True:
        quiet = len(talk.api.calls)
        try:
            talk.api.wait(said, after=quiet, seconds=_SETTLED)
        except AssertionError:
            return


def pressed(talk: Talk, chat: JSON, label: str) -> tuple[JSON, JSON]:
    """The newest message that has a button of this label, and the button."""
    for (where, _), message in reversed(talk.api.chats.messages.items()):
        for row in message.get("reply_markup", {}).get("inline_keyboard", []) if where == chat["id"] else []:
            for button in row:
                if bare(button["text"]).startswith(label):
                    return message, button
    raise SystemExit(f"no button {label!r}")


def menus(talk: Talk) -> Iterator[str]:
    """What Telegram shows of the bot before anybody speaks to it."""
    profile = talk.api.methods.profile
    for (name, language, scope), value in sorted(profile.items(), key=str):
        rows = value if isinstance(value, list) else [{"command": "", "description": value}]
        lines = "".join(
            f"<div>{one['command'] and '/'}{one['command']} <p>{html.escape(one['description'])}</p></div>"
            for one in rows
        )
        yield event(f"{name} {language} {scope}") + f'<div class="menu">{lines}</div>'


def bubble(message: JSON, viewer: JSON, *, opened: bool) -> str:
    """One message as the viewer sees it."""
    mine = message.get("from", {}).get("id") == viewer["id"]
    group = message["chat"]["type"] != "private"
    name = f'<div class="name">{html.escape(message["from"]["first_name"])}</div>' if group and not mine else ""
    foot = "edited 12:00" if "edit_date" in message else "12:00"
    inside = name + quoted(message) + marked(message, opened=opened) + f'<div class="foot">{foot}</div>'
    keys = keyboard(message.get("reply_markup", {}).get("inline_keyboard", []))
    return f'<div class="row{" mine" if mine else ""}"><div class="bubble">{inside}</div>{keys}</div>'


def quoted(message: JSON) -> str:
    """The head of a message that replies to another."""
    answered = message.get("reply_to_message")
    if not answered or "text" not in answered:
        return ""
    first = html.escape(answered["text"].split("\n")[0])
    return f'<div class="reply"><b>{html.escape(answered["from"]["first_name"])}</b><span>{first}</span></div>'


def marked(message: JSON, *, opened: bool) -> str:
    """A message's text with its entities as HTML, lines and block quotes each with their own direction."""
    units = message.get("text", "").encode("utf-16-le")
    # Telegram finds commands and mentions in a bot's message too; the fake only in people's.
    found = message.get("entities", []) + (detected(message["text"]) if message["from"]["is_bot"] else [])
    entities = sorted(found, key=lambda one: (one["offset"], -one["length"]))
    blocks = [one for one in entities if "blockquote" in one["type"]]
    made, at = "", 0
    for block in blocks:
        end = block["offset"] + block["length"]
        made += _lines(units, entities, at, block["offset"])
        short = "" if opened or block["type"] == "blockquote" else ' class="short"'
        inside = _inline(units, entities, block["offset"], end)
        rtl = bool(re.match(r"[^A-Za-zء-ي]*[ء-ي]", html.unescape(re.sub("<[^>]*>", "", inside))))
        made += f'<blockquote{short} data-dir="{"rtl" if rtl else "ltr"}" onclick="this.classList.toggle(\'short\')">{inside}</blockquote>'
        at = end
    return made + _lines(units, entities, at, len(units) // 2)


def _lines(units: bytes, entities: Sequence[JSON], start: int, end: int) -> str:
    inside = _inline(units, entities, start, end)
    return f'<div class="text">{inside.strip(chr(10))}</div>' if inside.strip() else ""


def _inline(units: bytes, entities: Sequence[JSON], start: int, end: int) -> str:
    """The text between two places, with tags for the entities in it that are no block quotes."""
    inner = [one for one in entities if start <= one["offset"] < end and "blockquote" not in one["type"]]
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for one in inner:
        tag = _TAGS.get(one["type"], "span")
        opening.setdefault(one["offset"], []).append(f"<{tag}>")
        closing.setdefault(one["offset"] + one["length"], []).insert(0, f"</{tag}>")
    made, at = "", start
    for place in sorted({*opening, *closing, end}):
        made += html.escape(units[2 * at : 2 * place].decode("utf-16-le"), quote=False)
        made += "".join(closing.get(place, [])) + "".join(opening.get(place, []))
        at = place
    return made


def keyboard(rows: Sequence[Sequence[JSON]]) -> str:
    """The buttons under a message; Telegram sets a row left to right."""
    made = ""
    for row in rows:
        keys = "".join(f"<span>{html.escape(one['text'])}</span>" for one in row)
        made += f'<div class="keys">{keys}</div>'
    return f'<div class="keyboard">{made}</div>' if rows else ""


def event(text: str) -> str:
    """What somebody did that is no message."""
    return f'<div class="event">{html.escape(text)}</div>'


def toast(call: Call) -> str:
    """The note that who pressed a button sees."""
    return f'<div class="toast">{html.escape(call.plain)}</div>'


def results(step: Step, found: Sequence[JSON]) -> str:
    """What somebody who types after the bot's name can choose from."""
    lines = "".join(
        f"<div>{html.escape(one['title'])}<p>{html.escape(one.get('description', ''))}</p></div>" for one in found
    )
    return event(f"@{BOT['username']} {step.types}") + f'<div class="results">{lines}</div>'


def document(scene: Scene) -> str:
    """The page of a conversation."""
    style = Path(__file__).with_name("render_chat.css").read_text(encoding="utf-8")
    head = f'<!DOCTYPE html><meta charset="utf-8"><title>{scene.name}</title><style>{style}</style>'
    body = "\n".join(look() for look in scene.seen)
    for emoji, drawn in _DRAWN.items():
        body = body.replace(emoji, drawn)
    return f"{head}<body>{body}</body>\n"


def picture(page: Path) -> Path:
    """A picture of a page, as high as what stands on it."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        raise SystemExit("--png needs Chromium")
    common = [
        chromium,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--allow-file-access-from-files",
    ]
    measuring = page.with_suffix(".measured.html")
    script = "<script>document.title = document.body.scrollHeight</script>"
    measuring.write_text(page.read_text(encoding="utf-8") + script, encoding="utf-8")
    dumped = subprocess.run(
        [*common, "--window-size=430,100", "--dump-dom", measuring.as_uri()], capture_output=True, text=True, check=True
    )
    measuring.unlink()
    height = re.search(r"<title>(\d+)</title>", dumped.stdout)
    made = page.with_suffix(".png")
    size = f"--window-size=430,{height[1] if height else 900}"
    subprocess.run([*common, size, f"--screenshot={made}", page.as_uri()], capture_output=True, check=True)
    return made


if __name__ == "__main__":
    main()
