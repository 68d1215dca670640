"""Generations: whole before they are named, kept while they are read, caught up after a crash at any step."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from rag.errors import IndexOutdated
from rag.index import chroma, generation, lexical
from rag.index.generation import Generation, Generations, Manifest, read_manifest
from rag.language.characters import script
from rag.library import Library, Record
from rag.model import LANGUAGES, Article, Language, Passage, Sentence

EVERYWHERE: dict[Language, str] = {"ar": "كل", "en": "all"}  # a term of every passage in a language
DIMENSIONS = 8
NEURAL = 6


class Crash(BaseException):
    """What a killed process looks like from inside: no handler of errors may see to it."""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library.sqlite3")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def generations(folder: Path) -> Generations:
    return Generations(folder)


def put(library: Library, article_id: str, *texts: str, fingerprint: str = "1", neural: int = 0) -> None:
    """An article of one passage a text, in the text's language.

    A passage's id is the article's and the text; `neural` is the length of its neural vectors.
    """
    whole = "\n".join(texts)
    starts = [whole.index(text) for text in texts]
    passages = [Passage(f"{article_id}:{t}", article_id, s, s + len(t), t) for s, t in zip(starts, texts, strict=True)]
    vectors = np.stack([_vector(passage.id) for passage in passages])
    sentences = [Sentence(p.start, p.end) for p in passages]
    terms = [f"{EVERYWHERE[script(text) or 'ar']} {text}" for text in texts]
    second = np.stack([_vector(passage.id, neural) for passage in passages]) if neural else None
    library.put(Article(article_id, whole, ""), sentences, passages, terms, vectors, fingerprint, second)


def _vector(passage_id: str, dimensions: int = DIMENSIONS) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    rng = np.random.default_rng([dimensions, *passage_id.encode()])
    return rng.standard_normal(dimensions).astype(np.float32)


def searchable(opened: Generation) -> list[str]:
    """The passages of both languages that all indexes find, which must be the same."""
    return sorted(one for language in LANGUAGES for one in searchable_in(opened, language))


def searchable_in(opened: Generation, language: Language) -> list[str]:
    """The passages of a language that all indexes find."""
    concept = [((EVERYWHERE[language],), 1.0)]
    found = opened.lexical.search([(concept, 1.0)], 1_000, language)
    by_term = sorted(entry.passage_id for entry, _ in found)
    dimensions = opened.manifest.dimensions
    assert (opened.neural is not None) == (dimensions > 0)
    for index, length in ((opened.vectors, DIMENSIONS), (opened.neural, dimensions)):
        if index is not None:
            assert sorted(one for one, _ in index.search(np.ones(length, dtype=np.float32), 1_000, language)) == by_term
            assert [index.search(_vector(one, length), 1, language)[0][0] for one in by_term] == by_term
    return by_term


def found(generations: Generations) -> list[str]:
    """What a reader finds who opens the current generation."""
    with closing(generations.open()) as opened:
        return searchable(opened)


def found_in(generations: Generations) -> dict[Language, list[str]]:
    """The same by language."""
    with closing(generations.open()) as opened:
        return {language: searchable_in(opened, language) for language in LANGUAGES}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def files(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Each file's inode and content by its path."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): (path.stat().st_ino, path.read_bytes()) for path in paths}


# Publishing


def test_before_the_first_there_is_none(generations: Generations, folder: Path) -> None:
    assert (generations.current(), generations.manifest()) == ("", None)
    with pytest.raises(IndexOutdated) as caught:
        generations.open()
    assert caught.value.key == "index_missing"
    assert not folder.exists()


def test_the_first_holds_the_whole_library_and_says_what_it_was_built_from(
    library: Library, generations: Generations, folder: Path
) -> None:
    put(library, "a", "ألف", "باء")
    put(library, "b", "تاء")
    generations.publish(library)
    assert (generations.current(), names(folder)) == ("000001", ["000001"])
    assert generations.manifest() == Manifest(revision=2, passages=3, fingerprint="1", collection="")
    assert found(generations) == ["a:ألف", "a:باء", "b:تاء"]


def test_an_empty_library_has_an_index_too(library: Library, generations: Generations) -> None:
    generations.publish(library)
    assert generations.manifest() == Manifest(0, 0, "", "")
    assert found(generations) == []


def test_neural_vectors_are_searched_in_collections_of_their_own(library: Library, generations: Generations) -> None:
    put(library, "a", "ألف", "باء", neural=NEURAL)
    put(library, "b", "تاء", neural=NEURAL)
    generations.publish(library)
    assert generations.manifest() == Manifest(2, 3, "1", "", NEURAL)
    assert found(generations) == ["a:ألف", "a:باء", "b:تاء"]
    put(library, "a", "غيره", neural=NEURAL)
    with closing(generations.open()):
        generations.publish(library)
    assert found(generations) == ["a:غيره", "b:تاء"]
    library.remove("b")
    generations.publish(library)
    assert found(generations) == ["a:غيره"]


@pytest.mark.parametrize("neural", [0, NEURAL, NEURAL + 1])
def test_the_index_follows_the_library_to_another_embedder(
    library: Library, generations: Generations, neural: int
) -> None:
    for dimensions, fingerprint in ((NEURAL, "1"), (neural, "2")):
        for article_id in "ab":
            put(library, article_id, f"نص {article_id}", fingerprint=fingerprint, neural=dimensions)
        library.fingerprint = fingerprint
        generations.publish(library, afresh=fingerprint == "2")
    manifest = generations.manifest()
    assert manifest is not None
    assert (manifest.dimensions, found(generations)) == (neural, ["a:نص a", "b:نص b"])


def test_of_a_library_between_two_embedders_the_concept_vectors_are_indexed(
    library: Library, generations: Generations
) -> None:
    for article_id in "abc":
        put(library, article_id, "نص")
    put(library, "b", "غيره", fingerprint="2", neural=NEURAL)
    library.remove("c")
    generations.publish(library)
    assert generations.manifest() == Manifest(5, 2, "", "", 0)
    assert found(generations) == ["a:نص", "b:غيره"]


def test_vectors_of_two_lengths_are_outdated_and_the_last_index_stays(
    library: Library, generations: Generations
) -> None:
    put(library, "a", "نص", neural=NEURAL)
    generations.publish(library)
    put(library, "b", "نص", neural=NEURAL + 1)
    with pytest.raises(IndexOutdated):
        generations.publish(library)
    assert found(generations) == ["a:نص"]


def test_a_manifest_of_before_there_were_neural_vectors_is_read(
    library: Library, generations: Generations, folder: Path
) -> None:
    put(library, "a", "نص")
    generations.publish(library)
    path = folder / "000001" / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content.pop("dimensions") == 0
    path.write_text(json.dumps(content), encoding="utf-8")
    assert found(generations) == ["a:نص"]
    put(library, "b", "نص")
    generations.publish(library)
    assert found(generations) == ["a:نص", "b:نص"]


@pytest.mark.parametrize("neural", [0, NEURAL])
def test_passages_of_each_language_are_found_in_it_alone_through_every_change(
    library: Library, generations: Generations, neural: int
) -> None:
    put(library, "a", "ألف", "باء", neural=neural)
    put(library, "e", "oil", "gas", neural=neural)
    put(library, "m", "تاء", "base", neural=neural)
    generations.publish(library)
    assert generations.manifest() == Manifest(3, 6, "1", "", neural)
    assert found_in(generations) == {"ar": ["a:ألف", "a:باء", "m:تاء"], "en": ["e:gas", "e:oil", "m:base"]}
    put(library, "a", "ألف", "now english", neural=neural)
    put(library, "e", "الآن عربي", neural=neural)
    with closing(generations.open()):
        generations.publish(library)
    assert found_in(generations) == {"ar": ["a:ألف", "e:الآن عربي", "m:تاء"], "en": ["a:now english", "m:base"]}
    library.remove("m")
    generations.publish(library)
    assert found_in(generations) == {"ar": ["a:ألف", "e:الآن عربي"], "en": ["a:now english"]}


@pytest.mark.parametrize("text", ["ألف", "oil"])
def test_a_library_of_one_language_can_be_asked_in_both(library: Library, generations: Generations, text: str) -> None:
    put(library, "a", text)
    generations.publish(library)
    found = {language: [f"a:{text}"] if script(text) == language else [] for language in LANGUAGES}
    assert found_in(generations) == found


def test_a_removal_leaves_no_trace_in_either_language(library: Library, generations: Generations, folder: Path) -> None:
    def traces() -> set[str]:
        contents = [content for path, (_, content) in files(folder).items()]
        return {
            one for one in ("زقزوق", "zebra", "باق", "rest") if any(one.encode() in content for content in contents)
        }

    put(library, "secret", "زقزوق", "zebra", neural=NEURAL)
    put(library, "kept", "باق", "rest", neural=NEURAL)
    generations.publish(library)
    assert traces() == {"زقزوق", "zebra", "باق", "rest"}
    library.remove("secret")
    generations.publish(library)
    assert traces() == {"باق", "rest"}
    assert found_in(generations) == {"ar": ["kept:باق"], "en": ["kept:rest"]}


def test_a_manifest_names_a_collection_for_each_kind_of_vectors_and_language() -> None:
    assert Manifest(1, 1, "1", "sanad-x").collections == ["sanad-x-ar", "sanad-x-en"]
    assert Manifest(1, 1, "1", "sanad-x", NEURAL).collections == [
        "sanad-x-ar", "sanad-x-en", "sanad-x-neural-ar", "sanad-x-neural-en",
    ]  # fmt: skip


def test_the_progress_is_told_in_passages(library: Library, generations: Generations) -> None:
    told: list[int] = []
    put(library, "a", "ألف", "باء")
    generations.publish(library, progress=told.append)
    put(library, "b", "تاء")
    generations.publish(library, progress=told.append)
    assert told == [2, 1]


def test_nothing_is_published_when_nothing_has_changed(
    library: Library, generations: Generations, folder: Path
) -> None:
    put(library, "a", "ألف")
    generations.publish(library)
    before = files(folder)
    generations.publish(library)
    assert files(folder) == before


def test_every_change_since_the_last_is_in_the_next(library: Library, generations: Generations) -> None:
    for article_id in "abc":
        put(library, article_id, f"قديم {article_id}", "باق")
    generations.publish(library)
    put(library, "a", "جديد", "باق")
    put(library, "d", "مضاف")
    generations.publish(library)
    expected = ["a:باق", "a:جديد", "b:باق", "b:قديم b", "c:باق", "c:قديم c", "d:مضاف"]
    assert (generations.current(), found(generations)) == ("000002", expected)


def test_many_generations_one_after_the_other_agree_with_the_library(
    library: Library, generations: Generations
) -> None:
    for step in range(10):
        put(library, f"a{step % 4}", f"نص {step}")
        generations.publish(library)
    assert found(generations) == sorted(library.rows().values()) == ["a0:نص 8", "a1:نص 9", "a2:نص 6", "a3:نص 7"]


def test_the_stems_of_what_was_changed_are_no_longer_counted(library: Library, generations: Generations) -> None:
    put(library, "a", "صاروخ")
    put(library, "b", "صاروخ")
    generations.publish(library)
    put(library, "a", "وزير")
    generations.publish(library)
    with closing(generations.open()) as opened:
        assert [opened.lexical.frequency(one, "ar") for one in ("صاروخ", EVERYWHERE["ar"])] == [1, 2]


def test_files_that_never_change_are_linked_and_those_that_do_are_not(
    library: Library, generations: Generations, folder: Path
) -> None:
    put(library, "a", "ألف")
    generations.publish(library)
    opened = generations.open()
    old = files(folder / "000001")
    put(library, "b", "باء")
    generations.publish(library)
    new = files(folder / "000002")
    kept = {path for path in old if path.startswith("lexical/") and not path.endswith((".json", ".lock"))}
    assert kept != set()
    assert {path: old[path] for path in kept} == {path: new[path] for path in kept}
    assert {path for path in old.keys() & new.keys() if old[path][0] == new[path][0]} == kept
    assert {path: one for path, one in files(folder / "000001").items() if "leases" not in path} == {
        path: one for path, one in old.items() if "leases" not in path
    }
    opened.close()


def test_without_hard_links_the_files_are_copied(
    library: Library, generations: Generations, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    put(library, "a", "ألف")
    generations.publish(library)
    opened = generations.open()
    put(library, "b", "باء")
    generations.publish(library)
    assert {path.stat().st_nlink for path in folder.rglob("*") if path.is_file()} == {1}
    assert found(generations) == ["a:ألف", "b:باء"]
    opened.close()


@pytest.mark.parametrize("texts", [("غيره",), ("غير", "ها"), ("ألف",)], ids=["changed", "now two", "as it was"])
def test_a_change_is_made_to_a_copy_of_the_last_generation_and_not_afresh(
    library: Library, generations: Generations, folder: Path, texts: tuple[str, ...]
) -> None:
    for article_id in "abc":
        put(library, article_id, "ألف")
    generations.publish(library)
    with closing(generations.open()):
        put(library, "a", *texts)
        generations.publish(library)
        assert linked(folder / "000002") != []
    assert found(generations) == sorted(library.rows().values())


def linked(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and path.stat().st_nlink > 1]


@pytest.mark.parametrize("why", ["asked for", "after a removal", "another fingerprint"])
def test_an_index_built_afresh_shares_nothing_with_the_last(
    library: Library, generations: Generations, folder: Path, why: str
) -> None:
    put(library, "a", "ألف")
    put(library, "b", "باء")
    generations.publish(library)
    opened = generations.open()
    if why == "after a removal":
        library.remove("b")
        put(library, "c", "تاء")
    elif why == "another fingerprint":
        library.remove("b")
        put(library, "a", "ألف", fingerprint="2")
    generations.publish(library, afresh=why == "asked for")
    assert linked(folder) == []
    assert found(generations) == sorted(library.rows().values())
    opened.close()


def test_a_removal_whose_publishing_crashed_is_still_purged_by_the_next(
    library: Library, generations: Generations, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(library, "a", "ألف")
    put(library, "secret", "زقزوق")
    generations.publish(library)
    library.remove("secret")
    with monkeypatch.context() as crashing:
        crashing.setattr(lexical, "write", _crash)
        with pytest.raises(Crash):
            generations.publish(library)
    put(library, "b", "باء")
    generations.publish(library)
    assert found(generations) == ["a:ألف", "b:باء"]
    assert [path for path, (_, content) in files(folder).items() if "زقزوق".encode() in content] == []


def _crash(*_: object, **__: object) -> None:
    raise Crash


# Whole before it is named


def test_a_generation_is_whole_when_it_is_named_and_until_then_the_last_one_is(
    library: Library, generations: Generations, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(library, "a", "ألف")
    generations.publish(library)
    put(library, "b", "باء")
    seen: list[tuple[str, list[str], str, list[str]]] = []
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        opened = Generation(folder / "000002", "")
        seen.append((generations.current(), found(generations), self.read_text(), searchable(opened)))
        opened.close()
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    generations.publish(library)
    assert seen == [("000001", ["a:ألف"], "000002", ["a:ألف", "b:باء"])]
    assert generations.current() == "000002"


def test_the_name_reaches_the_disk_before_it_takes_the_place_of_the_last(
    library: Library, generations: Generations, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def record_fsync(descriptor: int) -> None:
        steps.append("fsync")
        fsync(descriptor)

    def record_replace(self: Path, target: Path) -> Path:
        steps.append("replace")
        return replace(self, target)

    put(library, "a", "ألف")
    monkeypatch.setattr(os, "fsync", record_fsync)
    monkeypatch.setattr(Path, "replace", record_replace)
    generations.publish(library)
    assert steps == ["fsync", "replace", "fsync"]


@pytest.mark.parametrize("forgotten", ["passages", "neural"])
def test_an_index_that_lacks_a_passage_is_never_named(
    library: Library, generations: Generations, folder: Path, monkeypatch: pytest.MonkeyPatch, forgotten: str
) -> None:
    put(library, "a", "ألف", neural=NEURAL)
    generations.publish(library)
    put(library, "b", "باء", neural=NEURAL)
    real = chroma.write

    def write(place: chroma.LocalPlace, added: Iterable[Record], removed: Sequence[str]) -> None:
        if place.collection != forgotten:
            real(place, added, removed)

    with monkeypatch.context() as forgetful:
        forgetful.setattr(chroma, "write", write)
        with pytest.raises(IndexOutdated):
            generations.publish(library)
    assert (generations.current(), found(generations)) == ("000001", ["a:ألف"])
    generations.publish(library)
    assert (found(generations), len(names(folder))) == (["a:ألف", "b:باء"], 1)


# A crash at any step


STEPS: list[tuple[object, str]] = [
    (generation, "_copy"), (generation, "_link"), (generation, "_replace"), (generation, "_is_leased"),
    (generation, "_read_rows"), (lexical, "write"), (chroma, "write"), (chroma, "close"), (shutil, "rmtree"),
    (Path, "mkdir"), (Path, "write_text"), (Path, "rename"), (Path, "replace"), (os, "fsync"),
]  # fmt: skip


class Steps:
    """Counts the steps of a publishing and fails before one of them."""

    def __init__(self, at: int, error: BaseException) -> None:
        self._left, self._error = at, error
        self.failed = False

    def counted(self, real: Callable[..., object]) -> Callable[..., object]:
        def step(*args: object, **kwargs: object) -> object:
            self._left -= 1
            if self._left == -1:
                self.failed = True
                raise self._error
            return real(*args, **kwargs)

        return step


def _remove(library: Library, article_id: str) -> None:
    assert library.remove(article_id)


CHANGES: dict[str, tuple[Callable[[Library, int], None], list[str]]] = {
    "add": (
        lambda library, neural: put(library, "c", "تاء", "gas", neural=neural),
        ["a:ألف", "b:oil", "c:gas", "c:تاء"],
    ),
    "change": (lambda library, neural: put(library, "a", "غيره", "gas", neural=neural), ["a:gas", "a:غيره", "b:oil"]),
    "remove": (lambda library, neural: _remove(library, "a"), ["b:oil"]),
}


@pytest.mark.parametrize(
    ("change", "neural", "error"),
    [
        ("add", 0, Crash()),
        ("change", NEURAL, Crash()),
        ("remove", 0, Crash()),
        ("change", 0, OSError(28, "No space left on device")),
    ],
    ids=["add, killed", "change with neural vectors, killed", "remove, killed", "change, disk full"],
)
def test_after_a_failure_at_any_step_the_index_is_whole_and_the_next_publishing_catches_up(
    tmp_path: Path, change: str, neural: int, error: BaseException
) -> None:
    original = tmp_path / "original"
    original.mkdir()
    library = Library(original / "library.sqlite3")
    put(library, "a", "ألف", neural=neural)
    put(library, "b", "oil", neural=neural)
    Generations(original / "index").publish(library)
    make_change, after_change = CHANGES[change]
    make_change(library, neural)
    at, failed = 0, True
    while failed:
        copy = tmp_path / str(at)
        shutil.copytree(original, copy)
        library, generations = Library(copy / "library.sqlite3"), Generations(copy / "index")
        failed = _publish_failing(library, generations, Steps(at, error))
        assert found(generations) in (["a:ألف", "b:oil"], after_change)
        generations.publish(library)
        assert found(generations) == after_change
        assert names(copy / "index") == [generations.current()]
        at += 1
    assert at > 10


def _publish_failing(library: Library, generations: Generations, steps: Steps) -> bool:
    with pytest.MonkeyPatch.context() as failing:
        for owner, name in STEPS:
            failing.setattr(owner, name, steps.counted(getattr(owner, name)))
        try:
            generations.publish(library)
        except (Crash, OSError):
            assert steps.failed
    return steps.failed


def test_publishing_that_fails_again_and_again_does_not_fill_the_disk(
    library: Library, generations: Generations, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(library, "a", "ألف")
    generations.publish(library)
    put(library, "b", "باء")
    with monkeypatch.context() as failing:
        failing.setattr(Path, "rename", _crash)
        for _ in range(3):
            with pytest.raises(Crash):
                generations.publish(library)
    assert [name.partition("-")[0] for name in names(folder)] == ["000001", "building"]
    generations.publish(library)
    assert (names(folder), found(generations)) == (["000002"], ["a:ألف", "b:باء"])


def test_what_crashes_left_behind_is_cleared_away(library: Library, generations: Generations, folder: Path) -> None:
    put(library, "a", "ألف")
    generations.publish(library)
    for left in ("building-000002", "000002", "000007"):
        (folder / left / "lexical").mkdir(parents=True)
    put(library, "b", "باء")
    generations.publish(library)
    assert (generations.current(), names(folder)) == ("000008", ["000008"])
    assert found(generations) == ["a:ألف", "b:باء"]


# Damage


def garbage(path: Path) -> None:
    path.write_bytes(b"garbage")


DAMAGES: dict[str, Callable[[Path], object]] = {
    "no folder": shutil.rmtree,
    "no manifest": lambda one: (one / "manifest.json").unlink(),
    "a broken manifest": lambda one: garbage(one / "manifest.json"),
    "a manifest of something else": lambda one: (one / "manifest.json").write_text('{"name": "x"}'),
    "no lexical folder": lambda one: shutil.rmtree(one / "lexical"),
    "a broken lexical index": lambda one: garbage(one / "lexical" / "meta.json"),
    "a segment is missing": lambda one: next((one / "lexical").glob("*.idx")).unlink(),
    "no vectors": lambda one: shutil.rmtree(one / "vectors"),
    "a broken database": lambda one: garbage(one / "vectors" / "chroma.sqlite3"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_generation_is_outdated_and_the_next_publishing_builds_it_afresh(
    library: Library, generations: Generations, folder: Path, damage: Callable[[Path], object]
) -> None:
    put(library, "a", "ألف")
    generations.publish(library)
    damage(folder / "000001")
    for _ in range(2):
        with pytest.raises(IndexOutdated) as caught:
            generations.open()
        assert caught.value.key == "index_missing"
    put(library, "b", "باء")
    generations.publish(library)
    assert found(generations) == ["a:ألف", "b:باء"]


@pytest.mark.parametrize("content", [None, b"garbage"], ids=["missing", "broken"])
def test_without_its_list_of_rows_a_generation_is_read_and_the_next_is_built_afresh(
    library: Library, generations: Generations, folder: Path, content: bytes | None
) -> None:
    put(library, "a", "ألف")
    generations.publish(library)
    rows = folder / "000001" / "rows.json"
    rows.unlink()
    if content:
        rows.write_bytes(content)
    assert found(generations) == ["a:ألف"]
    put(library, "b", "باء")
    generations.publish(library)
    assert found(generations) == ["a:ألف", "b:باء"]


@pytest.mark.parametrize("content", ["", "garbage", "000009", "../.."])
def test_a_name_that_leads_nowhere_is_outdated_and_mended_by_the_next_publishing(
    library: Library, generations: Generations, folder: Path, content: str
) -> None:
    put(library, "a", "ألف")
    generations.publish(library)
    (folder / "current").write_text(content)
    with pytest.raises(IndexOutdated):
        generations.open()
    generations.publish(library)
    assert found(generations) == ["a:ألف"]
    assert names(folder) == [generations.current()]


def test_vectors_of_a_folder_are_not_looked_for_on_a_server(library: Library, folder: Path) -> None:
    put(library, "a", "ألف")
    Generations(folder).publish(library)
    with pytest.raises(IndexOutdated):
        Generations(folder, "http://127.0.0.1:1").open()


# Leases


def test_a_reader_keeps_its_generation_while_writers_publish_others(
    library: Library, generations: Generations, folder: Path
) -> None:
    put(library, "a", "ألف")
    generations.publish(library)
    opened = generations.open()
    for step in range(3):
        put(library, "a", f"نص {step}")
        generations.publish(library)
    assert (opened.name, searchable(opened)) == ("000001", ["a:ألف"])
    assert names(folder) == ["000001", "000004"]
    opened.close()
    assert found(generations) == ["a:نص 2"]


def test_an_old_generation_is_deleted_by_the_next_publishing_after_its_last_reader_has_closed(
    library: Library, generations: Generations, folder: Path
) -> None:
    put(library, "a", "ألف")
    generations.publish(library)
    one, other = generations.open(), generations.open()
    put(library, "b", "باء")
    seen = []
    for reader in (one, other):
        generations.publish(library)
        seen.append(names(folder))
        reader.close()
    generations.publish(library)
    assert [*seen, names(folder)] == [["000001", "000002"], ["000001", "000002"], ["000002"]]


def test_the_current_generation_is_kept_without_readers(
    library: Library, generations: Generations, folder: Path
) -> None:
    put(library, "a", "ألف")
    for _ in range(3):
        generations.publish(library)
    assert names(folder) == ["000001"]


def test_a_generation_that_is_held_is_closed_with_its_last_holder(
    library: Library, generations: Generations, folder: Path
) -> None:
    put(library, "a", "ألف")
    generations.publish(library)
    opened = generations.open()
    opened.hold()
    opened.close()
    assert searchable(opened) == ["a:ألف"]
    assert len(list((folder / "000001" / "leases").iterdir())) == 1
    opened.close()
    assert list((folder / "000001" / "leases").iterdir()) == []


READER = """
import sys
from pathlib import Path
from rag.index.generation import Generations
opened = Generations(Path(sys.argv[1])).open()
print(opened.name, flush=True)
sys.stdin.read()
"""


def test_a_reader_in_another_process_is_respected_until_it_is_killed(
    library: Library, generations: Generations, folder: Path
) -> None:
    put(library, "a", "ألف")
    generations.publish(library)
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "000001\n"
        put(library, "b", "باء")
        generations.publish(library)
        assert names(folder) == ["000001", "000002"]
        reader.kill()
    assert len(list((folder / "000001" / "leases").iterdir())) == 1
    generations.publish(library)
    assert names(folder) == ["000002"]


def test_a_generation_named_by_another_writer_while_it_was_opened_is_passed_over_for_the_newer_one(
    library: Library, generations: Generations, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(library, "a", "ألف")
    generations.publish(library)
    put(library, "b", "باء")
    real = generation.read_manifest
    published: list[Path] = []

    def read(one: Path) -> Manifest:
        if not published:
            published.append(one)
            monkeypatch.setattr(generation, "read_manifest", real)
            generations.publish(library)
        return real(one)

    monkeypatch.setattr(generation, "read_manifest", read)
    opened = generations.open()
    try:
        assert (opened.name, searchable(opened)) == ("000002", ["a:ألف", "b:باء"])
    finally:
        opened.close()
    assert list((folder / "000001" / "leases").iterdir()) == []


def test_a_generation_deleted_while_it_was_opened_is_passed_over_for_the_newer_one(
    library: Library, generations: Generations, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(library, "a", "ألف")
    generations.publish(library)
    put(library, "b", "باء")
    real = generation._lease
    calls: list[str] = []

    def lease(one: Path) -> object:
        calls.append(one.name)
        if len(calls) == 1:
            generations.publish(library)
            assert not (folder / "000001").exists()
        return real(one)

    monkeypatch.setattr(generation, "_lease", lease)
    assert found(generations) == ["a:ألف", "b:باء"]
    assert calls == ["000001", "000002"]


def test_readers_in_many_threads_always_find_one_whole_revision_while_a_writer_publishes(
    library: Library, folder: Path
) -> None:
    def revision(number: int) -> list[str]:
        return [f"a:أول {number}", f"b:ثان {number}"]

    def change(number: int) -> None:
        put(library, "a", f"أول {number}")
        put(library, "b", f"ثان {number}")
        Generations(folder).publish(library)

    written = Event()

    def write() -> None:
        try:
            for number in range(1, 9):
                change(number)
        finally:
            written.set()

    def read() -> list[int]:
        seen = []
        while True:
            last = written.is_set()
            passages = found(Generations(folder))
            seen.append(int(passages[0].rsplit(" ", 1)[1]))
            assert passages == revision(seen[-1])
            if last:
                return seen

    change(0)
    with ThreadPoolExecutor(4) as pool:
        writing, *reading = [pool.submit(write), *(pool.submit(read) for _ in range(3))]
        writing.result()
        for seen in (one.result() for one in reading):
            assert (seen, seen[-1]) == (sorted(seen), 8)
    Generations(folder).publish(library)
    assert names(folder) == ["000009"]


def test_the_list_of_rows_is_the_librarys(library: Library, generations: Generations, folder: Path) -> None:
    put(library, "a", "ألف", "باء")
    put(library, "a", "تاء")
    generations.publish(library)
    assert json.loads((folder / "000001" / "rows.json").read_text(encoding="utf-8")) == {"3": "a:تاء"}
    assert read_manifest(folder / "000001") == Manifest(2, 1, "1", "")
