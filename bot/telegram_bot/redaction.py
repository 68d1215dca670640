"""The secrets stay out of the log: messages, arguments, exceptions and warnings."""

import logging
import re

_TOKEN = re.compile(r"\d+(?::|%3[Aa])[A-Za-z0-9_-]{35}")
_PUT_IN = "[token]"
_FORMATTER = logging.Formatter()


class Redaction(logging.Filter):
    """Replaces the secrets given, and whatever has the form of a token, in every record that passes."""

    def __init__(self, *secrets: str) -> None:
        super().__init__()
        self._secrets = [secret for secret in secrets if secret]

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
        """`text` without secrets."""
        for secret in self._secrets:
            text = text.replace(secret, _PUT_IN)
        return _TOKEN.sub(_PUT_IN, text)


def redact_logs(*secrets: str) -> None:
    """Redact what the root logger's handlers write, warnings too, and have the HTTP library speak only of trouble."""
    redaction = Redaction(*secrets)
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
