"""All finders, listed in one place. Each votes for stretches of one article."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.extract.mentions.heads import find_headed
from kg.extract.mentions.honours import find_awards, find_branded, find_quoted, find_rows
from kg.extract.mentions.lexed import find_lexed
from kg.extract.mentions.listed import find_listed_places, find_numbered
from kg.extract.mentions.organs import find_departments, find_organs, find_pointers
from kg.extract.mentions.persons import (
    find_completed,
    find_foreign,
    find_joined,
    find_listed,
    find_roled,
    find_titled,
)
from kg.extract.mentions.places import find_coordinated, find_places, find_zones
from kg.extract.mentions.posts import find_governments
from kg.extract.mentions.reading import Text, Vote
from kg.extract.mentions.tables import Names

Finder = Callable[[Text, Names], Iterator[Vote]]

FINDERS: tuple[Finder, ...] = (
    find_lexed,
    find_titled,
    find_roled,
    find_listed,
    find_foreign,
    find_joined,
    find_completed,
    find_headed,
    find_organs,
    find_departments,
    find_pointers,
    find_governments,
    find_places,
    find_coordinated,
    find_zones,
    find_listed_places,
    find_numbered,
    find_quoted,
    find_branded,
    find_rows,
    find_awards,
)
