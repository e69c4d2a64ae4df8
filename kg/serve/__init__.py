"""The web application: SPARQL over HTTP, pages of entities and articles, search. Read-only."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.serve.app import Access, application
    from kg.serve.limits import Limits
    from kg.serve.running import run

__all__ = ["Access", "Limits", "application", "run"]

_HOMES = {"Access": "app", "Limits": "limits", "application": "app", "run": "running"}
"""Where each lies; imported when it is first used: the processes that answer queries need none of it."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg.serve' has no attribute {name!r}")
    return getattr(import_module(f"kg.serve.{_HOMES[name]}"), name)
