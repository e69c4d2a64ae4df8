"""How much one query may take, and one request."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What a server grants.

    Attributes:
        seconds: how long a query may take, and how long it may wait for others.
        rows: how many rows, or triples, an answer may have.
        memory: how many bytes of address space a query may take beyond what its process needs anyway.
        workers: how many queries are answered at the same time.
        waiting: how many more may wait.
        bytes: how large an answer may be.
        body: how large the body of a request may be, in bytes.
        body_seconds: how long it may take to arrive.
    """

    seconds: float = 10.0
    rows: int = 100_000
    memory: int = 1 << 30
    workers: int = 4
    waiting: int = 128
    bytes: int = 64 << 20
    body: int = 1 << 20
    body_seconds: float = 20.0
