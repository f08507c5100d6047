"""Figures of a model, and the documents that hold them."""
