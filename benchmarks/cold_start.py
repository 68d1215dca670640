"""Cold start of `sanad ask` as a ratio to `import chromadb`: `python benchmarks/cold_start.py [--runs 7]`.

Both are whole processes, run in turn; the bar is a median ratio of at most 2. Also the time of `sanad --help`.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

_SEEDS = Path(__file__).parent.parent / "seeds"
_QUESTION = "How many rockets hit the base in July 2021?"


def main() -> None:
    """Ingest the sample articles into a fresh folder, time the commands in turn, print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"SANAD_DATA_DIR": folder}
        sanad = [sys.executable, "-m", "bot.cli"]
        seconds([*sanad, "ingest", str(_SEEDS)], environment)
        commands: dict[str, Sequence[str]] = {
            "import chromadb": [sys.executable, "-c", "import chromadb"],
            "sanad ask": [*sanad, "ask", _QUESTION],
            "sanad --help": [*sanad, "--help"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(runs + 1):
            for name, command in commands.items():
                times[name].append(seconds(command, environment))
    medians = {name: statistics.median(measured[1:]) for name, measured in times.items()}  # the first run warms up
    for name, median in medians.items():
        print(f"{name:16} {median:.2f} s")
    print(f"ratio            {medians['sanad ask'] / medians['import chromadb']:.2f}")


def seconds(command: Sequence[str], environment: dict[str, str]) -> float:
    """How long a command takes, as a whole process."""
    started = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
