"""A knowledge graph from Chinese newspaper pages.

Pages go in, a graph comes out in which every fact points to the sentence that states it:

>>> import kg, tempfile
>>> from pathlib import Path
>>> folder = Path(tempfile.mkdtemp())
>>> _ = folder.joinpath("page.txt").write_text("昨天，海宁市市长周立新走访了海宁恒达电子有限公司。", "utf-8")
>>> built = kg.build([str(folder)], kg.Settings(), folder / "output")
>>> [entity.label for entity in built.graph.entities if entity.kind == "Person"]
['周立新']

`kg.open` gives what a build left on disk, to ask it with SPARQL or by name (docs/python.md):

>>> graph = kg.open(folder / "output")
>>> list(graph.query("SELECT ?what WHERE { ?who kg:inspected/rdfs:label ?what }"))
[('海宁恒达电子有限公司',)]
>>> [fact.sentences for fact in graph.entity("周立新").facts if fact.predicate == "inspected"]
[('昨天，海宁市市长周立新走访了海宁恒达电子有限公司。',)]

`kg.add` and `kg.remove` change such a graph page by page; it is afterwards what a build of its pages gives.

`kg.extract_pages` yields what each page says, before names are merged over pages:

>>> for outcome in kg.extract_pages([str(folder / "page.txt")], kg.Settings()):
...     print(outcome.source, len(outcome.findings.articles))
page.txt 1
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.changes import add, remove
    from kg.config import Settings
    from kg.errors import KgError
    from kg.opened import open_graph as open
    from kg.pipeline import build, extract_pages

__all__ = ["KgError", "Settings", "add", "build", "extract_pages", "open", "remove"]

_HOMES = {
    "KgError": ("kg.errors", "KgError"),
    "Settings": ("kg.config", "Settings"),
    "add": ("kg.changes", "add"),
    "build": ("kg.pipeline", "build"),
    "extract_pages": ("kg.pipeline", "extract_pages"),
    "open": ("kg.opened", "open_graph"),
    "remove": ("kg.changes", "remove"),
}
"""Where each name lives; it is imported when it is first used, so that `import kg` costs nothing."""


def __getattr__(name: str) -> Any:
    try:
        module, attribute = _HOMES[name]
    except KeyError:
        raise AttributeError(f"module 'kg' has no attribute {name!r}") from None
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
