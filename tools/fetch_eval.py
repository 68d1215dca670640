"""Make the evaluation files of docs/retrieval.md from XQuAD and ARCD as their authors publish them.

    python tools/fetch_eval.py xquad xquad.ar.json xquad.en.json [--into eval]
    python tools/fetch_eval.py arcd arcd-train.json arcd-test.json [--into eval]

Works offline on downloaded files in SQuAD v1.1's format; docs/retrieval.md says where they are. Every paragraph becomes an article of
`NAME.corpus.jsonl`; the questions are split into a half to develop on, `NAME.dev.jsonl`, and one for final measurements, `NAME.test.jsonl`. Prints
how many records each file has, and its sha256.
"""

import argparse
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Record = dict[str, Any]
Files = Mapping[str, Sequence[Record]]  # records by the file's name


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a SQuAD file: the number of its article, its own number in it, and what stands there."""

    article: int
    number: int
    title: str
    text: str
    questions: Sequence[Record]


def main() -> None:
    """Convert, write, tell what was written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=["xquad", "arcd"])
    parser.add_argument("first", type=Path, metavar="AR|TRAIN", help="xquad.ar.json or arcd-train.json")
    parser.add_argument("second", type=Path, metavar="EN|TEST", help="xquad.en.json or arcd-test.json")
    parser.add_argument("--into", type=Path, default=Path("eval"), help="folder to write to")
    arguments = parser.parse_args()
    make = xquad if arguments.name == "xquad" else arcd
    arguments.into.mkdir(parents=True, exist_ok=True)
    for name, records in make(arguments.first, arguments.second).items():
        content = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()
        (arguments.into / name).write_bytes(content)
        print(f"{hashlib.sha256(content).hexdigest()}  {name}  {len(records):,} records")


def xquad(arabic: Path, english: Path) -> Files:
    """XQuAD: the questions of every other article, from the first on, are for development."""
    in_english = {question["id"]: question for paragraph in paragraphs(english) for question in paragraph.questions}
    found = [(f"xq-{p.article:02}-{p.number}", p) for p in paragraphs(arabic)]
    asked = [(p.article, _xquad_question(question, id_, in_english)) for id_, p in found for question in p.questions]
    return {
        "xquad.corpus.jsonl": [{"id": id_, "title": "", "text": p.text} for id_, p in found],
        "xquad.dev.jsonl": [question for article, question in asked if article % 2 == 0],
        "xquad.test.jsonl": [question for article, question in asked if article % 2 == 1],
    }


def arcd(train: Path, test: Path) -> Files:
    """ARCD: the questions of its training file are for development, the paragraphs of both files are searched."""
    found = {
        part: [(f"arcd-{part}-{p.article:03}-{p.number}", p) for p in paragraphs(path)]
        for part, path in (("tr", train), ("te", test))
    }
    asked = {part: [_arcd_question(q, id_) for id_, p in found[part] for q in p.questions] for part in found}
    return {
        "arcd.corpus.jsonl": [
            {"id": id_, "title": p.title, "text": p.text} for part in found for id_, p in found[part]
        ],
        "arcd.dev.jsonl": asked["tr"],
        "arcd.test.jsonl": asked["te"],
    }


def paragraphs(path: Path) -> Iterator[Paragraph]:
    """The paragraphs of a SQuAD v1.1 file, in its order; both numbers count from 0."""
    for i, article in enumerate(json.loads(path.read_text(encoding="utf-8"))["data"]):
        for j, paragraph in enumerate(article["paragraphs"]):
            yield Paragraph(i, j, article["title"], paragraph["context"], paragraph["qas"])


def _xquad_question(arabic: Record, article_id: str, english: Mapping[str, Record]) -> Record:
    translation = english[arabic["id"]]
    return {
        "id": arabic["id"],
        "article_id": article_id,
        "question_ar": arabic["question"],
        "question_en": translation["question"],
        "answer_ar": arabic["answers"][0]["text"],
        "answer_en": translation["answers"][0]["text"],
        "answer_start": arabic["answers"][0]["answer_start"],
    }


def _arcd_question(question: Record, article_id: str) -> Record:
    return {
        "id": question["id"],
        "article_id": article_id,
        "question_ar": question["question"],
        "answer_ar": question["answers"][0]["text"],
        "answer_start": question["answers"][0]["answer_start"],
    }


if __name__ == "__main__":
    main()
