"""Cold start of `sanad ask` as a ratio to `import chromadb`: `python benchmarks/cold_start.py [--runs 7]`.

All are whole processes, run in turn from compiled bytecode, as an installation has it. What is compared is processor time, which other work on the
machine disturbs less than the clock; the bars are a ratio of 1.7 for an Arabic question, 2.0 for an English one, and 0.2 s for `sanad --help`.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_ARABIC = "كم صاروخا استهدف القاعدة في تموز 2021؟"
_ENGLISH = "How many rockets hit the base in July 2021?"
_BASIS = "import chromadb"


def main() -> None:
    """Ingest the sample articles into a fresh folder, run the commands in turn, print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"SANAD_DATA_DIR": f"{folder}/data", "PYTHONPYCACHEPREFIX": f"{folder}/bytecode"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        sanad = [sys.executable, "-m", "bot.cli"]
        seconds([*sanad, "ingest", "seeds"], environment)
        commands: dict[str, Sequence[str]] = {
            _BASIS: [sys.executable, "-c", _BASIS],
            "sanad ask (Arabic)": [*sanad, "ask", _ARABIC],
            "sanad ask (English)": [*sanad, "ask", _ENGLISH],
            "sanad --help": [*sanad, "--help"],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(runs + 1):
            for name, command in commands.items():
                times[name].append(seconds(command, environment))
    medians = {name: statistics.median(measured[1:]) for name, measured in times.items()}  # the first compiles
    for name, median in medians.items():
        print(f"{name:20} {median:.2f} s   {median / medians[_BASIS]:.2f}")


def seconds(command: Sequence[str], environment: dict[str, str]) -> float:
    """How much processor time a command takes, as a whole process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=_ROOT, env=environment, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
