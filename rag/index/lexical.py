"""The lexical index of one generation. The only file that knows Tantivy.

Passages of each language have a field of their own, so that how many hold a term never depends on what the library holds in the other
language. Beside them the index keeps the terms as they were analysed (`packed`), for exact scoring, and in the field `sounds` `key=stem`
of every word: Tantivy's sorted term dictionary is so the name index as well (which stems sound like "krb"?), without a structure of its own
and quick at any size.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import tantivy

from rag.language.analyzer import is_canonical
from rag.language.names import index_keys
from rag.library import Record
from rag.model import LANGUAGES, Language
from rag.termlist import TermList, unpack

_HEAP = 64_000_000  # bytes; the writer's buffer
_TIE_BREAKER = 0.1  # what the weaker of several translations in one passage adds

Alternatives = Sequence[tuple[tuple[str, ...], float]]  # (stems, all of which must be there; weight), of one concept


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage as the index holds it; `row` rises with when it was stored."""

    row: int
    passage_id: str
    article_id: str
    terms: TermList


class LexicalIndex:
    """A folder of Tantivy's, opened for reading."""

    def __init__(self, folder: Path) -> None:
        self._schema = _schema()
        self._searcher = tantivy.Index(self._schema, str(folder), reuse=True).searcher()
        self._counts = {language: self._count("language", language) for language in LANGUAGES}
        self._frequencies: dict[tuple[str, Language], int] = {}

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def count(self, language: Language) -> int:
        """How many passages are in a language."""
        return self._counts[language]

    def search(
        self, concepts: Sequence[tuple[Alternatives, float]], limit: int, language: Language
    ) -> list[tuple[Entry, float]]:
        """Passages in a language and their BM25 scores, best first.

        Args:
            concepts: what the question names, each with its weight; the alternatives of a concept are one another's synonyms.
            limit: how many passages at most.
            language: of the passages; those in another one are not found, and add nothing to how many hold a term.
        """
        clauses = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._concept(alternatives, language), weight))
            for alternatives, weight in concepts
            if alternatives and weight > 0
        ]
        return self._found(tantivy.Query.boolean_query(clauses), limit) if clauses else []

    def entries(self, passage_ids: Sequence[str]) -> list[Entry]:
        """What is held of passages, in no order; an id that is not in the index is left out."""
        query = tantivy.Query.term_set_query(self._schema, "id", list(passage_ids))
        return [entry for entry, _ in self._found(query, len(passage_ids))] if passage_ids else []

    def _found(self, query: tantivy.Query, limit: int) -> list[tuple[Entry, float]]:
        found = self._searcher.search(query, limit, count=False)
        return [(_entry(self._searcher.doc(address)), float(score)) for score, address in found.hits]

    def _concept(self, alternatives: Alternatives, language: Language) -> tantivy.Query:
        queries = [
            tantivy.Query.boost_query(self._alternative(stems, language), weight)
            for stems, weight in alternatives
            if weight > 0
        ]
        return tantivy.Query.disjunction_max_query(queries, _TIE_BREAKER)

    def _alternative(self, stems: tuple[str, ...], language: Language) -> tantivy.Query:
        if len(stems) == 1:
            return tantivy.Query.term_query(self._schema, language, stems[0], "freq")
        return tantivy.Query.phrase_query(self._schema, language, list(stems), slop=1)

    def frequency(self, stem: str, language: Language) -> int:
        """How many passages in a language hold a stem."""
        known = self._frequencies.get((stem, language))
        if known is None:
            known = self._frequencies[stem, language] = self._count(language, stem)
        return known

    def _count(self, field: str, term: str) -> int:
        query = tantivy.Query.term_query(self._schema, field, term, "basic")
        found = self._searcher.search(query, 1, count=True)  # doc_freq counts passages taken out as well
        return int(found.count)  # type: ignore[attr-defined]  # not in Tantivy's types

    def sounding_like(self, key: str, limit: int = 50) -> list[str]:
        """The stems in the index under a key of `rag.language.names`, the most frequent first."""
        found = self._searcher.terms_with_prefix("sounds", f"{key}=", limit=limit)
        return [term.partition("=")[2] for term, _ in found]


def write(folder: Path, added: Iterable[Record], removed: Iterable[str]) -> None:
    """Change the index in `folder` (made where there is none): take out passage ids, put in records."""
    folder.mkdir(parents=True, exist_ok=True)
    schema = _schema()
    index = tantivy.Index(schema, str(folder), reuse=True)
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    for passage_id in removed:
        writer.delete_documents_by_term("id", passage_id)
    for record in added:
        writer.add_document(_document(record))
    writer.commit()
    writer.wait_merging_threads()


def _document(record: Record) -> tantivy.Document:
    held = unpack(record.terms)
    terms = held.terms
    document = tantivy.Document(
        row=record.row, id=record.id, article=record.article_id, language=held.language, packed=record.terms.encode()
    )
    document.add_text(held.language, " ".join(terms))
    for sound in _sounds(terms):
        document.add_text("sounds", sound)
    return document


def _entry(document: tantivy.Document) -> Entry:
    packed = bytes(document["packed"][0]).decode()
    return Entry(document["row"][0], document["id"][0], document["article"][0], unpack(packed))


def _sounds(terms: Iterable[str]) -> list[str]:
    stems = {term for term in terms if not is_canonical(term)}
    return sorted(f"{key}={stem}" for stem in stems for key in index_keys(stem))


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", stored=True)
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("article", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("language", stored=False, tokenizer_name="raw", index_option="basic")
    for language in LANGUAGES:
        builder.add_text_field(language, stored=False, tokenizer_name="whitespace", index_option="position")
    builder.add_bytes_field("packed", stored=True)
    builder.add_text_field("sounds", stored=False, tokenizer_name="raw", index_option="basic")
    return builder.build()
