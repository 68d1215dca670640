"""The lexical index of one generation. The only file that knows Tantivy.

Beside the passages' terms it holds, in the field `sounds`, `skeleton=stem` of every word: Tantivy's sorted term dictionary is so the name index
as well (which stems sound like "krb"?), without a structure of its own and quick at any size.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import tantivy

from rag.language.analyzer import is_canonical
from rag.language.names import skeletons
from rag.library import Record

_HEAP = 64_000_000  # bytes; the writer's buffer
_TIE_BREAKER = 0.1  # what the weaker of several translations in one passage adds

Alternatives = Sequence[tuple[tuple[str, ...], float]]  # (stems, all of which must be there; weight), of one concept


class LexicalIndex:
    """A folder of Tantivy's, opened for reading."""

    def __init__(self, folder: Path) -> None:
        self._schema = _schema()
        self._searcher = tantivy.Index(self._schema, str(folder), reuse=True).searcher()

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(self, concepts: Sequence[tuple[Alternatives, float]], limit: int) -> list[tuple[str, float]]:
        """Passage ids and BM25 scores, best first.

        Args:
            concepts: what the question names, each with its weight; the alternatives of a concept are one another's synonyms.
            limit: how many passages at most.
        """
        clauses = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._concept(alternatives), weight))
            for alternatives, weight in concepts
            if alternatives and weight > 0
        ]
        if not clauses:
            return []
        found = self._searcher.search(tantivy.Query.boolean_query(clauses), limit, count=False)
        return [(self._searcher.doc(address)["id"][0], float(score)) for score, address in found.hits]

    def _concept(self, alternatives: Alternatives) -> tantivy.Query:
        queries = [
            tantivy.Query.boost_query(self._alternative(stems), weight) for stems, weight in alternatives if weight > 0
        ]
        return tantivy.Query.disjunction_max_query(queries, _TIE_BREAKER)

    def _alternative(self, stems: tuple[str, ...]) -> tantivy.Query:
        if len(stems) == 1:
            return tantivy.Query.term_query(self._schema, "terms", stems[0], "freq")
        return tantivy.Query.phrase_query(self._schema, "terms", list(stems), slop=1)

    def frequency(self, stem: str) -> int:
        """How many passages hold a stem."""
        query = tantivy.Query.term_query(self._schema, "terms", stem, "basic")
        found = self._searcher.search(query, 1, count=True)  # doc_freq counts passages taken out as well
        return int(found.count)  # type: ignore[attr-defined]  # not in Tantivy's types

    def sounding_like(self, skeleton: str, limit: int = 50) -> list[str]:
        """The stems in the index that have this consonant skeleton, the most frequent first."""
        found = self._searcher.terms_with_prefix("sounds", f"{skeleton}=", limit=limit)
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
        document = tantivy.Document(id=record.id, terms=record.terms)
        for sound in _sounds(record.terms):
            document.add_text("sounds", sound)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def _sounds(terms: str) -> list[str]:
    stems = {term for term in terms.split(" ") if term and not is_canonical(term)}
    return sorted(f"{skeleton}={stem}" for stem in stems for skeleton in skeletons(stem) if skeleton)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("terms", stored=False, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("sounds", stored=False, tokenizer_name="raw", index_option="basic")
    return builder.build()
