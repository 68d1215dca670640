"""The token, and the webhook's secret, stay out of the log."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.telegram_bot.application import build
from bot.telegram_bot.redaction import Redaction, redact_logs
from tests.bot.telegram_bot.serving import service_for, settings_for
from tests.telegram_api.server import TOKEN

ODD = "7:short"  # the bot's own token is known whatever its form
SECRET = "webhook_secret-1"


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(Redaction(ODD, SECRET))
    logger = logging.getLogger("test_redaction")
    logger.addHandler(handler)
    logger.propagate = False
    yield logger, stream
    logger.removeHandler(handler)


@pytest.mark.parametrize("secret", [TOKEN, ODD, SECRET, TOKEN.replace(":", "%3A")])
def test_messages_arguments_exceptions_and_stacks_are_redacted(
    log: tuple[logging.Logger, io.StringIO], secret: str
) -> None:
    logger, stream = log
    logger.warning("https://api.telegram.org/bot%s/getMe %s", secret, {"token": secret})
    logger.warning(f"here: {secret}")
    logger.warning(ValueError(secret))
    try:
        raise ValueError(secret)
    except ValueError:
        logger.exception("failed", stack_info=True)
    logger.warning("too few %s %s", secret)
    assert secret not in stream.getvalue()
    assert stream.getvalue().count("[token]") >= 6
    assert "ValueError" in stream.getvalue()


def test_what_is_no_token_stays(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = log
    logger.warning("at %s of %d", "12:45", 3)
    assert stream.getvalue() == "at 12:45 of 3\n"


def test_a_secret_that_is_not_set_redacts_nothing() -> None:
    assert Redaction(TOKEN, "").redacted("as it is") == "as it is"


def test_the_root_loggers_handlers_are_redacted_and_the_http_library_is_quiet(caplog: pytest.LogCaptureFixture) -> None:
    root, before = logging.getLogger(), {h: list(h.filters) for h in logging.getLogger().handlers}
    levels = {name: logging.getLogger(name).level for name in ("httpx", "httpcore")}
    try:
        redact_logs(TOKEN)
        logging.getLogger("anything").warning("token %s", TOKEN)
        logging.getLogger("httpx").info("HTTP Request: POST %s", TOKEN)
        assert caplog.messages == ["token [token]"]
    finally:
        logging.captureWarnings(False)
        for handler in root.handlers:
            handler.filters = before.get(handler, [])
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def test_no_repr_of_the_bot_holds_the_token(tmp_path: Path) -> None:
    service = service_for(settings_for(tmp_path, telegram_token=TOKEN))
    application = build(service, TOKEN)
    shown = f"{application!r} {application.bot!r} {application.bot} {application.updater!r} {application.bot.limiter!r}"
    shown += f"{service!r} {application.update_processor!r} {application.update_queue!r}"
    service.close()
    assert TOKEN.split(":")[1] not in shown
