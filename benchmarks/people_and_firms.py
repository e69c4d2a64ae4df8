"""A composer for `resolution.py`: the papers of six invented cities over five years.

    .venv/bin/python benchmarks/resolution.py --composer benchmarks/people_and_firms.py

A world is made first (`composed_world/world.py`): cities of three provinces with their party, government,
bureaus, schools, hospitals, towns, villages, zones, companies with parents and branches, projects with
phases, yearly events, awards, and people who come into posts, pass on to others, and are now and then
namesakes. Then each paper tells of it in pages of some stories (`composed_world/papers.py`), in the forms of
names that its readers would understand, with a slip now and then. Most names are ordinary; what is hard is as
rare or as frequent as the tables and constants there say. Bylines, advertisements and weather are left out.
"""

from __future__ import annotations

from random import Random

from composed_world import papers, world
from identities import PrintedPage


def compose(seed: int) -> list[PrintedPage]:
    """Return the pages of a world of its own for each seed."""
    rng = Random(seed)
    return papers.publish(world.make(rng), rng)
