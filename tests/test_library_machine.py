"""A library through any story of writing, removing, reindexing, crashing and reopening, against a plain dict."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from rag.articles.layout import read_layout
from rag.engine import Engine, open_engine
from rag.errors import ArticleNotFound, IndexOutdated, LibraryEmpty
from rag.index import chroma, generation, lexical
from rag.library import Library
from rag.model import Article, IngestReport
from rag.passages import cut_passages
from rag.settings import Settings

NAMES = st.sampled_from(["a", "b", "c", "مقال"])
PLACES = st.lists(st.sampled_from(["الموصل", "البصرة", "أربيل", "كركوك"]), min_size=1, max_size=6)
WORDS, OVERLAP = 30, 10
STEPS: list[tuple[object, str]] = [
    (lexical, "write"), (chroma, "write"), (generation, "_copy"), (generation, "_replace"), (shutil, "rmtree"),
    (Path, "rename"), (Path, "replace"), (Library, "put"), (Library, "remove"),
]  # fmt: skip


class Crash(BaseException):
    """What a killed process looks like from inside."""


def text(places: list[str]) -> str:
    """An article of which every sentence is about Baghdad, so that one question finds all its passages."""
    return " ".join(
        f"أعلن المتحدث أن اجتماع بغداد في يومه {n} يخص مدينة {place} وحدها." for n, place in enumerate(places, 1)
    )


def passages(article_id: str, content: str) -> set[tuple[str, int, str]]:
    cut = cut_passages(Article(article_id, content, ""), read_layout(content), most_words=WORDS, overlap=OVERLAP)
    return {(p.article_id, p.start, p.text) for p in cut}


class LibraryStory(RuleBasedStateMachine):
    """`disk` is what the folder holds, `model` what the library must hold; `behind` while a crash has left the index so."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.news = self.folder / "news"
        self.news.mkdir()
        self.disk: dict[str, str] = {}
        self.model: dict[str, str] = {}
        self.behind = False
        self.engine = self.opened()
        self.reader = self.opened()

    def opened(self) -> Engine:
        return open_engine(Settings(data_dir=self.folder / "data", passage_words=WORDS, passage_overlap=OVERLAP))

    def teardown(self) -> None:
        self.engine.close()
        self.reader.close()
        shutil.rmtree(self.folder)

    # What happens

    @initialize(places=PLACES)
    def begin(self, places: list[str]) -> None:
        self.write("a", places)
        self.ingest()

    @rule(name=NAMES, places=PLACES)
    def write(self, name: str, places: list[str]) -> None:
        self.disk[name] = text(places)
        (self.news / f"{name}.txt").write_text(self.disk[name], encoding="utf-8")

    @precondition(lambda self: self.disk)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.disk)))
        del self.disk[name]
        (self.news / f"{name}.txt").unlink()

    @rule()
    def ingest(self) -> None:
        expected = self.expected_report()
        report = self.engine.ingest([self.news])
        assert report == expected
        assert self.engine.ingest([self.news]) == IngestReport(unchanged=len(self.disk))
        self.model |= self.disk
        self.behind = False

    @rule()
    def sync(self) -> None:
        gone = self.model.keys() - self.disk.keys()
        assert self.engine.ingest([self.news], sync=True).removed == len(gone)
        self.model = dict(self.disk)
        self.behind = False

    @rule(name=NAMES)
    def remove(self, name: str) -> None:
        if name in self.model:
            self.engine.remove(name)
            del self.model[name]
            self.behind = False
        else:
            with pytest.raises(ArticleNotFound):
                self.engine.remove(name)

    @rule()
    def reindex(self) -> None:
        assert self.engine.reindex() == len(self.searchable_by_model())
        self.behind = False

    @rule(
        step=st.sampled_from(STEPS),
        after=st.integers(0, 2),
        story=st.sampled_from(["ingest", "sync", "remove", "reindex"]),
        name=NAMES,
    )
    def crash(self, step: tuple[object, str], after: int, story: str, name: str) -> None:
        """A change that may be killed at a step: the library holds each article as it was or as it was to be."""
        wanted = dict(self.model)
        if story in ("ingest", "sync"):
            wanted |= self.disk
        if story == "sync":
            wanted = dict(self.disk)
        if story == "remove":
            wanted.pop(name, None)
        changes: dict[str, Callable[[], object]] = {
            "ingest": lambda: self.engine.ingest([self.news]),
            "sync": lambda: self.engine.ingest([self.news], sync=True),
            "remove": lambda: self.engine.remove(name),
            "reindex": self.engine.reindex,
        }
        try:
            with failing(*step, after):
                changes[story]()
            self.behind = False
        except ArticleNotFound:
            assert name not in self.model
        except Crash:
            self.behind = True
        held = {article.id: article.text for article in self.engine.articles()}
        for article_id in held.keys() | self.model.keys() | wanted.keys():
            assert held.get(article_id) in (self.model.get(article_id), wanted.get(article_id))
        assert self.behind or held == wanted
        self.model = held

    @rule()
    def reopen(self) -> None:
        self.engine.close()
        self.engine = self.opened()

    # What must hold

    def expected_report(self) -> IngestReport:
        added = self.disk.keys() - self.model.keys()
        updated = {name for name in self.disk.keys() & self.model.keys() if self.disk[name] != self.model[name]}
        written = sum(len(passages(name, self.disk[name])) for name in added | updated)
        return IngestReport(len(added), len(updated), len(self.disk) - len(added | updated), passages=written)

    def searchable_by_model(self) -> set[tuple[str, int, str]]:
        return {passage for name, content in self.model.items() for passage in passages(name, content)}

    @invariant()
    def the_articles_are_those_of_the_model(self) -> None:
        for engine in (self.engine, self.reader):
            assert {article.id: article.text for article in engine.articles()} == self.model

    @invariant()
    def the_passages_found_are_those_of_the_model(self) -> None:
        for engine in (self.engine, self.reader):
            try:
                hits = engine.search("اجتماع بغداد", limit=100)
            except LibraryEmpty:
                assert self.model == {}
            except IndexOutdated:
                assert self.behind
            else:
                found = {(hit.passage.article_id, hit.passage.start, hit.passage.text) for hit in hits}
                assert len(found) == len(hits)
                assert found <= self.searchable_by_model()
                assert self.behind or found == self.searchable_by_model()


@contextmanager
def failing(owner: object, name: str, after: int) -> Iterator[None]:
    """A step of the program that is killed when it has been taken so many times."""
    real, left = getattr(owner, name), [after]

    def step(*args: object, **kwargs: object) -> object:
        if not left[0]:
            raise Crash
        left[0] -= 1
        return real(*args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, step)
        yield


TestLibraryStory = LibraryStory.TestCase
TestLibraryStory.settings = settings(
    max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
