"""What the bot says of itself, on standard error."""

import logging

from bot.telegram_bot.redaction import redact_logs


def log_to_standard_error(*secrets: str) -> None:
    """Have this process log there, without these secrets or anything in the form of a token."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.WARNING)
    logging.getLogger("bot").setLevel(logging.INFO)
    # Whatever python-telegram-bot logs as an error with its traceback it also raises, and is said here in a line.
    logging.getLogger("telegram").setLevel(logging.CRITICAL)
    redact_logs(*secrets)
