"""The fake Bot API over real HTTP, on the loopback interface."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from tests.telegram_api.calls import JSON, Call, Fault, Refused
from tests.telegram_api.chats import BOT, Chats
from tests.telegram_api.content import detected, private
from tests.telegram_api.methods import Methods, Outcome, Query
from tests.telegram_api.rates import Rates
from tests.telegram_api.updates import Updates
from tests.telegram_api.wire import Response, Server, handler

__all__ = ["BOT", "JSON", "TOKEN", "Call", "Fault", "TelegramApi"]
TOKEN = "123456789:AAFakeTokenThatNobodyMaySeeAnywhere"


@dataclass
class TelegramApi:
    """The whole fake: what people do, what the bot calls, and what is scripted to go wrong.

    Attributes:
        calls: every call, in the order in which they were done.
        invalid: those that were answered 400 and that a careful bot would not have made.
        faults: what happens to the next calls, each once.
        down: every call is answered 502 and has no effect.
    """

    calls: list[Call] = field(default_factory=list)
    invalid: list[Call] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    down: bool = False

    def __post_init__(self) -> None:
        self._changed = threading.Condition()
        self.chats = Chats()
        self.updates = Updates(self._changed)
        self.methods = Methods(self.chats, self.updates)
        self._queries = 5000
        self._server: Server | None = None
        self._thread: threading.Thread | None = None

    # Running

    def start(self, port: int = 0) -> "TelegramApi":
        """Serve from now on; port 0 takes a free one."""
        self.updates.closing = False
        self._server = Server(("127.0.0.1", port), handler(self))
        serve = partial(self._server.serve_forever, poll_interval=0.02)
        self._thread = threading.Thread(target=serve, daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Serve no more."""
        assert self._server
        assert self._thread
        self.updates.closing = True
        with self._changed:
            self._changed.notify_all()
        self.updates.delete_webhook({})
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        """Where it listens."""
        assert self._server
        return int(self._server.server_address[1])

    def keep_limits(self) -> None:
        """From now on answer 429 to whoever sends faster than Telegram allows."""
        self.methods.rates = Rates()

    # What people do

    def says(
        self, text: str, *, chat: JSON, user: JSON, entities: list[JSON] | None = None, topic: int = 0, **more: object
    ) -> int:
        """Somebody writes a message; its id. Commands, mentions and addresses in it are found as Telegram finds them."""
        found = detected(text) if entities is None else entities
        written = ({"text": text} if text else {}) | ({"entities": found} if found and text else {})
        return self.sends(written | more, chat=chat, user=user, topic=topic)

    def sends(self, content: JSON, *, chat: JSON, user: JSON, topic: int = 0) -> int:
        """Somebody sends something, of any kind; its id."""
        with self._changed:
            placed = self.chats.in_topic(chat, topic) if topic else {}
            message = self.chats.add(chat, **{"from": user}, **(placed | content))
            self.updates.push("message", dict(message))
            return int(message["message_id"])

    def edits(self, text: str, *, chat: JSON, message_id: int) -> None:
        """Somebody changes the text of a message."""
        with self._changed:
            message = self.chats.messages[chat["id"], message_id]
            message |= {"text": text, "entities": detected(text), "edit_date": int(time.time())}
            self.updates.push("edited_message", dict(message))

    def uploads(
        self, name: str, content: bytes, *, chat: JSON, user: JSON, caption: str = "", mime: str = "text/plain"
    ) -> int:
        """Somebody sends a file; the message's id."""
        with self._changed:
            number = len(self.methods.files) + 1
            about: JSON = {
                "file_id": f"document-{number}", "file_unique_id": f"unique-{number}", "file_size": len(content),
                "file_name": name, "mime_type": mime,
            }  # fmt: skip
            path = f"documents/file_{number}"
            self.methods.files[about["file_id"]] = (about | {"file_path": path}, content)
            captioned = {"caption": caption, "caption_entities": detected(caption)} if caption else {}
            return self.sends({"document": about} | captioned, chat=chat, user=user)

    def posts(self, text: str, *, chat: JSON) -> int:
        """A channel's post; its id."""
        with self._changed:
            message = self.chats.add(chat, sender_chat=chat, text=text)
            self.updates.push("channel_post", dict(message))
            return int(message["message_id"])

    def presses(self, button: JSON, *, message_id: int, chat: JSON, user: JSON) -> str:
        """Somebody presses a button under a message of the bot's; the query's id."""
        with self._changed:
            self.chats.meet(chat)
            known = self.chats.messages.get((chat["id"], message_id))
            message = known or {"message_id": message_id, "chat": chat, "date": 0}
            return self._asks("callback", user, message=dict(message), chat_instance="1", data=button["callback_data"])

    def types(self, query: str, *, user: JSON, offset: str = "") -> str:
        """Somebody types after the bot's name in any chat; the query's id."""
        with self._changed:
            return self._asks("inline", user, query=query, offset=offset, chat_type="sender")

    def _asks(self, kind: str, user: JSON, **content: object) -> str:
        self._queries += 1
        query_id = str(self._queries)
        self.methods.queries[query_id] = Query(kind, time.monotonic())
        self.updates.push(f"{kind}_query", {"id": query_id, "from": user, **content})
        return query_id

    def results(self, query_id: str) -> list[JSON]:
        """What somebody who typed is shown."""
        found: list[JSON] = self.methods.queries[query_id].options.get("results", [])
        return found

    def blocks(self, user: JSON) -> None:
        """Somebody blocks the bot."""
        self._membership(private(user), user, "kicked")

    def unblocks(self, user: JSON) -> None:
        """Somebody lets the bot write to them again."""
        self._membership(private(user), user, "member")

    def adds(self, *, chat: JSON, user: JSON) -> None:
        """Somebody adds the bot to a group."""
        self._membership(chat, user, "member")

    def removes(self, *, chat: JSON, user: JSON) -> None:
        """Somebody removes the bot from a group."""
        self._membership(chat, user, "kicked")

    def _membership(self, chat: JSON, user: JSON, status: str) -> None:
        with self._changed:
            self.chats.meet(chat)
            before = "kicked" if status == "member" and chat["id"] in self.chats.closed else "left"
            (self.chats.closed.add if status == "kicked" else self.chats.closed.discard)(chat["id"])
            old, new = (
                {"user": BOT, "status": one} | ({"until_date": 0} if one == "kicked" else {})
                for one in ("member" if status == "kicked" else before, status)
            )
            about = {"chat": chat, "from": user, "date": int(time.time())}
            self.updates.push("my_chat_member", about | {"old_chat_member": old, "new_chat_member": new})

    def opens_topic(self, name: str, *, chat: JSON, user: JSON) -> int:
        """Somebody opens a topic in a forum; its number."""
        with self._changed:
            number = self.chats.open_topic(chat, user, name)
            self.updates.push("message", dict(self.chats.messages[chat["id"], number]))
            return number

    def migrates(self, chat: JSON, *, user: JSON, to: int) -> JSON:
        """A group becomes a supergroup, with another id; the supergroup."""
        with self._changed:
            new = {"id": to, "type": "supergroup", "title": chat.get("title", "")}
            left = self.chats.add(chat, **{"from": user}, migrate_to_chat_id=to)
            came = self.chats.add(new, **{"from": user}, migrate_from_chat_id=chat["id"])
            self.chats.successors[chat["id"]] = new
            for message in (left, came):
                self.updates.push("message", dict(message))
            return new

    def message(self, chat: int, message_id: int) -> JSON:
        """A message that was written or sent, as it is now."""
        return self.chats.messages[chat, message_id]

    def deletes(self, chat: int, message_id: int) -> None:
        """Somebody deletes a message."""
        with self._changed:
            del self.chats.messages[chat, message_id]

    def bot_was_killed(self) -> None:
        """What its messages say it cannot know any more: to edit one into what it says is no mistake then."""
        with self._changed:
            self.methods.unsure = {number for _, number in self.chats.messages}

    # What tests ask

    def wait(
        self, wanted: Callable[[Call], bool], count: int = 1, *, after: int = 0, seconds: float = 20
    ) -> list[Call]:
        """The calls from number `after` on that are wanted, as soon as there are `count` of them."""
        deadline = time.monotonic() + seconds
        found: list[Call] = []
        looked_at = after
        with self._changed:
            while True:
                found += [call for call in self.calls[looked_at:] if wanted(call)]
                looked_at = len(self.calls)
                if len(found) >= count:
                    return found
                if not self._changed.wait(deadline - time.monotonic()):
                    seen = [(c.method, c.code, c.plain[:60]) for c in self.calls[after:] if c.method != "getUpdates"]
                    raise AssertionError(f"{len(found)} of {count} calls came; these did: {seen[-40:]}")

    def until(self, holds: Callable[[], bool], seconds: float = 20) -> None:
        """Wait until something holds; looked at whenever anything changes."""
        with self._changed:
            if not self._changed.wait_for(holds, seconds):
                raise AssertionError("it did not come to that")

    # What the bot calls

    def answer(self, token: str, method: str, arguments: JSON, connected: Callable[[], bool]) -> Response:
        """What one call is answered.

        Args:
            token: of the address.
            method: its name.
            arguments: as they came.
            connected: whether the caller still waits.
        """
        fault = self._fault(method, arguments)
        if fault and fault.kind == "late":
            time.sleep(fault.seconds)
        try:
            outcome = self._outcome(token, method, arguments, fault, connected)
        except Refused as error:
            return self._refuse(method, arguments, error)
        if outcome is None or (fault and fault.kind == "lost"):
            return Response(0, None)
        body = json.dumps({"ok": True, "result": outcome.result}).encode()
        return Response(200, body, fault.seconds if fault and fault.kind == "slow" else 0)

    def _outcome(
        self, token: str, method: str, arguments: JSON, fault: Fault | None, connected: Callable[[], bool]
    ) -> Outcome | None:
        """What a call comes to, recorded; None where its connection breaks before anything is done."""
        with self._changed:
            if token != TOKEN:
                raise Refused(401, "Unauthorized")
            if self.down:
                raise Refused(502, "Bad Gateway")
            if fault and fault.kind == "dropped":
                self._record(Call(method, arguments, time.monotonic(), code=0))
                return None
            if fault and fault.refusal:
                raise fault.refusal
            if method != "getUpdates":
                outcome = self.methods.named(method)(arguments)
                lost = fault is not None and fault.kind == "lost"
                sent = Call(
                    method,
                    arguments,
                    time.monotonic(),
                    200,
                    outcome.message_id,
                    outcome.plain,
                    outcome.entities,
                    lost=lost,
                )
                self._record(sent)
                return outcome
            self._record(Call(method, arguments, time.monotonic()))
        return Outcome(self.updates.poll(arguments, connected))

    def malformed(self, method: str, error: Refused) -> Response:
        """What a call is answered whose arguments cannot be read."""
        return self._refuse(method, {}, error)

    def _refuse(self, method: str, arguments: JSON, error: Refused) -> Response:
        call = Call(method, arguments, time.monotonic(), code=error.code, description=error.description)
        with self._changed:
            self._record(call)
            if not error.expected:
                self.invalid.append(call)
        body: JSON = {"ok": False, "error_code": error.code, "description": error.description}
        body |= {"parameters": error.parameters} if error.parameters else {}
        return Response(error.code, json.dumps(body).encode())

    def _record(self, call: Call) -> None:
        with self._changed:
            self.calls.append(call)
            self._changed.notify_all()

    def download(self, token: str, path: str) -> Response:
        """The content of a file that somebody sent; faults name this "download"."""
        fault = self._fault("download", {"path": path})
        found = (content for about, content in self.methods.files.values() if about["file_path"] == path)
        content = next(found, None) if token == TOKEN else None
        status = fault.refusal.code if fault and fault.refusal else 404 if content is None else 200
        dropped = fault is not None and fault.kind in ("dropped", "lost")
        self._record(Call("download", {"path": path}, time.monotonic(), code=0 if dropped else status))
        if dropped:
            return Response(0, None)
        delay = fault.seconds if fault and fault.kind in ("slow", "late") else 0
        return Response(status, content or b"" if status == 200 else b"", delay)

    def _fault(self, method: str, arguments: JSON) -> Fault | None:
        """What is scripted to happen to a call, from now on no more."""
        with self._changed:
            fault = next((one for one in self.faults if one.meets(method, arguments)), None)
            if fault:
                self.faults.remove(fault)
            return fault
