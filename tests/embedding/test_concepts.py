"""The built-in embedder: one space for both languages, no model, no network."""

import numpy as np
import pytest

from rag.embedding.concepts import ConceptEmbedder

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


def test_the_fingerprint_is_that_of_the_table() -> None:
    assert _EMBEDDER.fingerprint.startswith("concepts:")
    assert _EMBEDDER.fingerprint == ConceptEmbedder.builtin().fingerprint


def test_a_small_table_averages_by_weight() -> None:
    table = np.array([[127, 0], [0, 127]], dtype=np.int8)
    embedder = ConceptEmbedder(["heavi", "light"], table, np.array([1.0, 0.5], dtype=np.float32), "small")
    (row,) = embedder.embed(["heavy light"])
    np.testing.assert_allclose(row, np.array([1, 0.5]) / np.linalg.norm([1, 0.5]), atol=1e-5)
