"""The bot put together, and run until it is told to stop."""

import asyncio
import logging
import signal
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, suppress
from typing import Any
from urllib.parse import urlsplit

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder

from bot.strings import say
from bot.telegram_bot.access import Webhook, access, token, webhook
from bot.telegram_bot.connection import Connection
from bot.telegram_bot.database import NAME, Database
from bot.telegram_bot.handlers import register
from bot.telegram_bot.health import Health
from bot.telegram_bot.inbox import InboxQueue
from bot.telegram_bot.log import log_to_standard_error
from bot.telegram_bot.order import ChatOrder
from bot.telegram_bot.profile import introduce
from bot.telegram_bot.retention import keep_clean
from bot.telegram_bot.service import Service
from rag.engine import Engine
from rag.errors import SanadError, SettingsError
from rag.model import Language

_LOG = logging.getLogger(__name__)
_THREADS = 8  # for SQLite and buttons; the engine has its own
_SWITCH = 0.001  # seconds for which a thread that thinks may keep the others from the interpreter; usually 0.005
_POLL = 30  # seconds that Telegram may hold a request for updates
_GRACE = 20.0  # seconds that what is being answered has at the end
_AGAIN = 30.0  # seconds at most between two tries to reach Telegram at the start
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_UPDATES = ["message", "edited_message", "channel_post", "edited_channel_post", "callback_query", "inline_query"]
App = Application[Connection, Any, Any, Any, Any, Any]


def run(engine: Engine, language: Language, *, by_webhook: bool = False) -> None:
    """Answer until SIGINT or SIGTERM; what is being answered then is answered first, the rest when the bot starts again.

    Args:
        engine: what is asked.
        language: of the log's own lines.
        by_webhook: have Telegram send updates to the address the settings name, instead of asking for them.

    Raises:
        SettingsError: the token or who may ask is not set, a port is taken, or Telegram does not know the token.
        SanadError: the bot's file cannot be used.
    """
    settings = engine.settings
    secret, admitted = token(settings), access(settings)
    hook = webhook(settings) if by_webhook else None
    log_to_standard_error(secret, hook.secret if hook else "")
    service = Service.of(engine, admitted, Database(settings.data_dir / NAME))
    try:
        revoked = asyncio.run(_run(build(service, secret), service, hook, language))
    except InvalidToken:  # its text holds the token
        revoked = True
    except SanadError:
        raise
    except Exception:
        _LOG.critical("the bot ended", exc_info=True)  # through the log, which is redacted
        sys.exit(1)
    finally:
        service.close()
    if revoked:
        raise SettingsError("SANAD_TELEGRAM_TOKEN", "telegram_token_refused")


def build(service: Service, secret: str) -> App:
    """The application, not yet running."""
    settings = service.engine.settings
    updates = InboxQueue(service.inbox)
    bot = Connection(settings, secret, updates, service.metrics, service.stopping)
    order = ChatOrder(service, bot, settings.telegram_queue)
    application = ApplicationBuilder().bot(bot).update_queue(updates).concurrent_updates(order).build()
    register(application, service)
    return application


async def _run(application: App, service: Service, hook: Webhook | None, language: Language) -> bool:
    """Run until the end; whether that is because the token is no longer good."""
    sys.setswitchinterval(_SWITCH)
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_THREADS))
    order, updates, bot = application.update_processor, application.update_queue, application.bot
    assert isinstance(order, ChatOrder)
    assert isinstance(updates, InboxQueue)
    _stop_on_signals(order, service.stopping)
    async with AsyncExitStack() as ending:
        await ending.enter_async_context(service.workers.running())
        await ending.enter_async_context(Health(service, bot).served(service.engine.settings.telegram_health_port))
        if not await _unless_stopped(service, _initialize(application)):
            return bot.revoked
        ending.push_async_callback(application.shutdown)
        chores = asyncio.create_task(_chores(application, service))
        ending.callback(chores.cancel)
        await application.start()
        ending.push_async_callback(application.stop)
        ending.push_async_callback(order.stop, _GRACE)
        ending.push_async_callback(_stop_listening, application)
        left = await updates.restore(bot)
        if left:
            _LOG.info(say(language, "telegram_resumed", left))
        if await _unless_stopped(service, _listen(application, hook)):
            _LOG.info(say(language, "telegram_listening", name=bot.username))
            await service.stopping.wait()
    return bot.revoked


async def _initialize(application: App) -> None:
    """Reach Telegram, however long that takes."""
    wait = 1.0
    while True:
        try:
            await application.initialize()
            return
        except InvalidToken:
            raise
        except TelegramError:  # which the connection says
            await asyncio.sleep(wait)
            wait = min(wait * 2, _AGAIN)


async def _listen(application: App, hook: Webhook | None) -> None:
    """Have updates come from now on."""
    updater = application.updater
    assert updater
    if not hook:
        await updater.start_polling(
            timeout=_POLL, bootstrap_retries=-1, allowed_updates=_UPDATES, error_callback=lambda _: None
        )
        return
    try:
        await updater.start_webhook(
            hook.host, hook.port, urlsplit(hook.url).path, webhook_url=hook.url, secret_token=hook.secret,
            bootstrap_retries=-1, allowed_updates=_UPDATES,
        )  # fmt: skip
    except OSError as error:
        raise SettingsError(
            "SANAD_TELEGRAM_WEBHOOK_LISTEN", "telegram_port", address=f"{hook.host}:{hook.port}",
            detail=error.strerror, example="127.0.0.1:8444",
        ) from None  # fmt: skip


async def _stop_listening(application: App) -> None:
    if application.updater and application.updater.running:
        await application.updater.stop()


async def _chores(application: App, service: Service) -> None:
    """What goes on beside answering."""
    await introduce(application.bot, service.access.admins, service.users)
    await keep_clean(service)


async def _unless_stopped(service: Service, work: Coroutine[Any, Any, None]) -> bool:
    """Do some work unless the bot is stopped before it is done; whether it was done."""
    working, stopped = asyncio.create_task(work), asyncio.create_task(service.stopping.wait())
    await asyncio.wait((working, stopped), return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if working.done():
        working.result()
        return True
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working
    return False


def _stop_on_signals(order: ChatOrder, stopping: asyncio.Event) -> None:
    """The first signal stops the bot, the second does not let it finish what it is at."""

    def stop() -> None:
        if stopping.is_set():
            order.break_off()
        stopping.set()

    for number in _SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, stop)
