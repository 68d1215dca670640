"""What the bot called and what became of it, and the failures that can be scripted."""

from dataclasses import dataclass
from typing import Any, Literal

from tests.telegram_api.entities import Entity

JSON = dict[str, Any]

FaultKind = Literal[
    "429",
    "500",
    "502",
    "503",
    "403",
    "401",
    "dropped",  # the connection breaks before anything is done
    "lost",  # the connection breaks after it was done: the bot cannot know
    "slow",  # the answer comes `seconds` after it was done
    "late",  # nothing is done for `seconds`
    "refused html",
]


class Refused(Exception):
    """A call the API answers with an error.

    Args:
        code: the HTTP status and error_code.
        description: as Telegram says it.
        expected: what no bot can know before it tries, and what was scripted; such a call is not an invalid one.
        parameters: retry_after, migrate_to_chat_id.
    """

    def __init__(self, code: int, description: str, *, expected: bool = False, **parameters: object) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters
        self.expected = expected or code != 400


@dataclass(frozen=True)
class Fault:
    """What happens to the next call of a method ("*": of any), in the place of what should, or besides.

    Attributes:
        chat: only to a call that names this chat.
        seconds: of "slow" and "late".
    """

    method: str
    kind: FaultKind
    retry_after: int = 1
    seconds: float = 0
    chat: int | None = None

    def meets(self, method: str, arguments: JSON) -> bool:
        """Whether it is this call's."""
        told = self.chat is None or str(self.chat) == str(arguments.get("chat_id"))
        return self.method in ("*", method) and told

    @property
    def refusal(self) -> Refused | None:
        """What the call is answered, where it is refused."""
        if self.kind == "429":
            return Refused(429, f"Too Many Requests: retry after {self.retry_after}", retry_after=self.retry_after)
        return {
            "500": Refused(500, "Internal Server Error"),
            "502": Refused(502, "Bad Gateway"),
            "503": Refused(503, "Service Unavailable"),
            "403": Refused(403, "Forbidden: bot was blocked by the user"),
            "401": Refused(401, "Unauthorized"),
            "refused html": Refused(400, "Bad Request: can't parse entities: Unsupported start tag", expected=True),
        }.get(self.kind)


@dataclass(frozen=True)
class Call:
    """One call as it came, and what became of it: the plain text and entities of what was sent, or the error.

    Attributes:
        at: seconds of the monotonic clock when it was done.
        code: the status; 0 for a connection that broke before anything was done.
        description: of the error.
        lost: it was done, and the connection broke then.
    """

    method: str
    arguments: JSON
    at: float
    code: int = 200
    message_id: int = 0
    plain: str = ""
    entities: tuple[Entity, ...] = ()
    description: str = ""
    lost: bool = False

    @property
    def buttons(self) -> list[list[JSON]]:
        """The rows of buttons sent along."""
        rows: list[list[JSON]] = self.arguments.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    @property
    def chat(self) -> int:
        """The chat it names; 0 where there is none."""
        return int(self.arguments.get("chat_id", 0))

    @property
    def answers(self) -> int:
        """The id of the message it replies to; 0 where there is none."""
        return int(self.arguments.get("reply_parameters", {}).get("message_id", 0))
