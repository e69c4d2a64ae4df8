"""Graphs on a SPARQL 1.1 server: loaded by the Graph Store Protocol, asked by the SPARQL Protocol."""

from kg.remote.ask import answered, ask, scanning
from kg.remote.push import Pushed, push

__all__ = ["Pushed", "answered", "ask", "push", "scanning"]
