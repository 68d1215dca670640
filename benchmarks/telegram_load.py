"""The Telegram bot under load: `python benchmarks/telegram_load.py [--messages 10000] [--users 200] [--kills 3] [--seed 1]`.

The real process answers over the seed articles, against a fake Bot API that keeps Telegram's limits. With --messages people write in every
way there is (tests/telegram_api/crowd.py) while the process is killed with kill -9 at random moments: printed are crashes, invalid calls, who
was not answered, who was answered twice and how many of those sends were on their way at a kill, and the memory over time. With --users so
many people ask at the same moment: printed are the seconds until an answer was made, and until it was delivered, against what the limits
themselves allow. Ends with 1 where a bar is broken.
"""

import argparse
import heapq
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from urllib.request import urlopen

import numpy as np

from tests.telegram_api.content import private
from tests.telegram_api.crowd import Crowd, questions
from tests.telegram_api.process import free_port
from tests.telegram_api.server import Call
from tests.telegram_api.talk import Talk, library, person

_SEEDS = Path(__file__).parent.parent / "seeds"
_DATABASE = "telegram.sqlite3"
_MOST_WAITING = 60  # people, before the next one writes
_WHILE_DOWN = 20  # things that people do while the process is dead
_STILL = 60.0  # seconds without any message, after which no more is waited for
_KILLED = (0.05, 0.4)  # of all messages: after these no kill comes, and memory is watched
_WORKERS_START = 60.0  # seconds
_SAMPLES = 40  # of memory
_QUEUE_AND_ENGINE, _DELIVERY, _GROWTH = 3.0, 1.2, 1.1  # bars: seconds at the 95th percentile; ratios


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=0)
    parser.add_argument("--users", type=int, default=0)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--log", type=Path, help="where the logs of the process are kept")
    arguments = parser.parse_args()
    messages = arguments.messages or (0 if arguments.users else 10_000)
    broken = []
    with tempfile.TemporaryDirectory() as made:
        data = library(Path(made) / "data", _SEEDS)
        folder = arguments.log or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        if arguments.users:
            broken += list(at_once(folder, shutil.copytree(data, Path(made) / "users"), arguments.users))
        if messages:
            broken += list(endured(folder, data, messages, arguments.kills, Random(arguments.seed)))
    for bar in broken:
        print(f"BROKEN: {bar}")
    sys.exit(bool(broken))


# Many at the same moment


def at_once(folder: Path, data: Path, users: int) -> Iterator[str]:
    """So many people ask at the same moment; the bars that broke."""
    port = free_port()
    talk = Talk(folder, data, SANAD_TELEGRAM_HEALTH_PORT=str(port))
    try:
        talk.start()
        pool = questions()
        talk.ask(pool[0], person(1, "Warm", "en"))
        _await_workers(port)
        talk.api.keep_limits()
        people = [person(100 + i, f"User {i}", "ar") for i in range(users)]
        assert talk.bot
        computed = talk.bot.computed
        after, began, wall = len(talk.api.calls), time.monotonic(), time.time()
        for i, user in enumerate(people):
            talk.api.says(pool[i % len(pool)], chat=private(user), user=user)
        talk.replies(users, after, seconds=600)
        talk.api.until(lambda: not _pending(data), seconds=60)
        computed = talk.bot.computed - computed
        print(
            f"{1000 * computed / users:.0f} ms of computing a question, on {os.cpu_count()} cores; load {os.getloadavg()[0]:.1f}"
        )
        made = _made(data, wall)
        if len(made) < users:
            yield f"{users - len(made)} of {users} were not answered"
        if made:
            yield from _reported(users, made, talk.api.calls[after:], began)
        yield from _faults(talk)
    finally:
        talk.close()


def _await_workers(port: int) -> None:
    """Return when as many processes think as the bot starts by itself: a worker is ready seconds after the bot."""
    wanted, deadline = min(4, os.cpu_count() or 1), time.monotonic() + _WORKERS_START
    while time.monotonic() < deadline:
        with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as told:
            if f"sanad_telegram_workers {wanted}.0" in told.read().decode():
                return
        time.sleep(0.2)
    raise AssertionError(f"{wanted} workers did not start in {_WORKERS_START:g} s")


def _reported(users: int, made: Mapping[int, float], calls: Sequence[Call], began: float) -> Iterator[str]:
    sent = [call for call in calls if call.method == "sendMessage" and call.code == 200]
    refused = sum(call.code == 429 for call in calls)
    typing = sum(call.method == "sendChatAction" and call.code == 200 for call in calls)
    p50, p95 = np.percentile(list(made.values()), [50, 95])
    print(f"{users} at once: queue and engine p50 {p50:.2f} s, p95 {p95:.2f} s, last {max(made.values()):.2f} s")
    parts = Counter(call.chat for call in sent)
    last = max(call.at for call in sent) - began
    allowed = _allowed([(ready, parts[user]) for user, ready in made.items()])
    alone = _allowed([(0.0, parts[user]) for user in made])
    print(
        f"delivery: {len(sent)} messages, the last after {last:.2f} s; the limits allow {allowed:.2f} s as the answers came "
        f"({alone:.2f} s had they come at once); {refused} were refused as too many; {typing} typing marks"
    )
    if p95 > _QUEUE_AND_ENGINE:
        yield f"queue and engine p95 {p95:.2f} s, more than {_QUEUE_AND_ENGINE}"
    if last > _DELIVERY * allowed:
        yield f"delivery took {last / allowed:.2f} of what the limits allow, more than {_DELIVERY}"
    if not typing:
        yield "no typing mark"


def _allowed(answers: Sequence[tuple[float, int]]) -> float:
    """When the last message can have been sent at 30 in any second and one a second to each chat.

    Args:
        answers: when each is ready, in seconds, and how many messages it is.
    """
    ready = [(at, number, parts) for number, (at, parts) in enumerate(answers)]
    heapq.heapify(ready)
    window: deque[float] = deque([-1.0] * 30, maxlen=30)
    while ready:
        at, number, parts = heapq.heappop(ready)
        now = max(at, window[0] + 1.0)
        window.append(now)
        if parts > 1:
            heapq.heappush(ready, (now + 1.0, number, parts - 1))
    return window[-1]


def _made(data: Path, since: float) -> dict[int, float]:
    """How long after `since` each user's answer was made, in seconds."""
    rows = _rows(data, "SELECT user, made FROM answers WHERE made >= ?", since)
    return {int(user): made - since for user, made in rows}


def _pending(data: Path) -> int:
    return int(_rows(data, "SELECT count(*) FROM inbox WHERE done IS NULL")[0][0])


# Everything, and kills


def endured(folder: Path, data: Path, messages: int, kills: int, random: Random) -> Iterator[str]:
    """People write so many messages, the process being killed now and then; the bars that broke."""
    talk = Talk(
        folder, data, SANAD_TELEGRAM_PER_MINUTE="100000", SANAD_TELEGRAM_PER_MINUTE_ALL="1000000",
        SANAD_TELEGRAM_QUEUE="100000", SANAD_TELEGRAM_ADMINS="1",
    )  # fmt: skip
    talk.api.keep_limits()
    crowd = Crowd(talk.api, random)
    moments = sorted(random.sample(range(int(_KILLED[0] * messages), int(_KILLED[1] * messages)), kills))
    memory: list[tuple[int, int]] = []
    in_flight: set[int] = set()
    try:
        talk.start()
        began, seen = time.monotonic(), 0
        for done in range(messages):
            seen = _watched(talk, crowd, seen, _MOST_WAITING)
            crowd.act()
            if done in moments:
                time.sleep(random.random())
                talk.kill()
                in_flight |= _unsent(data)
                for _ in range(_WHILE_DOWN):
                    crowd.act()
                talk.start()
            if done % max(1, messages // _SAMPLES) == 0:
                memory.append((done, talk.bot.resident if talk.bot else 0))
                print(f"{done:>7,} {time.monotonic() - began:7.0f} s {memory[-1][1] / 1e6:7.1f} MB", flush=True)
        seen = _watched(talk, crowd, seen, 0)
        memory.append((messages, talk.bot.resident if talk.bot else 0))
        time.sleep(1)
        _watched(talk, crowd, seen, 0)
        yield from _told(crowd, talk, in_flight, time.monotonic() - began)
        yield from _flat([size for done, size in memory if done > _KILLED[1] * messages * 1.1])
        yield from _faults(talk)
    finally:
        talk.close()


def _watched(talk: Talk, crowd: Crowd, seen: int, most: int) -> int:
    """Look at what the bot did from call number `seen` on, until at most so many wait or nothing comes any more."""
    last = time.monotonic()
    while True:
        calls = talk.api.calls[seen:]
        for call in calls:
            crowd.see(call)
            if call.method != "getUpdates":
                last = time.monotonic()
        seen += len(calls)
        if crowd.waiting <= most or time.monotonic() - last > _STILL or not (talk.bot and talk.bot.running):
            return seen
        time.sleep(0.02)


def _told(crowd: Crowd, talk: Talk, in_flight: set[int], seconds: float) -> Iterator[str]:
    unanswered = {number: one for number, one in crowd.owed.items() if one.got < one.least}
    twice = {number: one for number, one in crowd.owed.items() if one.got > one.most}
    explained = [number for number in twice if number in in_flight]
    codes = Counter(call.code for call in talk.api.calls if call.method != "getUpdates")
    print(f"{sum(crowd.did.values()):,} things done in {seconds:.0f} s: {dict(crowd.did)}")
    print(f"calls by status: {dict(codes)}; invalid: {len(talk.api.invalid)}")
    for call in talk.api.invalid[:10]:
        print(f"  {call.method}: {call.description}: {str(call.arguments)[:300]}")
    print(f"unanswered: {len(unanswered)} {dict(Counter(one.kind for one in unanswered.values()))}")
    print(
        f"answered twice: {len(twice)}, of which on their way at a kill: {len(explained)} (of {len(in_flight)} in all)"
    )
    for number in sorted(set(twice) - set(explained))[:10]:
        print(f"  {twice[number]}")
    for slow in sorted((one for one in crowd.owed.values() if one.kind != "press"), key=lambda one: -one.took)[:5]:
        print(f"slow: {slow.took:.1f} s, {slow.kind}: {slow.text[:60]!r}")
    if talk.api.invalid:
        yield f"{len(talk.api.invalid)} invalid calls"
    if unanswered:
        yield f"{len(unanswered)} were not answered"
    if len(twice) > len(explained):
        yield f"{len(twice) - len(explained)} were answered twice with nothing on its way"


def _flat(memory: Sequence[int]) -> Iterator[str]:
    """Whether the memory of the last process stayed where it was."""
    third = max(1, len(memory) // 3)
    before, after = statistics.median(memory[:third]), statistics.median(memory[-third:])
    print(f"memory: {before / 1e6:.1f} MB, at the end {after / 1e6:.1f} MB")
    if after > _GROWTH * before:
        yield f"memory grew to {after / before:.2f} of what it was"


def _faults(talk: Talk) -> Iterator[str]:
    """What the processes themselves tell of trouble."""
    if not (talk.bot and talk.bot.running):
        yield "the process ended by itself"
    tracebacks, references = talk.output.count("Traceback"), talk.output.count("reference ")
    print(f"errors: {tracebacks} tracebacks, {references} apologies")
    if tracebacks or references:
        yield f"{tracebacks} tracebacks and {references} apologies in the log"


def _unsent(data: Path) -> set[int]:
    """The messages whose answers were written down and not noted as sent, by the id of the message replied to."""
    with tempfile.TemporaryDirectory() as folder:
        for suffix in ("", "-wal"):
            if (data / (_DATABASE + suffix)).exists():
                shutil.copy(data / (_DATABASE + suffix), folder)
        rows = _rows(Path(folder), "SELECT answered FROM outbox WHERE part = 0 AND NOT sent AND html IS NOT NULL")
    return {int(row[0]) for row in rows}


def _rows(data: Path, query: str, *values: object) -> list[tuple[float, ...]]:
    connection = sqlite3.connect(data / _DATABASE, timeout=30)
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()


if __name__ == "__main__":
    main()
