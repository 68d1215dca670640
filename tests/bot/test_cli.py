"""The command line: streams, exit codes, languages, and the JSON contract."""

import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from rich.cells import cell_len
from typer.testing import CliRunner

from bot.bidi import DIRECTION_AS_BEFORE, DIRECTION_BY_LINE
from bot.cli import app
from bot.render import article_lines, hit_lines, reply_lines
from rag.engine import Engine, open_engine
from rag.language.characters import ARABIC_LETTER, INVISIBLE
from rag.language.sentences import sentence_spans
from rag.language.words import count_words
from rag.settings import Settings

SEEDS = Path(__file__).parent.parent.parent / "seeds"
IDS = sorted(path.stem for path in SEEDS.glob("*.txt"))
WHEN = "متى وقع الهجوم على قاعدة عين الأسد في تموز 2021؟"
HOW_MANY = "How many American soldiers were injured in the attack on Ain al-Asad?"
POPULATION = "What is the population of Ramadi?"
NOWHERE = "كم عدد سكان مدينة طوكيو؟"
EMPTY_EN = "The library is empty. Add articles first:  sanad ingest seeds/\n"
EMPTY_AR = "المكتبة فارغة. أضف مقالات أولا:  sanad ingest seeds/\n"
LANGUAGE = ("LC_ALL", "LC_MESSAGES", "LANG")

# The contract of the JSON: a type, the choices, a list of something, the keys of an object in their order, or one of several.
Shape = type | frozenset[Any] | list[Any] | dict[str, Any] | tuple[Any, ...]
NOTHING = type(None)
CITATION: Shape = {
    "number": int, "article_id": str, "title": str, "publisher": str, "published": (str, NOTHING),
    "published_basis": (frozenset({"stated", "inferred from the text", "inferred from elsewhere"}), NOTHING),
    "url": (str, NOTHING), "quote": str, "start": int, "end": int, "passage": str, "gloss": (str, NOTHING),
}  # fmt: skip
REPLY: Shape = {
    "question": str,
    "language": frozenset({"ar", "en"}),
    "kind": frozenset({"answer", "refusal"}),
    "text": str,
    "premise": (frozenset({"contradicted"}), NOTHING),
    "read_as": (str, NOTHING),
    "short": (dict, NOTHING),
    "claims": [
        {"text": str, "citations": [int], "verdict": frozenset({"quoted", "supported"}), "event": (str, NOTHING),
         "speaker": (str, NOTHING)}
    ],
    "citations": [CITATION],
    "disagreements": [dict],
    "withheld": [{"text": str, "reason": str}],
    "nearest": [CITATION],
    "notices": [str],
    "writer": str,
    "elapsed_ms": int,
}  # fmt: skip
ERROR: Shape = {"error": {"type": str, "message": str, "setting": (str, NOTHING)}}
HIT: Shape = {"article_id": str, "passage_id": str, "text": str, "start": int, "end": int, "score": float}
REPORT: Shape = {
    "added": int, "updated": int, "unchanged": int, "removed": int, "skipped": int, "passages": int,
    "failed": [{"source": str, "line": (int, NOTHING), "error": str}],
}  # fmt: skip
FACTS = dict.fromkeys(("id", "title", "publisher", "published", "basis", "note", "url", "event_date", "source"), str)
CHECKS: Shape = {
    "ok": bool,
    "checks": [{"name": str, "status": frozenset({"ok", "note", "bad"}), "detail": str, "mend": str}],
}


def faults(value: object, shape: Shape, at: str = "$") -> list[str]:
    """Where a value is not of its shape."""
    match shape:
        case tuple():
            return [] if any(not faults(value, one) for one in shape) else [f"{at}: {value!r}"]
        case frozenset():
            return [] if value in shape else [f"{at}: {value!r}"]
        case list():
            if not isinstance(value, list):
                return [f"{at}: {value!r}"]
            return [fault for i, one in enumerate(value) for fault in faults(one, shape[0], f"{at}[{i}]")]
        case dict():
            if not isinstance(value, dict) or list(value) != list(shape):
                return [f"{at}: {value!r}"]
            return [fault for key, one in shape.items() for fault in faults(value[key], one, f"{at}.{key}")]
        case _:
            return [] if type(value) is shape else [f"{at}: {value!r}"]


class Ran:
    """What a command did: its exit code and what it wrote."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ran) and vars(self) == vars(other)

    def __repr__(self) -> str:
        return f"Ran({self.code}, {self.out!r}, {self.err!r})"

    def json(self, shape: Shape) -> Any:  # noqa: ANN401  # whatever JSON holds
        """The one document on standard output, of this shape; nothing else there or on standard error."""
        document, end = json.JSONDecoder().raw_decode(self.out)
        assert (self.out[end:], self.err) == ("\n", "")
        assert INVISIBLE.findall(self.out) == []
        assert faults(document, shape) == []
        return document


def sanad(*arguments: str, data: Path | None = None, stdin: str | None = None, **variables: str) -> Ran:
    """A command in this process, in English where nothing says otherwise."""
    environment = dict.fromkeys(LANGUAGE, "") | {"SANAD_DATA_DIR": str(data or "")} | variables
    result = CliRunner().invoke(app, list(arguments), input=stdin, env=environment, catch_exceptions=False)
    return Ran(result.exit_code, result.stdout, result.stderr)


def environment(data: Path, variables: Mapping[str, str]) -> dict[str, str]:
    """The variables of a process of its own: none of this one's that would change what it writes."""
    passed_over = ("SANAD_", "PYTHON", "LC_", "LANG", "TERM", "TMUX", "VTE", "KONSOLE", "COLUMNS")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(passed_over)}
    return {**kept, "SANAD_DATA_DIR": str(data), "LANG": "C.UTF-8", **variables}


def process(
    *arguments: str, data: Path, stdin: str = "", program: Sequence[str] = ("-m", "bot.cli"), **variables: str
) -> Ran:
    """A command as a process of its own, in an empty working folder."""
    folder = data.parent / "elsewhere"
    folder.mkdir(exist_ok=True)
    ran = subprocess.run(
        [sys.executable, *program, *arguments],
        env=environment(data, variables),
        cwd=folder,
        input=stdin.encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Ran(ran.returncode, ran.stdout.decode(), ran.stderr.decode())


@pytest.fixture
def seeds(seed_engine: Engine) -> Path:
    """The data folder of the sample articles; only to be read."""
    return seed_engine.settings.data_dir


@pytest.fixture
def own(seeds: Path, tmp_path: Path) -> Path:
    """A data folder of the sample articles, to change."""
    shutil.copytree(seeds, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def none(tmp_path: Path) -> Path:
    """A data folder that is not there yet."""
    return tmp_path / "data"


def write(folder: Path, **articles: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in articles.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


# The checker of shapes itself


def test_a_document_that_is_not_of_the_contract_is_found_out() -> None:
    good = {"error": {"type": "A", "message": "b", "setting": None}}
    assert faults(good, ERROR) == []
    assert faults({**good, "more": 1}, ERROR) != []
    assert faults({"error": {"type": "A", "setting": None, "message": "b"}}, ERROR) != []
    assert faults({"error": {"type": "A", "message": None, "setting": None}}, ERROR) == ["$.error.message: None"]
    assert faults([1, True], [int]) == ["$[1]: True"]
    assert faults("guessed", (frozenset({"stated"}), NOTHING)) == ["$: 'guessed'"]


# ask


@pytest.mark.parametrize(
    ("question", "language", "kind"),
    [
        (WHEN, "ar", "answer"),
        (HOW_MANY, "en", "answer"),
        (POPULATION, "en", "refusal"),
        (NOWHERE, "ar", "refusal"),
    ],
)
def test_a_reply_as_json_keeps_the_contract(
    question: str, language: str, kind: str, seeds: Path, seed_engine: Engine
) -> None:
    ran = sanad("ask", question, "--json", data=seeds)
    reply = ran.json(REPLY)
    assert (ran.code, reply["question"], reply["language"], reply["kind"]) == (0, question, language, kind)
    assert (reply["claims"] != [], reply["citations"] != []) == (kind == "answer", kind == "answer")

    numbers = [citation["number"] for citation in reply["citations"]]
    assert numbers == list(range(1, len(numbers) + 1))
    marked = {int(number) for number in re.findall(r"\[(\d+)\]", reply["text"])}
    carried = {number for claim in reply["claims"] for number in claim["citations"]}
    assert (marked, carried) == (set(numbers), set(numbers))

    for cited in [*reply["citations"], *reply["nearest"]]:
        text = seed_engine.article(cited["article_id"]).text
        assert text[cited["start"] : cited["end"]] == cited["quote"]
        assert cited["quote"] in cited["passage"]
        assert cited["passage"] in text
        assert count_words(cited["quote"]) <= 60 or len(sentence_spans(cited["quote"])) == 1
    for claim in reply["claims"]:
        assert claim["text"] in reply["text"]


def test_an_answer_shows_the_quote_and_its_source(seeds: Path, seed_engine: Engine) -> None:
    ran = sanad("ask", WHEN, data=seeds)
    assert ran == Ran(0, "\n".join([*reply_lines(seed_engine.ask(WHEN), "off", 80), ""]), "")
    assert "جاء في المقال" in ran.out
    assert "[1]\n    001_e354114b4a113fb1 · 5 يوليو 2021\n" in ran.out


def test_a_refusal_says_what_is_missing_and_ends_well(seeds: Path, seed_engine: Engine) -> None:
    ran = sanad("ask", POPULATION, data=seeds)
    assert ran == Ran(0, "\n".join([*reply_lines(seed_engine.ask(POPULATION), "off", 80), ""]), "")
    assert ran.out.startswith("Not in these articles: population.\n\nClosest passage, not an answer:\n    «")


def test_the_question_may_be_one_word_of_the_shell_or_several(seeds: Path) -> None:
    one = sanad("ask", HOW_MANY, "--json", data=seeds).json(REPLY)
    several = sanad("ask", *HOW_MANY.split(), "--json", data=seeds).json(REPLY)
    assert several | {"elapsed_ms": 0} == one | {"elapsed_ms": 0}


def test_an_answer_as_a_process_is_on_standard_output_and_exits_0(seeds: Path, seed_engine: Engine) -> None:
    assert process("ask", HOW_MANY, data=seeds) == Ran(
        0, "\n".join([*reply_lines(seed_engine.ask(HOW_MANY), "off", 80), ""]), ""
    )


def test_a_refusal_as_a_process_is_one_document_and_exits_0(seeds: Path) -> None:
    ran = process("ask", "--json", *POPULATION.split(), data=seeds)
    reply = ran.json(REPLY)
    assert (ran.code, reply["kind"], reply["question"]) == (0, "refusal", POPULATION)


# search


def test_search_shows_passages_best_first(seeds: Path, seed_engine: Engine) -> None:
    hits = seed_engine.search("صواريخ", limit=3)
    assert len(hits) == 3
    assert sanad("search", "صواريخ", "--limit", "3", data=seeds) == Ran(
        0, "\n".join([*hit_lines(hits, "off", 80), ""]), ""
    )


def test_search_as_json_has_passages_verbatim_best_first(seeds: Path, seed_engine: Engine) -> None:
    ran = sanad("search", "rocket", "attack", "--limit", "4", "--json", data=seeds)
    hits = ran.json([HIT])
    assert (ran.code, hits) == (0, [hit.to_dict() for hit in seed_engine.search("rocket attack", limit=4)])
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
    for hit in hits:
        assert seed_engine.article(hit["article_id"]).text[hit["start"] : hit["end"]] == hit["text"]


def test_search_gives_ten_passages_unless_told(seeds: Path) -> None:
    assert len(sanad("search", "قاعدة عين الأسد", "--json", data=seeds).json([HIT])) == 10


# ingest


def test_ingest_counts_what_it_did(none: Path) -> None:
    folder = write(none.parent / "news", first="أطلقت ثلاثة صواريخ.", second="سقطت طائرة مسيرة.")
    (folder / "logo.png").touch()
    first = sanad("ingest", str(folder), data=none)
    assert (first.code, first.err) == (0, "")
    assert re.fullmatch(r"2 articles added, 1 file skipped    0:00:\d\d\n", first.out)
    (folder / "first.txt").write_text("أطلقت أربعة صواريخ.", encoding="utf-8")
    (folder / "second.txt").unlink()
    again = sanad("ingest", "--sync", str(folder), data=none, SANAD_LANGUAGE="ar")
    assert re.fullmatch(r"لم يضف أي مقال، حدث مقال واحد، حذف مقال واحد، تجوز ملف واحد    0:00:\d\d\n", again.out)


def test_ingest_as_json_is_the_report(none: Path) -> None:
    ran = sanad("ingest", str(SEEDS), "--json", data=none)
    report = ran.json(REPORT)
    passages = report.pop("passages")
    assert (ran.code, report) == (
        0,
        {"added": 5, "updated": 0, "unchanged": 0, "removed": 0, "skipped": 1, "failed": []},
    )
    assert passages == sum(sanad("articles", "show", i, "--json", data=none).json(SHOWN)["passages"] for i in IDS)
    again = sanad("ingest", str(SEEDS), "--json", data=none).json(REPORT)
    assert again == report | {"added": 0, "unchanged": 5, "passages": 0}


def test_an_ingest_where_some_failed_names_each_with_its_line_and_exits_0(none: Path) -> None:
    records = none.parent / "news.jsonl"
    records.write_text('{"id": "a", "text": "سقطت ثلاثة صواريخ."}\n{"id": "b"\n{"text": "x"}\n', encoding="utf-8")
    missing = none.parent / "missing.txt"
    failed = [
        (str(records), 2, "not valid JSON (Expecting ',' delimiter at column 11)"),
        (str(records), 3, 'the record has no "id"'),
        (str(missing), None, "no such file or folder"),
    ]
    ran = sanad("ingest", str(records), str(missing), data=none)
    assert (ran.code, ran.err) == (0, "")
    assert re.sub(r"\d:\d\d:\d\d", "TIME", ran.out) == (
        "1 article added, 3 failed    TIME\n"
        f"  {records} line 2: {failed[0][2]}\n"
        f"  {records} line 3: {failed[1][2]}\n"
        f"  {missing}: {failed[2][2]}\n"
    )
    again = sanad("ingest", str(records), str(missing), "--json", data=none)
    assert (again.code, again.json(REPORT)["failed"]) == (
        0,
        [dict(zip(("source", "line", "error"), one, strict=True)) for one in failed],
    )


def test_an_ingest_where_all_failed_exits_3(none: Path) -> None:
    missing = none.parent / "missing.txt"
    as_json = process("ingest", str(missing), "--json", data=none)
    report = as_json.json(REPORT)
    assert (as_json.code, report["failed"]) == (
        3,
        [{"source": str(missing), "line": None, "error": "no such file or folder"}],
    )
    as_text = sanad("ingest", str(missing), data=none)
    assert (as_text.code, as_text.err) == (3, "")
    assert as_text.out.splitlines()[1:] == [f"  {missing}: no such file or folder"]


def test_the_library_is_busy_while_another_process_writes(own: Path) -> None:
    with FileLock(own / "writer.lock"):
        message = f"Another process is writing to the library in {own}. Wait for it to finish, then try again."
        assert sanad("ingest", str(SEEDS), data=own) == Ran(1, "", message + "\n")
        error = sanad("reindex", "--json", data=own)
        assert (error.code, error.json(ERROR)["error"]) == (
            1,
            {"type": "LibraryBusy", "message": message, "setting": None},
        )


# articles


SHOWN: Shape = FACTS | {"passages": int, "text": str}


def test_articles_are_listed_with_their_date_and_title(seeds: Path) -> None:
    ran = sanad("articles", "list", data=seeds)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0::2] == [
        "000_dff837213c14f478 · 6 March 2021",
        "001_e354114b4a113fb1 · 5 July 2021",
        "002_9f283f796c65c999 · 6 August 2024",
        "003_00518517f7f29632 · July 2024",
        "004_b883f048678b2a24 · 5 July 2021",
    ]
    assert lines[7] == "    قاعدة عين الأسد في العراق تتعرض لهجوم بطائرتين مسيرتين"
    assert (len(lines[1]), lines[1][-1]) == (4 + 90, "…")  # one without a title is told by how it begins


def test_articles_as_json_are_a_list_of_what_is_known(seeds: Path) -> None:
    ran = sanad("articles", "list", "--json", data=seeds)
    articles = ran.json([FACTS])
    assert (ran.code, [article["id"] for article in articles]) == (0, IDS)
    assert articles[3] == {
        "id": "003_00518517f7f29632",
        "title": "قاعدة عين الأسد في العراق تتعرض لهجوم بطائرتين مسيرتين",
        "publisher": "",
        "published": "2024-07",
        "basis": "inferred from elsewhere",
        "note": "The text gives no date; the attack is known from elsewhere to be of July 2024.",
        "url": "",
        "event_date": "2024-07",
        "source": (SEEDS / "003_00518517f7f29632.txt").as_posix(),
    }


def test_an_empty_library_lists_no_articles(none: Path) -> None:
    assert sanad("articles", "list", data=none) == Ran(0, "No articles yet. Add some:  sanad ingest seeds/\n", "")
    assert sanad("articles", "list", "--json", data=none) == Ran(0, "[]\n", "")


def test_an_article_is_shown_whole(seeds: Path, seed_engine: Engine) -> None:
    article = seed_engine.article(IDS[1])
    lines = list(article_lines(article, "off", 80, "en"))
    assert lines[-1] == article.text.split("\n")[-1]
    assert sanad("articles", "show", IDS[1], data=seeds) == Ran(0, "\n".join([*lines, ""]), "")


def test_an_article_as_json_has_its_text_as_the_offsets_count_it(seeds: Path, seed_engine: Engine) -> None:
    ran = sanad("articles", "show", IDS[4], "--json", data=seeds)
    article = seed_engine.article(IDS[4])
    assert (ran.code, ran.json(SHOWN)) == (
        0,
        {"id": IDS[4], **article.metadata, "source": article.source}
        | {"passages": seed_engine.passage_count(IDS[4]), "text": article.text},
    )


def test_removing_an_article_leaves_nothing_of_it(own: Path) -> None:
    assert sanad("articles", "remove", IDS[0], data=own) == Ran(0, f"Removed: {IDS[0]}\n", "")
    removed = sanad("articles", "remove", IDS[1], "--json", data=own)
    assert (removed.code, removed.json({"removed": str})) == (0, {"removed": IDS[1]})
    assert [article["id"] for article in sanad("articles", "list", "--json", data=own).json([FACTS])] == IDS[2:]
    hits = sanad("search", "صواريخ", "--limit", "100", "--json", data=own).json([HIT])
    assert {hit["article_id"] for hit in hits} == set(IDS[2:])


@pytest.mark.parametrize("command", ["show", "remove"])
def test_an_article_that_is_not_there_is_an_error(command: str, own: Path) -> None:
    message = "There is no article 'nope'. List them with: sanad articles list"
    assert sanad("articles", command, "nope", data=own) == Ran(1, "", message + "\n")
    ran = sanad("articles", command, "nope", "--json", data=own)
    assert (ran.code, ran.json(ERROR)) == (
        1,
        {"error": {"type": "ArticleNotFound", "message": message, "setting": None}},
    )


# reindex and doctor


def test_reindexing_counts_passages(own: Path, seed_engine: Engine) -> None:
    passages = sum(seed_engine.passage_count(article) for article in IDS)
    assert sanad("reindex", data=own) == Ran(0, f"Index built: {passages} passages\n", "")
    ran = sanad("reindex", "--json", data=own)
    assert (ran.code, ran.json({"passages": int})) == (0, {"passages": passages})


def test_doctor_of_a_healthy_library_exits_0(seeds: Path) -> None:
    ran = sanad("doctor", data=seeds)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert [line[:2] for line in lines[:-1]] == ["✓ "] * 5
    assert lines[2] == f"✓ data folder: {seeds}"
    assert lines[-1] == "Everything works."
    as_json = sanad("doctor", "--json", data=seeds)
    document = as_json.json(CHECKS)
    assert (as_json.code, document["ok"]) == (0, True)
    assert [f"✓ {check['name']}: {check['detail']}" for check in document["checks"]] == lines[:-1]


def test_doctor_tells_what_is_wrong_and_how_to_mend_it_and_exits_1(own: Path, seed_engine: Engine) -> None:
    passages = sum(seed_engine.passage_count(article) for article in IDS)
    shutil.rmtree(own / "index")
    ran = sanad("doctor", data=own, SANAD_BIDDI="off")
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.splitlines()[2:] == [
        "✗ settings: SANAD_BIDDI is no setting of Sanad",
        "    mend: did you mean SANAD_BIDI?",
        f"✓ data folder: {own}",
        f"✓ library: 5 articles, {passages} passages",
        "✗ index: there is none",
        "    mend: sanad reindex",
        "2 things to mend.",
    ]
    as_json = sanad("doctor", "--json", data=own)
    document = as_json.json(CHECKS)
    assert (as_json.code, document["ok"], document["checks"][-1]) == (
        1,
        False,
        {"name": "index", "status": "bad", "detail": "there is none", "mend": "sanad reindex"},
    )


def test_doctor_before_the_first_ingest_says_how_to_begin(none: Path) -> None:
    ran = sanad("doctor", data=none, SANAD_LANGUAGE="ar")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[-3:] == ["· library: empty", "    الإصلاح: sanad ingest seeds/", "كل شيء يعمل."]


# Errors: one line on standard error, in the language of the question


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize(
    ("question", "system", "message"),
    [
        ("ماذا حدث؟", "en_US.UTF-8", EMPTY_AR),
        ("What happened?", "ar_IQ.UTF-8", EMPTY_EN),
        ("2021 ؟", "ar_IQ.UTF-8", EMPTY_AR),
        ("2021 ?", "en_US.UTF-8", EMPTY_EN),
    ],
)
def test_an_error_is_in_the_language_of_the_question(
    command: str, question: str, system: str, message: str, none: Path
) -> None:
    assert sanad(command, question, data=none, LANG=system) == Ran(1, "", message)


def test_an_error_as_json_is_the_one_document(none: Path) -> None:
    ran = process("ask", "ماذا حدث؟", "--json", data=none)
    assert (ran.code, ran.json(ERROR)) == (
        1,
        {"error": {"type": "LibraryEmpty", "message": EMPTY_EN.strip(), "setting": None}},
    )


def test_an_error_as_a_process_is_on_standard_error_and_exits_1(none: Path) -> None:
    assert process("ask", "ماذا", "حدث؟", data=none) == Ran(1, "", EMPTY_AR)
    assert not none.exists()


@pytest.mark.parametrize("question", ["", "   ", "؟!", "…"])
def test_a_question_without_a_word_is_refused(question: str, seeds: Path) -> None:
    message = 'The question is empty. Ask something, for example: sanad ask "What happened?"'
    assert sanad("ask", question, data=seeds) == Ran(1, "", message + "\n")
    ran = sanad("ask", question, "--json", data=seeds)
    assert (ran.code, ran.json(ERROR)["error"]) == (1, {"type": "QuestionError", "message": message, "setting": None})


def test_a_question_that_is_far_too_long_is_refused_in_its_language(seeds: Path) -> None:
    assert sanad("ask", "صواريخ " * 501, data=seeds) == Ran(1, "", "في السؤال 501 كلمة؛ الحد الأقصى 500.\n")


@pytest.mark.parametrize(
    ("variables", "setting", "message"),
    [
        ({"SANAD_CHROMA_URL": "localhost"}, "SANAD_CHROMA_URL", "'localhost' is not a URL. Example: SANAD_CHROMA_URL=http://localhost:8000"),
        (
            {"SANAD_MAX_ARTICLE_MB": "abc"},
            "SANAD_MAX_ARTICLE_MB",
            "should be a valid number, unable to parse string as a number. Example: SANAD_MAX_ARTICLE_MB=5",
        ),
        (
            {"SANAD_BIDI": "x"},
            "SANAD_BIDI",
            "should be 'auto', 'terminal', 'reorder' or 'off'. Example: SANAD_BIDI=reorder",
        ),
        (
            {"SANAD_PASSAGE_WORDS": "100", "SANAD_PASSAGE_OVERLAP": "100"},
            "SANAD_PASSAGE_OVERLAP",
            "must be smaller than SANAD_PASSAGE_WORDS (100). Example: SANAD_PASSAGE_OVERLAP=40",
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "command", [["ask", "What happened?"], ["ingest", "news"], ["articles", "list"], ["doctor"], ["reindex"]]
)
def test_a_wrong_setting_is_one_line_with_the_variable_and_an_example(
    command: list[str], variables: dict[str, str], setting: str, message: str, none: Path
) -> None:
    line = f"{setting}: {message}"
    assert sanad(*command, data=none, **variables) == Ran(1, "", line + "\n")
    ran = sanad(*command, "--json", data=none, **variables)
    assert (ran.code, ran.json(ERROR)) == (
        1,
        {"error": {"type": "SettingsError", "message": line, "setting": setting}},
    )


def test_a_wrong_setting_is_told_in_arabic_for_an_arabic_question_or_system(none: Path) -> None:
    line = "SANAD_CHROMA_URL: قيمة غير صالحة ('localhost' is not a URL). مثال: SANAD_CHROMA_URL=http://localhost:8000\n"
    assert process("ask", "ماذا حدث؟", data=none, SANAD_CHROMA_URL="localhost") == Ran(1, "", line)
    assert sanad("articles", "list", data=none, SANAD_CHROMA_URL="localhost", LANG="ar_IQ.UTF-8") == Ran(1, "", line)


def test_an_env_file_that_is_not_utf8_is_one_line(none: Path) -> None:
    write(none.parent / "elsewhere").joinpath(".env").write_bytes("SANAD_BIDI=off".encode("utf-16"))
    assert process("doctor", data=none) == Ran(1, "", ".env: not UTF-8 text. Save it as UTF-8.\n")


def test_a_data_folder_that_cannot_be_made_is_one_line(none: Path) -> None:
    none.touch()
    line = f"The data folder {none} cannot be used (File exists). Choose another: SANAD_DATA_DIR=data"
    assert sanad("ingest", str(SEEDS), data=none) == Ran(1, "", line + "\n")


# Wrong usage


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["ask", "x", "--nope"],
        ["search", "x", "--limit", "0"],
        ["search", "x", "--limit", "many"],
        ["ingest"],
        ["articles", "show"],
        ["articles", "nope"],
        ["nope"],
    ],
)
def test_wrong_usage_is_told_on_standard_error_and_exits_2(arguments: list[str], none: Path) -> None:
    ran = sanad(*arguments, data=none)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Usage: ")
    assert not none.exists()


def test_wrong_usage_as_a_process_exits_2(none: Path) -> None:
    ran = process("search", "x", "--limit", "0", data=none)
    assert (ran.code, ran.out) == (2, "")
    assert "Invalid value for '--limit'" in ran.err


# chat


def chatted(seeds: Path, *questions: str) -> str:
    """What `chat` writes for questions that all have a reply."""
    with open_engine(Settings(data_dir=seeds)) as engine:
        talk = engine.conversation()
        replies = [engine.ask(question, conversation=talk) for question in questions]
    return "".join("\n".join([*reply_lines(reply, "off", 80), "", ""]) for reply in replies)


def test_chat_answers_each_line_survives_an_error_and_ends_with_the_input(seeds: Path) -> None:
    ran = process("chat", data=seeds, stdin=f"{WHEN}\n\n   \n؟؟؟\n{POPULATION}")
    assert ran == Ran(
        0,
        "Ask in Arabic or English. Ctrl-D ends.\n" + chatted(seeds, WHEN, POPULATION) + "Goodbye.\n",
        'The question is empty. Ask something, for example: sanad ask "What happened?"\n',
    )


def test_chat_on_an_empty_library_tells_so_for_each_question_in_its_language(none: Path) -> None:
    assert sanad("chat", data=none, stdin="ماذا حدث؟\nWhat happened?\n", SANAD_LANGUAGE="ar") == Ran(
        0, "اسأل بالعربية أو الإنكليزية. للخروج Ctrl-D.\nإلى اللقاء.\n", EMPTY_AR + EMPTY_EN
    )


@pytest.mark.parametrize("farewell", ["exit", "/quit", "خروج"])
def test_chat_ends_at_a_farewell(seeds: Path, farewell: str) -> None:
    ran = sanad("chat", data=seeds, stdin=f"{farewell}\nWho is John Kirby?\n")
    assert ran == Ran(0, "Ask in Arabic or English. Ctrl-D ends.\nGoodbye.\n", "")


def test_chat_without_input_ends_at_once(none: Path) -> None:
    assert sanad("chat", data=none) == Ran(0, "Ask in Arabic or English. Ctrl-D ends.\nGoodbye.\n", "")


# Streams and locales


@pytest.mark.parametrize(("system", "message"), [("en_US.UTF-8", "\nInterrupted.\n"), ("ar_IQ.UTF-8", "\nتوقف.\n")])
def test_an_interrupted_command_says_so_and_exits_130(
    system: str, message: str, none: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(self: Engine, paths: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Engine, "ingest", interrupted)
    assert sanad("ingest", "news", data=none, LANG=system) == Ran(130, "", message)


def test_the_c_locale_still_prints_arabic(seeds: Path, seed_engine: Engine) -> None:
    expected = Ran(0, "\n".join([*reply_lines(seed_engine.ask(WHEN), "off", 80), ""]), "")
    assert process("ask", WHEN, data=seeds, LC_ALL="C") == expected


def test_a_locale_that_python_takes_at_its_word_still_reads_and_prints_arabic(seeds: Path) -> None:
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    hello, goodbye = "Ask in Arabic or English. Ctrl-D ends.\n", "Goodbye.\n"
    assert process("chat", data=seeds, stdin=WHEN, **ascii_only) == Ran(0, hello + chatted(seeds, WHEN) + goodbye, "")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["articles", "show", IDS[0]], 0),
        (["ask", WHEN, "--json"], 0),
        (["articles", "show", "nope", "--json"], 1),
        (["--help"], 1),
    ],
)
def test_a_reader_that_has_gone_gives_no_traceback(arguments: list[str], code: int, seeds: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        env=environment(seeds, {}),
        cwd=seeds.parent,
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (code, b"")


def test_the_first_line_of_a_long_output_can_be_had_alone(seeds: Path) -> None:
    command = f"{sys.executable} -m bot.cli search قاعدة --limit 100 | head -1"
    ran = subprocess.run(
        ["sh", "-c", command], env=environment(seeds, {}), cwd=seeds.parent, capture_output=True, timeout=60, check=True
    )
    assert re.fullmatch(r"\d\.\d{3}  \w+  \d+–\d+\n", ran.stdout.decode())
    assert ran.stderr == b""


# What is imported


def loaded(*arguments: str, data: Path) -> list[str]:
    """Which large libraries a command has imported by its end."""
    program = (
        "import atexit, sys\n"
        "large = {'chromadb', 'llama_index', 'numpy', 'pydantic', 'tantivy'}\n"
        "atexit.register(lambda: print(*sorted(large & sys.modules.keys()), file=sys.stderr))\n"
        "from bot.cli import main\n"
        "main()\n"
    )
    ran = process(*arguments, data=data, program=("-c", program))
    assert ran.code == 0
    return ran.err.split()


def test_help_imports_no_large_library(none: Path) -> None:
    assert loaded("--help", data=none) == []


def test_asking_imports_no_llama_index(seeds: Path) -> None:
    assert loaded("ask", WHEN, data=seeds) == ["chromadb", "numpy", "pydantic", "tantivy"]


# Arabic on displays


def commands(folder: Path) -> list[list[str]]:
    return [
        ["ask", WHEN],
        ["ask", POPULATION],
        ["search", "صواريخ"],
        ["articles", "list"],
        ["articles", "show", IDS[2]],
        ["doctor"],
        ["ingest", str(folder)],
        ["articles", "remove", IDS[0]],
        ["reindex"],
    ]


@pytest.mark.parametrize("width", [48, 100])
def test_every_command_lays_arabic_out_for_terminals_that_order_text(own: Path, width: int) -> None:
    for command in commands(write(own.parent / "news", خبر="وقع هجوم (CNN) أمس.")):
        ran = sanad(*command, data=own, SANAD_BIDI="terminal", SANAD_LANGUAGE="ar", COLUMNS=str(width))
        assert (ran.code, ran.err) == (0, ""), command
        for line in ran.out.splitlines():
            assert len(re.findall("[\u2066\u2067]", line)) == line.count("\u2069"), line
            assert cell_len(INVISIBLE.sub("", line)) <= width, line


@pytest.mark.parametrize("width", [48, 100])
def test_every_command_shapes_and_orders_arabic_for_terminals_that_do_not(own: Path, width: int) -> None:
    for command in commands(write(own.parent / "news", خبر="وقع هجوم (CNN) أمس.")):
        ran = sanad(*command, data=own, SANAD_BIDI="reorder", SANAD_LANGUAGE="ar", COLUMNS=str(width))
        assert (ran.code, ran.err, INVISIBLE.findall(ran.out)) == (0, "", []), command
        unshaped = [letter for letter in ARABIC_LETTER.findall(ran.out) if letter < "\ufb50"]
        assert unshaped == [], command
        assert [line for line in ran.out.splitlines() if cell_len(line) > width] == [], command


def on_a_terminal(*arguments: str, data: Path, **variables: str) -> str:
    """What a command shows whose output and errors are a terminal of 60 columns."""
    master, slave = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "bot.cli", *arguments],
        env=environment(data, {"TERM": "xterm-256color", "COLUMNS": "60", **variables}),
        cwd=data.parent,
        stdin=subprocess.DEVNULL,
        stdout=slave,
        stderr=slave,
    ) as running:
        os.close(slave)
        shown = b""
        while select.select([master], [], [], 60)[0]:
            try:
                read = os.read(master, 65536)
            except OSError:  # how Linux tells that the other end is closed
                break
            if not read:
                break
            shown += read
        running.wait(timeout=60)
    os.close(master)
    return shown.decode().replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("variables", "line"),
    [
        ({}, "sanad ingest seeds/  :ﻻﻭﺃ ﺕﻻﺎﻘﻣ ﻒﺿﺃ .ﺔﻏﺭﺎﻓ ﺔﺒﺘﻜﻤﻟﺍ\n".rjust(61)),
        (
            {"KONSOLE_VERSION": "1"},
            "\u200f\u2067المكتبة فارغة. أضف مقالات أولا:  \u2066sanad ingest seeds/\u2069\u2069\n",
        ),
        ({"VTE_VERSION": "7600", "SANAD_BIDI": "off"}, EMPTY_AR),
    ],
)
def test_errors_too_are_laid_out_for_the_terminal(variables: dict[str, str], line: str, none: Path) -> None:
    assert on_a_terminal("ask", "ماذا حدث؟", data=none, **variables) == line


def test_the_terminal_is_told_by_its_variables(seeds: Path, seed_engine: Engine) -> None:
    reply = seed_engine.ask(WHEN)
    assert on_a_terminal("ask", WHEN, data=seeds) == "\n".join([*reply_lines(reply, "reorder", 60), ""])
    shown = on_a_terminal("ask", WHEN, data=seeds, VTE_VERSION="7600")
    assert shown == DIRECTION_BY_LINE + "\n".join([*reply_lines(reply, "terminal", 60), DIRECTION_AS_BEFORE])


def test_json_on_a_terminal_is_the_document_alone(none: Path) -> None:
    assert on_a_terminal("articles", "list", "--json", data=none, VTE_VERSION="7600") == "[]\n"
