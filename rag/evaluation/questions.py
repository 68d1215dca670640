"""Question sets: JSONL files of questions and the articles that answer them."""

import json
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from rag.errors import QuestionError

DEFAULT_SETS = "tests/grounding/*.jsonl"  # in the working folder
NOT_SEARCHED = frozenset({"unanswerable", "follow_up"})  # kinds that retrieval is not measured on


@dataclass(frozen=True, slots=True)
class Fields:
    """What the fields of a question set are called: the question, the article that answers it or several, the strings that answer it."""

    question: str = "question"
    article: str = "articles"
    must: str = "must"


class Located(Protocol):
    """A question that names articles, and where it was read."""

    @property
    def gold(self) -> frozenset[str]:
        """Ids of the articles it names."""
        ...

    @property
    def path(self) -> Path:
        """The set."""
        ...

    @property
    def line(self) -> int:
        """The line of the set."""
        ...


Q = TypeVar("Q", bound=Located)


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question, the ids of the articles of which any one answers it, and where it was read."""

    text: str
    gold: frozenset[str]
    path: Path
    line: int


def gather(
    paths: Sequence[Path],
    read: Callable[[Path], list[Q]],
    articles: Set[str],
    limit: int | None = None,
) -> tuple[list[Q], list[Path]]:
    """The questions of sets, or of the default ones.

    Args:
        paths: the sets; none for the default sets, of which those about other articles altogether are passed over.
        read: reads one set.
        articles: ids of the articles that are searched.
        limit: at most so many questions, taken at equal distances from all of them.

    Returns:
        The questions, and the sets that were passed over.

    Raises:
        QuestionError: there is no set, one cannot be read, or a question names an article that is not searched.
    """
    named = list(paths) or sorted(Path().glob(DEFAULT_SETS))
    if not named:
        raise QuestionError("eval_no_sets", pattern=DEFAULT_SETS)
    sets = {path: read(path) for path in named}
    foreign = [path for path, asked in sets.items() if not paths and all(q.gold.isdisjoint(articles) for q in asked)]
    questions = [question for path, asked in sets.items() if path not in foreign for question in asked]
    if not questions:
        raise QuestionError("eval_foreign", pattern=DEFAULT_SETS)
    for question in questions:
        if unknown := sorted(question.gold - articles):
            raise QuestionError("eval_no_article", path=question.path, line=question.line, article=unknown[0])
    return _spread(questions, limit or len(questions)), foreign


def read_questions(path: Path, fields: Fields) -> list[GoldQuestion]:
    """The questions of a JSONL file that can be searched for as they are and have an answer.

    Records whose `kind` is "unanswerable" are passed over, and "follow_up": what they ask stands in the turns before them.

    Raises:
        QuestionError: the file cannot be read, a line of it is no such record, or no question is in it.
    """
    asked = [(number, record) for number, record in read_records(path) if record.get("kind") not in NOT_SEARCHED]
    if not asked:
        raise QuestionError("eval_empty", path=path)
    return [_question(record, fields, path, number) for number, record in asked]


def read_records(path: Path) -> list[tuple[int, dict[str, Any]]]:
    """The objects of a JSONL file, each with the number of its line.

    Raises:
        QuestionError: the file cannot be read, or a line of it is no JSON object.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise QuestionError("eval_unreadable", path=path, detail=error.strerror) from None
    except UnicodeDecodeError:
        raise QuestionError("eval_not_text", path=path) from None
    return [(number, _record(line, path, number)) for number, line in enumerate(lines, 1) if line.strip()]


def _record(line: str, path: Path, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        detail = error.msg.removesuffix(" at")
        raise QuestionError("eval_bad_json", path=path, line=number, detail=detail, column=error.colno) from None
    except (ValueError, RecursionError):
        detail = "nested too deeply, or a number too long"
        raise QuestionError("eval_bad_json", path=path, line=number, detail=detail, column=1) from None
    if not isinstance(record, dict):
        raise QuestionError("eval_not_record", path=path, line=number)
    return record


def _question(record: dict[str, Any], fields: Fields, path: Path, number: int) -> GoldQuestion:
    text = record.get(fields.question)
    if not isinstance(text, str) or not text.strip():
        raise no_field("question", fields, record, path, number)
    gold = _ids(record.get(fields.article))
    if not gold:
        raise no_field("article", fields, record, path, number)
    return GoldQuestion(text, gold, path, number)


def _ids(value: object) -> frozenset[str]:
    """The article ids of a field: one, or a list; empty where it holds anything else."""
    ids: Iterable[object] = value if isinstance(value, list) else [value]
    named = [str(one).strip() if isinstance(one, str | int) and not isinstance(one, bool) else "" for one in ids]
    return frozenset(named) if all(named) else frozenset()


def no_field(which: str, fields: Fields, record: dict[str, Any], path: Path, number: int) -> QuestionError:
    """The error that a record lacks a field, `which` being its name in `Fields`, and how to name the right one."""
    found = ", ".join(record) or "–"
    return QuestionError(
        "eval_no_field", path=path, line=number, field=getattr(fields, which), option=f"--{which}-field", found=found
    )


def _spread(questions: list[Q], limit: int) -> list[Q]:
    count = min(limit, len(questions))
    return [questions[i * len(questions) // count] for i in range(count)]
