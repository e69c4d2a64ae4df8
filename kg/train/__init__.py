"""Learning from annotated pages: corpus → examples → network → model files that `kg.extract` runs.

Only this room knows torch, and only inside `network` and `learn`; the rest of kg runs the files it writes.
"""

from kg.train.corpus import Document, read_corpus

__all__ = ["Document", "read_corpus"]
