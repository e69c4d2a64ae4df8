"""`kg split`: one thing that is several."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command(name="split")
@click.argument("name")
@click.argument("pages", nargs=-1, metavar="[PAGE]...")
@options.graph
def command(name: str, pages: tuple[str, ...], graph: Path) -> int:
    """Say that what bears a name is not one thing.

    With PAGEs, what these pages (ids or sources) mean by it is one thing and the rest another; without,
    what each page means is a thing of its own. The decision stands in decisions.tsv.

    \b
    Example:
      kg split 王强 2024-07-19.txt
    """
    from kg.cli.deciding import settle, the_one
    from kg.errors import InputError
    from kg.model import Alone, Same

    data, _ = options.load_graph(graph)
    entity = the_one(data, name)
    sources = {page.id: page.source for page in data.pages}
    chosen = [key for key in entity.members if not pages or {key.page, sources[key.page]} & set(pages)]
    if not chosen:
        raise InputError(
            ", ".join(pages), f"none of them mentions {name}", remedy="kg show lists its sources"
        )
    if len(entity.members) == 1:
        raise InputError(name, "it is named on one page only and cannot be split")
    together = [Same(chosen[0], key) for key in chosen[1:]] if pages else []
    return settle([*(Alone(key) for key in chosen), *together], graph)
