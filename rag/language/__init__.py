"""Arabic and English text: folding, sentences, stems, numbers, dates, names, the bilingual lexicon."""
