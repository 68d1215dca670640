"""The grounding check measured on the articles of an engine, or on others."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path

from rag.engine import Engine
from rag.evaluation.faults.detection import Detection, detect, grounding_check, trials
from rag.evaluation.faults.sentences import DEFAULT_SENTENCES, scene
from rag.evaluation.retrieval import engine_over


def measure_faults(
    engine: Engine,
    sentences: Sequence[Path] = (),
    *,
    articles: Sequence[Path] = (),
    progress: Callable[[str], None] | None = None,
) -> Detection:
    """Make faults in true sentences over articles, and put all of them to the check.

    Args:
        engine: on the library whose articles the sentences rest on, unless `articles` are given.
        sentences: JSONL files, see `rag.evaluation.faults.sentences.scene`; none for the default ones of the working folder.
        articles: files and folders in the library's place.
        progress: called with the name of each article as it is read, and with the kind of each trial.

    Raises:
        QuestionError: a file of sentences cannot be used.
        UnreadableArticle: one of `articles` cannot be read.
        LibraryEmpty: there are no articles.
    """
    with engine_over(articles, engine.settings, progress) if articles else nullcontext(engine) as over:
        over.generation()  # says what is wrong where there is nothing
        files = list(sentences) or sorted(Path().glob(DEFAULT_SENTENCES))
        made = scene(over.articles(), files, over.settings)
        return detect(grounding_check(made), trials(made), progress)
