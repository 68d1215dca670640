"""The index: immutable generations of Chroma vectors and a Tantivy lexical index, built from the library."""
