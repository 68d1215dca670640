"""The bot as a process of its own, talking to the fake Bot API."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.telegram_api.server import TOKEN, TelegramApi


class BotProcess:
    """`sanad bot`, from its start to its end.

    Args:
        api_port: where the fake listens.
        data: the folder of the articles.
        log: the file that gets all it writes.
        options: of the command.
        settings: environment variables, over those of an open bot.
    """

    def __init__(self, api_port: int, data: Path, log: Path, *options: str, **settings: str) -> None:
        passed_over = ("SANAD_", "LC_", "LANG")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(passed_over)}
        self._log = log
        variables = {
            "SANAD_TELEGRAM_API_URL": f"http://127.0.0.1:{api_port}/bot",
            "SANAD_TELEGRAM_TOKEN": TOKEN,
            "SANAD_TELEGRAM_ACCESS": "open",
            "SANAD_DATA_DIR": str(data),
            "LANG": "C.UTF-8",
            "NO_PROXY": "127.0.0.1",
            "PYTHONPATH": str(Path(__file__).parent.parent.parent),
        }
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot.cli", "bot", *options],
                cwd=log.parent,  # no .env there
                env=kept | variables | settings,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send the signal; the exit code."""
        if self._process.poll() is None:
            self._process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        """The exit code."""
        try:
            return self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise

    def says(self, text: str, seconds: float = 30) -> None:
        """Return when it wrote something."""
        deadline = time.monotonic() + seconds
        while text not in self.output:
            assert self.running, f"it ended: {self.output}"
            assert time.monotonic() < deadline, f"it did not write {text!r}: {self.output}"
            time.sleep(0.05)

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    @property
    def family(self) -> list[int]:
        """The numbers of the process and of those it started."""
        return _family(self._process.pid)

    @property
    def number(self) -> int:
        """Of the process."""
        return self._process.pid

    @property
    def resident(self) -> int:
        """The memory they hold, in bytes."""
        return sum(_resident(number) for number in self.family)

    @property
    def computed(self) -> float:
        """The seconds of computing they used so far."""
        return sum(_computed(number) for number in self.family)

    @property
    def output(self) -> str:
        """All it wrote so far, to both streams."""
        return self._log.read_text(encoding="utf-8")


def listening(api: TelegramApi, after: int = 0) -> None:
    """Return when the bot asks for updates."""
    api.wait(lambda call: call.method == "getUpdates", after=after)


def _family(number: int) -> list[int]:
    try:
        children = Path(f"/proc/{number}/task/{number}/children").read_text(encoding="ascii").split()
    except FileNotFoundError:  # it ended meanwhile
        return []
    return [number, *(one for child in children for one in _family(int(child)))]


def _resident(number: int) -> int:
    try:
        pages = int(Path(f"/proc/{number}/statm").read_text(encoding="ascii").split()[1])
    except FileNotFoundError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _computed(number: int) -> float:
    try:
        fields = Path(f"/proc/{number}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except FileNotFoundError:
        return 0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
