"""Published data sets to evaluation files: on small made files of SQuAD v1.1's format."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).parent.parent.parent / "tools" / "fetch_eval.py"


def squad(path: Path, mark: str, articles: int = 3) -> Path:
    """Articles of two paragraphs with a question each; every string of it carries the mark."""

    def paragraph(i: int, j: int) -> dict[str, Any]:
        answer = {"text": f"{mark}جواب{i}{j}", "answer_start": 10 * i + j}
        question = {"id": f"q{i}{j}", "question": f"{mark}سؤال{i}{j}", "answers": [answer]}
        return {"context": f" {mark}نص{i}{j}", "qas": [question]}

    data = [{"title": f"{mark}عنوان{i}", "paragraphs": [paragraph(i, j) for j in range(2)]} for i in range(articles)]
    path.write_text(json.dumps({"version": "1.1", "data": data}), encoding="utf-8")
    return path


def run(*arguments: object) -> str:
    done = subprocess.run([sys.executable, SCRIPT, *map(str, arguments)], capture_output=True, check=True, timeout=60)
    return done.stdout.decode()


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_xquad_becomes_articles_and_questions_of_both_languages_every_other_article_for_development(
    tmp_path: Path,
) -> None:
    run("xquad", squad(tmp_path / "ar.json", "ar"), squad(tmp_path / "en.json", "en"), "--into", tmp_path / "eval")
    corpus, dev, test = (records(tmp_path / "eval" / f"xquad.{part}.jsonl") for part in ("corpus", "dev", "test"))
    ids = ["xq-00-0", "xq-00-1", "xq-01-0", "xq-01-1", "xq-02-0", "xq-02-1"]
    assert [record["id"] for record in corpus] == ids
    assert corpus[3] == {"id": "xq-01-1", "title": "", "text": " arنص11"}
    assert [record["article_id"] for record in dev] == ids[:2] + ids[4:]
    assert [record["article_id"] for record in test] == ids[2:4]
    assert dev[3] == {
        "id": "q21",
        "article_id": "xq-02-1",
        "question_ar": "arسؤال21",
        "question_en": "enسؤال21",
        "answer_ar": "arجواب21",
        "answer_en": "enجواب21",
        "answer_start": 21,
    }


def test_arcd_becomes_articles_of_both_files_and_the_training_questions_are_for_development(tmp_path: Path) -> None:
    train, test_file = squad(tmp_path / "train.json", "t"), squad(tmp_path / "test.json", "e", articles=1)
    run("arcd", train, test_file, "--into", tmp_path)
    corpus, dev, test = (records(tmp_path / f"arcd.{part}.jsonl") for part in ("corpus", "dev", "test"))
    ids = [f"arcd-tr-{i:03}-{j}" for i in range(3) for j in range(2)]
    assert [record["id"] for record in corpus] == [*ids, "arcd-te-000-0", "arcd-te-000-1"]
    assert corpus[6] == {"id": "arcd-te-000-0", "title": "eعنوان0", "text": " eنص00"}
    assert [record["article_id"] for record in dev] == ids
    assert test[1] == {
        "id": "q01",
        "article_id": "arcd-te-000-1",
        "question_ar": "eسؤال01",
        "answer_ar": "eجواب01",
        "answer_start": 1,
    }


def test_what_is_written_is_told_with_its_checksum_and_is_the_same_every_time(tmp_path: Path) -> None:
    arguments = ("xquad", squad(tmp_path / "ar.json", "ar"), squad(tmp_path / "en.json", "en"), "--into", tmp_path)
    told = run(*arguments)
    names = ("xquad.corpus.jsonl", "xquad.dev.jsonl", "xquad.test.jsonl")
    sums = [hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in names]
    assert told == "".join(
        f"{digest}  {name}  {count} records\n" for digest, name, count in zip(sums, names, (6, 4, 2), strict=True)
    )
    assert run(*arguments) == told
