"""What extraction works with: ontology, lexicon, the city setting, and tables prepared from them once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar, cast

from kg.extract.lexer import Lexer, shared_lexer
from kg.lexicon import Lexicon
from kg.ontology import Ontology

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tools:
    """What every stage of extraction is given.

    Attributes:
        ontology: classes, predicates and frames.
        lexicon: all tables of knowledge.
        city: the papers' own city as set (如皋市), or None to infer it page by page.
        models: the folder of the learned models, or None for the shipped ones.
    """

    ontology: Ontology
    lexicon: Lexicon
    city: str | None = None
    models: Path | None = None
    _prepared: dict[Callable[[Any], Any], Any] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    @property
    def lexer(self) -> Lexer:
        """The lexer of this process, loaded when first asked for."""
        return shared_lexer(self.models)

    def of_city(self, city: str | None) -> Tools:
        """Return the same tools for the papers of a city; what was prepared is shared."""
        other = replace(self, city=city)
        object.__setattr__(other, "_prepared", self._prepared)
        return other

    def prepared(self, build: Callable[[Lexicon], T]) -> T:
        """Return what `build` makes of the lexicon, made once: compiled alternations, sets of words.

        `build` is a function of a module, not a lambda: it is the key under which its value is kept.
        """
        try:
            return cast(T, self._prepared[build])
        except KeyError:
            self._prepared[build] = made = build(self.lexicon)
            return made

    def declared(self, build: Callable[[Ontology], T]) -> T:
        """Return what `build` makes of the ontology, made once; of `build` holds the same."""
        try:
            return cast(T, self._prepared[build])
        except KeyError:
            self._prepared[build] = made = build(self.ontology)
            return made
