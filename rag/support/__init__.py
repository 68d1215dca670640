"""Does a passage carry a sentence? The smallest quotes of the cited passages that do, or why none does.

`find_support` asks every sentence of the cited passages, and every two neighbours, with one check after another (`rag.support.checks`); a
sentence passes where none of them finds a fault. What a check compares is worked out once: the sentence (`statement`), the quote (`window`), and
which words of the one say which of the other (`match`).
"""

from rag.support.find import Support, find_support

__all__ = ["Support", "find_support"]
