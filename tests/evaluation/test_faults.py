"""Faults made in sentences of other topics than the sample articles: each changes what it is named for, where it can be made at all."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from rag.errors import QuestionError
from rag.evaluation.faults.detection import TRUE, Detection, Trial, detect, grounding_check, trials
from rag.evaluation.faults.kinds import KINDS
from rag.evaluation.faults.sentences import scene
from rag.evaluation.faults.statement import Scene, Statement
from rag.model import Article
from rag.settings import Settings

PORT = Article(
    "port",
    "أعلنت وزارة النقل المصرية يوم 12 مايو/أيار 2019 أن 45 سفينة عبرت القناة. وقال سامح شكري إن 300 عامل لم يصابوا بأذى. "
    "وتتهم القاهرة شركة نرويجية بتأخير العبور. ووصل رويال كارلسون إلى بورسعيد الساعة 7:30 صباحا.",
    "port.txt",
)
BANK = Article(
    "bank", "رفع البنك المركزي الأردني سعر الفائدة في يناير 2020 بمقدار ربع نقطة. وحذر خبراء من الركود.", "bank.txt"
)
TEXTS = {
    "number": ("The ministry said 45 ships crossed the canal.", "ar: عبرت 45 سفينة القناة."),
    "unit": ("The delay lasted two hours.", "ar: تأخر العبور 3 ساعات."),
    "date": ("On 12 May 2019 ships crossed.", "ar: عبرت سفن القناة يوم 12 مايو 2019."),
    "weekday": ("The ships crossed on Sunday.", "ar: عبرت السفن القناة يوم الأحد."),
    "month": ("The ships crossed in May 2019.", "ar: عبرت السفن في مايو/أيار 2019."),
    "year": ("The ships crossed in May 2019.", "ar: عبرت السفن في مايو 2019."),
    "time": ("He arrived at 7:30 am.", "ar: وصل فجر الأحد."),
    "name": ("The minister Sameh Shoukry welcomed the crossing.", "ar: استقبل الوزير مصطفى الكاظمي السفن."),
    "speaker": ("Sameh Shoukry said 300 workers were unharmed.", "ar: قال مصدر عسكري إن السفن عبرت."),
    "place": ("He arrived in Beirut.", "ar: وصل إلى بيروت."),
    "nationality": ("The Egyptian ministry spoke.", "ar: تحدثت الوزارة المصرية."),
    "negation": ("The workers were not hurt.", "ar: لم يصب العمال بأذى."),
    "hedge": ("At least 45 ships crossed, about 40 of them at night.", "ar: عبرت القناة 45 سفينة على الأقل."),
    "attribution": ("The ministry said the ships crossed safely.", "ar: قالت الوزارة إن السفن عبرت القناة بسلام."),
    "allegation": ("Cairo accuses a firm of being behind the delay.", "ar: تتهم القاهرة شركة نرويجية بالوقوف وراء التأخير."),
    "roles": ("Cairo accused Roald Carlsen of fraud.", "ar: اتهمت القاهرة واشنطن بالتأخير."),
    "swapped_numbers": ("45 ships and 300 workers crossed.", "ar: عبرت 45 سفينة و 300 عامل."),
    "swapped_names": (
        "Sameh Shoukry welcomed the ships that Roald Carlsen had sent.",
        "ar: استقبل مصطفى الكاظمي السفن التي أرسلها دونالد ترامب.",
    ),
}  # fmt: skip
EXPECTED = {
    "time": ("at", "وصل"),
    "negation": ("The workers were hurt.", "يصب العمال بأذى."),
    "hedge": ("At least 45 ships crossed, 40 of them at night.", "عبرت القناة 45 سفينة."),
    "attribution": ("The ships crossed safely.", "السفن عبرت القناة بسلام."),
    "allegation": ("A firm are behind the delay.", "تقف شركة نرويجية وراء التأخير."),
    "roles": ("Roald Carlsen accused Cairo of fraud.", "اتهمت واشنطن القاهرة بالتأخير."),
    "swapped_numbers": ("300 ships and 45 workers crossed.", "عبرت 300 سفينة و 45 عامل."),
    "swapped_names": (
        "Roald Carlsen welcomed the ships that Sameh Shoukry had sent.",
        "استقبل دونالد ترامب السفن التي أرسلها مصطفى الكاظمي.",
    ),
}  # fmt: skip


def _scene(*texts: str, tmp_path: Path) -> Scene:
    """A scene of the two articles and these sentences, which cite the first."""
    records = [
        {"id": str(i), "text": text.removeprefix("ar: "), "language": "ar" if text.startswith("ar: ") else "en"}
        | {"article": "port", "quote": PORT.text}
        for i, text in enumerate(texts)
    ]
    path = tmp_path / "true.jsonl"
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    return scene([PORT, BANK], [path], Settings())


def _faulty(kind: str, made: Scene) -> list[Statement]:
    return [trial.statement for trial in trials(made, {kind: KINDS[kind]}) if trial.kind == kind]


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_fault_changes_the_sentence_and_leaves_the_rest(kind: str, language: str, tmp_path: Path) -> None:
    place = 0 if language == "en" else 1
    text = TEXTS[kind][place]
    made = _scene(text, tmp_path=tmp_path)
    faulty = [one for one in _faulty(kind, made) if one.id == "0"]
    assert len(faulty) == 1
    said = faulty[0].text
    assert said != text.removeprefix("ar: ")
    if kind == "time":
        assert EXPECTED[kind][place] in said
    elif kind in EXPECTED:
        assert said == EXPECTED[kind][place]
    else:
        kept = set(text.removeprefix("ar: ").split()) & set(said.split())
        assert len(kept) >= len(text.split()) / 3


@pytest.mark.parametrize("kind", KINDS)
def test_where_a_fault_cannot_be_made_there_is_no_trial(kind: str, tmp_path: Path) -> None:
    made = _scene("Ships crossed.", tmp_path=tmp_path)
    always = {"cause", "linked", "moved_citation", "other_article", "invented_quotation"}
    assert kind in always or [one for one in _faulty(kind, made) if one.id == "0"] == []


def test_the_same_sentences_have_the_same_faults_in_every_run(tmp_path: Path) -> None:
    made = _scene(*(text for pair in TEXTS.values() for text in pair), tmp_path=tmp_path)
    assert list(trials(made)) == list(trials(made))


def test_a_moved_citation_and_another_articles_sentence_cite_what_does_not_carry_them(tmp_path: Path) -> None:
    made = _scene("45 ships crossed the canal.", tmp_path=tmp_path)
    other = [one for one in _faulty("other_article", made) if one.article_id == "bank"]
    assert other
    assert {passage.article_id for one in other for passage in one.passages} == {"bank"}
    assert all(one.text not in BANK.text for one in other)


def test_an_article_gives_its_own_sentences_in_another_spelling(tmp_path: Path) -> None:
    own = [one for one in _scene(tmp_path=tmp_path).statements if one.article_id == "port"]
    assert own[0].text == own[0].quote.replace("مايو/أيار", "مايو")
    assert own[1].text == own[1].quote.removeprefix("و")


# What is counted


def _statement(name: str) -> Statement:
    return Statement(name, name, "en", "port", PORT.text, ())


def _detected(withheld: Sequence[str], *made: Trial) -> Detection:
    return detect(lambda statement: "no" if statement.text in withheld else None, made)


def test_a_fault_in_a_sentence_that_is_withheld_without_it_is_not_counted() -> None:
    passing, alarming = Trial(TRUE, _statement("a")), Trial(TRUE, _statement("b"))
    faults = [Trial("number", _statement("a")), Trial("number", _statement("b"))]
    found = _detected(["b"], passing, alarming, *faults)
    assert found.withheld(TRUE) == (1, 2)
    assert found.withheld("number") == (0, 1)
    assert [one.trial.statement.text for one in found.mistakes] == ["b", "a"]


def test_the_figures_have_every_kind_in_both_languages_and_an_interval_where_there_were_trials() -> None:
    document = _detected(["x"], Trial("number", _statement("x")), Trial(TRUE, _statement("a"))).to_dict()
    assert list(document) == ["kinds", "false_alarms", "mistakes"]
    assert list(document["kinds"]) == list(KINDS)
    assert document["kinds"]["number"]["ar"] == {"detected": 0, "trials": 0, "interval": None}
    assert document["kinds"]["number"]["en"]["detected"] == document["kinds"]["number"]["en"]["trials"] == 1
    assert document["false_alarms"]["en"]["withheld"] == 0


def test_a_check_that_withholds_nothing_detects_nothing_and_the_real_one_does(tmp_path: Path) -> None:
    made = _scene("The ministry announced that 45 ships crossed the canal.", tmp_path=tmp_path)
    chosen = list(trials(made, {"number": KINDS["number"]}))
    nothing, real = detect(lambda statement: None, chosen), detect(grounding_check(made), chosen)
    assert nothing.withheld("number")[0] == 0 < nothing.withheld("number")[1]
    assert real.withheld("number")[0] == real.withheld("number")[1] > 0


# The files and the command


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"id": "1", "text": "x"}, "true.jsonl line 1: the field 'language' is missing"),
        ({"id": "1", "text": "x", "language": "fr", "article": "port", "quote": "x"}, "the field 'language'"),
        ({"id": "1", "text": "x", "language": "en", "article": "port", "quote": "ليس هنا"}, "does not stand in the article 'port'"),
    ],
)  # fmt: skip
def test_a_record_that_cannot_be_used_is_named(record: object, message: str, tmp_path: Path) -> None:
    path = tmp_path / "true.jsonl"
    path.write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(QuestionError, match=message):
        scene([PORT], [path], Settings())


def test_the_command_counts_faults_by_kind_and_language(tmp_path: Path) -> None:
    (tmp_path / "bank.txt").write_text(BANK.text, encoding="utf-8")
    arguments = ["eval", "faults", "--articles", str(tmp_path / "bank.txt")]
    variables = {"SANAD_DATA_DIR": str(tmp_path / "data"), "LC_ALL": "", "LANG": ""}
    asked = CliRunner().invoke(app, [*arguments, "--json"], env=variables, catch_exceptions=False)
    document = json.loads(asked.stdout)
    assert asked.exit_code == 0
    assert document["kinds"]["year"]["ar"] == {"detected": 1, "trials": 1, "interval": [0.2065, 1.0]}
    table = CliRunner().invoke(app, arguments, env=variables, catch_exceptions=False).stdout.splitlines()
    assert table[0] == "2 true sentences"
    assert [line.split()[0] for line in table[2 : 3 + len(KINDS)]] == [*KINDS, TRUE]
