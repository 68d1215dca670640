"""A model that lies, over HTTP and through the whole engine: `python -m benchmarks.lying [--articles PATH…] [--trials 500] [--seed 1]`.

In each trial a true sentence and the same with one fault (`rag/evaluation/faults`, every kind in turn) are told by a model server that speaks the
real protocol, in pieces of any size, dressed as models dress their answers. Printed, by kind: how many of the faulty ones were withheld, of
those whose true sentence passed; how many of the true ones were withheld; and whether anything came out that was neither. Then the
server itself fails in every way it knows.
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from rag.engine import Engine, open_engine
from rag.evaluation.faults.kinds import KINDS
from rag.evaluation.faults.sentences import scene
from rag.evaluation.faults.statement import Scene, Statement
from rag.evaluation.retrieval import engine_over
from rag.evaluation.wilson import wilson
from rag.language.words import words
from rag.model import LANGUAGES, Language
from rag.settings import Settings
from rag.writing import NO_ANSWER
from tests.llm_server import FAULTS, WRAPPINGS, ModelServer, Prompt, cited, model_server

_ROOT = Path(__file__).parent.parent
_ARTICLES = (_ROOT / "seeds", _ROOT / "tests" / "grounding" / "made")
_SENTENCES = "tests/grounding/sentences/*.jsonl"
_MOST_TRIED = (
    8  # for each trial: not every fault can be made in a sentence, and not every passage is found for a question
)
_IMPATIENT = 3.0  # seconds, where the server fails


@dataclass(frozen=True, slots=True)
class Told:
    """One trial: what was told, and what came out."""

    kind: str
    language: Language
    true: str
    faulty: str
    true_shown: bool
    faulty_shown: bool
    others: tuple[str, ...]  # sentences in the answer that are neither


class Liar:
    """Tells sentences with the numbers of the passages they cite."""

    def __init__(self, sentences: Sequence[Statement], random: Random) -> None:
        self._sentences = [sentence.draft for sentence in sentences]
        random.shuffle(self._sentences)
        self._dress = random.choice(list(WRAPPINGS.values()))
        self.told = False

    def __call__(self, prompt: Prompt) -> str:
        """What it answers; that it finds nothing where the prompt lacks a passage it would cite."""
        text = cited(self._sentences, prompt)
        if prompt.question is not None:  # it may also be asked for translations
            self.told = text is not None
        return self._dress(text) if text else NO_ANSWER


def main() -> None:
    """Make an engine, tell it truths and lies, and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, nargs="+", default=list(_ARTICLES))
    parser.add_argument("--sentences", type=Path, nargs="*", default=sorted(_ROOT.glob(_SENTENCES)))
    parser.add_argument("--trials", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with model_server() as model:
        settings = Settings(llm="lying", llm_url=model.url, llm_timeout=30.0)
        with engine_over(arguments.articles, settings) as engine:
            made = scene(engine.articles(), arguments.sentences, settings)
            started = time.perf_counter()
            told = list(_trials(engine, model, made, arguments.trials, Random(arguments.seed)))
            _print(told, time.perf_counter() - started)
            _print_failures(engine, model, made.statements[0])


def _trials(engine: Engine, model: ModelServer, made: Scene, wanted: int, random: Random) -> Iterator[Told]:
    """So many trials, every kind in its turn, as far as these sentences go."""
    left = {kind: random.sample(list(made.statements), len(made.statements)) for kind in KINDS}
    count = 0
    while count < wanted and any(left.values()):
        for kind in KINDS:
            told = next((one for one in _tried(engine, model, made, kind, left[kind], random) if one), None)
            if told and count < wanted:
                count += 1
                yield told


def _tried(
    engine: Engine, model: ModelServer, made: Scene, kind: str, left: list[Statement], random: Random
) -> Iterator[Told | None]:
    """A kind of fault in one sentence after the other; None where it cannot be made or told."""
    for _ in range(_MOST_TRIED):
        if not left:
            return
        true = left.pop()
        faulty = KINDS[kind](true, made, random)
        if faulty is None or faulty == true:
            yield None
            continue
        together = [[true, faulty]] if faulty.text != true.text else [[true], [faulty]]  # its citation is the fault
        shown = [_shown(engine, model, true, sentences, random) for sentences in together]
        yield _outcome(kind, true, faulty, [texts for texts in shown if texts is not None], len(together))


def _shown(
    engine: Engine, model: ModelServer, asked: Statement, sentences: Sequence[Statement], random: Random
) -> list[str] | None:
    """What comes out of sentences told in answer to a question; None where they cannot be told."""
    model.reply = liar = Liar(sentences, random)
    model.size = random.randint(1, 60)
    reply = engine.ask(asked.text, language=asked.language)
    return [_bare(claim.text) for claim in reply.claims if claim.verdict == "supported"] if liar.told else None


def _outcome(
    kind: str, true: Statement, faulty: Statement, shown: Sequence[Sequence[str]], replies: int
) -> Told | None:
    if len(shown) < replies:
        return None
    told = _bare(true.text), _bare(faulty.text)  # a part of one may be shown, where it is of two sentences
    others = tuple(text for texts in shown for text in texts if not any(text in whole for whole in told))
    passed = (_bare(true.text) in shown[0], _bare(faulty.text) in shown[-1])
    return Told(kind, true.language, true.text, faulty.text, *passed, others)


def _bare(text: str) -> str:
    """The words alone: spaces and stops may change on the way."""
    return " ".join(word.folded for word in words(text))


def _print(told: Sequence[Told], seconds: float) -> None:
    print(
        f"{len(told)} trials over HTTP in {seconds:.0f} s\n\nfaulty sentences withheld, of those whose true one passed"
    )
    print(f"{'':20}{'Arabic':>12}{'English':>12}{'both':>8}  95 % (Wilson)")
    for kind in KINDS:
        _row(kind, [(one.language, not one.faulty_shown) for one in told if one.kind == kind and one.true_shown])
    _row("all", [(one.language, not one.faulty_shown) for one in told if one.true_shown])
    print("\ntrue sentences withheld")
    _row("each once", [*{(one.language, one.true): not one.true_shown for one in told}.items()], keyed=True)
    others = [text for one in told for text in one.others]
    print("\n".join([f"\nsentences shown that nobody told: {len(others)}", *others]))


def _row(name: str, outcomes: Sequence[tuple[object, bool]], *, keyed: bool = False) -> None:
    cells = []
    for language in LANGUAGES:
        those = [hit for key, hit in outcomes if (key[0] if keyed and isinstance(key, tuple) else key) == language]
        cells.append(f"{sum(those)} of {len(those)}" if those else "–")
    hits = sum(hit for _, hit in outcomes)
    share = wilson(hits, len(outcomes)) if outcomes else None
    figures = f"{share.value:8.3f}  {share.low:.3f}…{share.high:.3f}" if share else f"{'–':>8}"
    print(f"{name:20}{cells[0]:>12}{cells[1]:>12}{figures}")


def _print_failures(engine: Engine, model: ModelServer, statement: Statement) -> None:
    """How long each failure of the server keeps whoever asks, and what is shown then."""
    print(f"\nfailures of the server, where an answer may take {_IMPATIENT:.0f} s")
    settings = engine.settings.model_copy(update={"llm_timeout": _IMPATIENT})
    model.reply = f"{statement.text.rstrip('.')} [1]. " * 3
    model.size = 7
    for fault in FAULTS:
        with open_engine(settings) as impatient:  # its circuit is closed
            impatient.search(statement.text)
            model.fault = fault
            started = time.perf_counter()
            reply = impatient.ask(statement.text, language=statement.language)
            seconds = time.perf_counter() - started
        model.fault = None
        print(f"{fault:20}{seconds:5.1f} s  {reply.writer}  {', '.join(reply.notices)}")


if __name__ == "__main__":
    main()
