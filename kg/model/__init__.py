"""The shared nouns: frozen values that flow from room to room."""

from kg.model.decisions import (
    NONE,
    Alone,
    Decisions,
    Different,
    Named,
    Rejected,
    Same,
    Typed,
)
from kg.model.doubt import Doubt
from kg.model.findings import (
    Claim,
    Evidence,
    Findings,
    Literal,
    LocalEntity,
    LocalKey,
    Mention,
    Qualifiers,
    Status,
)
from kg.model.graph import Entity, Fact, Graph
from kg.model.period import OPEN, SINCE_EVER, Period
from kg.model.text import Article, Box, Byline, Given, Line, Page, Segment, SourceMap, Span, When

__all__ = [
    "NONE",
    "OPEN",
    "SINCE_EVER",
    "Alone",
    "Article",
    "Box",
    "Byline",
    "Claim",
    "Decisions",
    "Different",
    "Doubt",
    "Entity",
    "Evidence",
    "Fact",
    "Findings",
    "Given",
    "Graph",
    "Line",
    "Literal",
    "LocalEntity",
    "LocalKey",
    "Mention",
    "Named",
    "Page",
    "Period",
    "Qualifiers",
    "Rejected",
    "Same",
    "Segment",
    "SourceMap",
    "Span",
    "Status",
    "Typed",
    "When",
]
