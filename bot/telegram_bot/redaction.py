"""The token stays out of the log: messages, arguments, exceptions and warnings."""

import logging
import re

_TOKEN = re.compile(r"\d+(?::|%3[Aa])[A-Za-z0-9_-]{35}")
_PUT_IN = "[token]"
_FORMATTER = logging.Formatter()


class Redaction(logging.Filter):
    """Replaces the bot's token, and whatever has the form of one, in every record that passes."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the record pass, redacted; an exception's traceback becomes text here, so that no handler can format it anew."""
        record.msg, record.args = self.redacted(_message(record)), None
        if record.exc_info:
            record.exc_text = record.exc_text or _FORMATTER.formatException(record.exc_info)
            record.exc_info = None
        if record.exc_text:
            record.exc_text = self.redacted(record.exc_text)
        if record.stack_info:
            record.stack_info = self.redacted(record.stack_info)
        return True

    def redacted(self, text: str) -> str:
        """`text` without tokens."""
        return _TOKEN.sub(_PUT_IN, text.replace(self._token, _PUT_IN))


def redact_logs(token: str) -> None:
    """Redact what the root logger's handlers write, warnings too, and have the HTTP library speak only of trouble."""
    redaction = Redaction(token)
    for handler in logging.getLogger().handlers:
        handler.addFilter(redaction)
    logging.captureWarnings(True)
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):  # arguments that do not fit: logging would print them as they are
        return f"{record.msg} {record.args!r}"
