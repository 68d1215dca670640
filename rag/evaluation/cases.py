"""A question with what is known of its answer: one line of a question set, as answers are measured with it."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast, get_args

from rag.errors import QuestionError
from rag.evaluation.questions import Fields, gather, no_field, read_records
from rag.language.characters import script
from rag.model import LANGUAGES, Language

Kind = Literal["answerable", "unanswerable", "false_premise", "disagreement", "follow_up"]
KINDS: tuple[Kind, ...] = get_args(Kind)
ANSWERED: frozenset[Kind] = frozenset({"answerable", "disagreement", "follow_up"})  # the articles answer it
_TEXTS = ("articles", "must_not", "turns")

Needs = tuple[tuple[str, ...], ...]  # each a thing needed, as its alternatives


class CaseError(ValueError):
    """A record is no case; `field` names what is wrong with it, by its name in `Case`."""

    def __init__(self, wrong: str) -> None:
        self.field = wrong
        super().__init__(f"the field {wrong!r} is missing or of another form")


@dataclass(frozen=True, slots=True)
class Case:
    """A question and what a right reply to it is.

    Attributes:
        id: names it in reports and comparisons.
        language: of the question.
        kind: what a right reply is, see `rag.evaluation.answers.verdict`.
        type: what is asked for (how_many, when, who, …); "" where nobody said.
        articles: ids of the articles that answer.
        must: the strings that show a right answer: each inner tuple is one thing needed, and any string of it will do.
        must_not: strings that no right answer shows, such as the figure of another event.
        turns: questions asked before it in the same conversation, oldest first.
        note: for readers.
        path: the set it was read from.
        line: its line there.
    """

    id: str
    question: str
    language: Language
    kind: Kind = "answerable"
    type: str = ""
    articles: tuple[str, ...] = ()
    must: Needs = ()
    must_not: tuple[str, ...] = ()
    turns: tuple[str, ...] = ()
    note: str = ""
    path: Path = field(default=Path(), compare=False)
    line: int = field(default=0, compare=False)

    @property
    def gold(self) -> frozenset[str]:
        """The articles that answer, as a set."""
        return frozenset(self.articles)

    @classmethod
    def from_record(cls, record: Mapping[str, Any], *, path: Path = Path(), line: int = 0) -> "Case":
        """The case of a JSON object; what is not there has the defaults of the class, and the language is told by the script.

        `must` is a list of strings, alternatives of one thing needed, or a list of such lists; one string is a list of itself.

        Raises:
            CaseError: a field is missing or of another form.
        """
        question, kind = record.get("question"), record.get("kind", "answerable")
        if not isinstance(question, str) or not question.strip():
            raise CaseError("question")
        if kind not in KINDS:
            raise CaseError("kind")
        language = record.get("language", script(question) or "en")
        if language not in LANGUAGES:
            raise CaseError("language")
        texts = {name: _texts(record.get(name) or [], name) for name in _TEXTS}
        must = _needs(record.get("must") or [])
        if kind in ANSWERED and not must:
            raise CaseError("must")
        named, said, note = (str(record.get(name, "")) for name in ("id", "type", "note"))
        named = named or f"{path.stem or 'case'}-{line}"
        return cls(named, question, language, kind, said, must=must, note=note, path=path, line=line, **texts)


def gather_cases(
    paths: Sequence[Path], fields: Fields, articles: Set[str], limit: int | None = None
) -> tuple[list[Case], list[Path]]:
    """The cases of sets, and the sets that were passed over; see `rag.evaluation.questions.gather`.

    Raises:
        QuestionError: what `gather` raises, or two cases have one id.
    """
    cases, passed_over = gather(paths, lambda path: read_cases(path, fields), articles, limit)
    first: dict[str, Case] = {}
    for case in cases:
        other = first.setdefault(case.id, case)
        if other is not case:
            raise QuestionError(
                "eval_same_id", path=case.path, line=case.line, id=case.id, other=other.path, at=other.line
            )
    return cases, passed_over


def read_cases(path: Path, fields: Fields) -> list[Case]:
    """The cases of a JSONL file.

    Raises:
        QuestionError: the file cannot be read, a line of it is no case, or there is none.
    """
    cases = [_case(record, fields, path, line) for line, record in read_records(path)]
    if not cases:
        raise QuestionError("eval_no_case", path=path)
    return cases


def _case(record: dict[str, Any], fields: Fields, path: Path, line: int) -> Case:
    named = {"question": fields.question, "articles": fields.article, "must": fields.must}
    mapped = record | {name: record.get(field) for name, field in named.items()}
    try:
        return Case.from_record(mapped, path=path, line=line)
    except CaseError as error:
        if error.field == "question" or (error.field == "must" and not mapped["must"]):
            raise no_field(error.field, fields, record, path, line) from None
        wanted = {"kind": ", ".join(KINDS), "language": ", ".join(LANGUAGES)}.get(error.field, '["…", "…"]')
        name = named.get(error.field, error.field)
        raise QuestionError("eval_bad_field", path=path, line=line, field=name, wanted=wanted) from None


def _texts(value: object, name: str) -> tuple[str, ...]:
    """One string or number, or a list of them."""
    values: list[object] = value if isinstance(value, list) else [value]
    texts = tuple(str(one).strip() for one in values if isinstance(one, str | int) and not isinstance(one, bool))
    if len(texts) != len(values) or not all(texts):
        raise CaseError(name)
    return texts


def _needs(value: object) -> Needs:
    """Alternatives of one thing, or a list of the alternatives of each."""
    if isinstance(value, list) and value and all(isinstance(one, list) and one for one in value):
        return tuple(_texts(one, "must") for one in cast("list[object]", value))
    alternatives = _texts(value, "must")
    return (alternatives,) if alternatives else ()
