"""The built-in embedder: one space for both languages, no model, no network."""

import numpy as np
import pytest

from rag.embedding.concepts import ConceptEmbedder
from rag.language.names import consonants

_EMBEDDER = ConceptEmbedder.builtin()


def _cosine(one: str, other: str) -> float:
    a, b = _EMBEDDER.embed([one, other])
    return float(a @ b)


def test_every_row_is_a_unit_vector_of_the_stated_length() -> None:
    rows = _EMBEDDER.embed(["هجوم على القاعدة", "rocket attack", "2021", "؟", ""])
    assert rows.shape == (5, _EMBEDDER.dimensions)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows() -> None:
    assert _EMBEDDER.embed([]).shape == (0, _EMBEDDER.dimensions)


def test_the_same_text_always_gets_the_same_vector() -> None:
    first, second = _EMBEDDER.embed(["زلزال في تركيا"] * 2)
    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("earthquake victims", "ضحايا الزلزال", "انتخابات البرلمان"),
        ("football match", "مباراة كرة القدم", "أسعار النفط"),
        ("الطبيب في المستشفى", "doctor at the hospital", "warships at sea"),
        ("موفد", "مبعوث", "سيارة"),
    ],
)
def test_what_means_the_same_is_nearer_across_languages(text: str, near: str, far: str) -> None:
    assert _cosine(text, near) > _cosine(text, far) + 0.2


def test_an_unknown_name_is_the_same_in_both_scripts() -> None:
    assert _cosine("Vorotnikov", "فوروتنيكوف") == pytest.approx(1, abs=1e-5)
    assert abs(_cosine("Vorotnikov", "Zzyzxian")) < 0.3


def test_an_unknown_stem_has_the_vector_of_its_consonants() -> None:
    first, vowels, other = _small().of_terms(["marotto", "mirut", "tarum"])
    assert consonants("marotto")[0] == consonants("mirut")[0] != consonants("tarum")[0]
    np.testing.assert_array_equal(first, vowels)
    assert not np.allclose(first, other)


def test_what_has_no_consonants_is_not_all_one() -> None:
    assert consonants("io")[0] == consonants("au")[0] == ""
    first, other = _small().of_terms(["io", "au"])
    assert not np.allclose(first, other)


def test_numbers_have_vectors_of_their_own() -> None:
    rows = _EMBEDDER.embed(["2511", "2512", "2511"])
    np.testing.assert_array_equal(rows[0], rows[2])
    assert abs(float(rows[0] @ rows[1])) < 0.3


def test_the_fingerprint_is_that_of_the_table() -> None:
    assert _EMBEDDER.fingerprint.startswith("concepts:")
    assert _EMBEDDER.fingerprint == ConceptEmbedder.builtin().fingerprint


def test_a_small_table_averages_by_weight() -> None:
    (row,) = _small().embed(["heavy light"])
    np.testing.assert_allclose(row, np.array([1, 0.5]) / np.linalg.norm([1, 0.5]), atol=1e-5)


def test_the_vectors_of_stems_are_brought_to_length_one_each_by_its_scale() -> None:
    np.testing.assert_allclose(_small().of_terms(["heavi", "light"]), np.eye(2), atol=1e-6)
    np.testing.assert_allclose(_small().mean(["heavi", "light"]), [0.5**0.5, 0.5**0.5], atol=1e-6)


def _small() -> ConceptEmbedder:
    """Two stems at right angles, their rows of different lengths."""
    return ConceptEmbedder(
        ["heavi", "light"],
        np.array([[100, 0], [0, 25]], dtype=np.int8),
        np.array([0.01, 0.04], dtype=np.float32),
        np.array([1.0, 0.5], dtype=np.float32),
        "small",
    )
