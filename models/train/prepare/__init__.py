"""Data for training: which rows, sentences of our own, the vocabulary, the base's embeddings."""
