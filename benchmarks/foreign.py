"""Questions about other things altogether: the share that is refused.

    python benchmarks/foreign.py seeds --questions arcd.dev.jsonl question_ar [--questions …] [--limit 300]

Every question of the files is asked of a library of the given articles, which hold nothing about them. Beside each share stands its Wilson interval
(95 %).
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rag import Refusal, Settings, open_engine
from rag.evaluation.wilson import wilson


def main() -> None:
    """Print one line a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="+", type=Path)
    parser.add_argument("--questions", nargs=2, action="append", required=True, metavar=("FILE", "FIELD"))
    parser.add_argument("--limit", type=int, help="at most so many of each file, at equal distances")
    parser.add_argument("--show", type=int, default=0, help="print so many that were answered")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, open_engine(Settings(data_dir=Path(folder))) as engine:
        engine.ingest(arguments.articles)
        for path, field in arguments.questions:
            asked = _spread(
                [json.loads(line)[field] for line in Path(path).read_text(encoding="utf-8").splitlines()],
                arguments.limit,
            )
            answered = [question for question in asked if not isinstance(engine.ask(question), Refusal)]
            refused = wilson(len(asked) - len(answered), len(asked))
            interval = f"[{refused.low:.3f}, {refused.high:.3f}]"
            print(f"{Path(path).name} {field}: {len(asked)} questions, refused {refused.value:.3f} {interval}")
            for question in answered[: arguments.show]:
                print("   ", question)


def _spread(questions: Sequence[str], limit: int | None) -> list[str]:
    count = min(limit or len(questions), len(questions))
    return [questions[i * len(questions) // count] for i in range(count)]


if __name__ == "__main__":
    main()
