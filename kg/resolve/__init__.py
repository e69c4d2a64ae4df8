"""What all pages say becomes one graph: names that mean the same are one entity, facts keep all evidence.

`resolve` does all of it. Its parts serve who keeps a graph and changes it in one place: `profiles` is what
resolving keeps of a page, `blocks` leads from a profile to all those that its entity depends on, and
`merge_entities` makes the entities of any set of profiles that is closed under these.
"""

from kg.resolve.conflicts import Conflict, find_conflicts
from kg.resolve.entities import merge_entities
from kg.resolve.facts import meant, merge_and_name, merge_facts
from kg.resolve.profiles import Marks, Profile, Sheet, profiles, sheet
from kg.resolve.reprints import alike, bands, find_reprints, join_prints, shingles
from kg.resolve.resolve import merge, resolve, sensible
from kg.resolve.tables import Tables, tables
from kg.resolve.views import Viewer, blocks

__all__ = [
    "Conflict",
    "Marks",
    "Profile",
    "Sheet",
    "Tables",
    "Viewer",
    "alike",
    "bands",
    "blocks",
    "find_conflicts",
    "find_reprints",
    "join_prints",
    "meant",
    "merge",
    "merge_and_name",
    "merge_entities",
    "merge_facts",
    "profiles",
    "resolve",
    "sensible",
    "sheet",
    "shingles",
    "tables",
]
