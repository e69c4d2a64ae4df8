"""`kg push`: a graph → a SPARQL server."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options
from kg.cli.console import say
from kg.cli.ending import DONE


@click.command(name="push")
@click.argument("url", metavar="URL")
@click.option(
    "--replace", is_flag=True, help="Let every graph take the place of the server's graph of the same name."
)
@options.graph
def command(url: str, replace: bool, graph: Path) -> int:
    """Load the graph into a SPARQL 1.1 server.

    URL is its graph store (Oxigraph: http://host:7878/store, Fuseki: http://host:3030/NAME/data).
    The graph is sent in pieces; after an interruption the next run goes on where this one was. What the
    server has stays there, unless --replace is given: graphs of pages that are gone stay even then.

    A server that wants to know who asks is told KG_SERVER_USER and KG_SERVER_PASSWORD, or KG_SERVER_TOKEN, of
    the environment.

    \b
    Examples:
      kg push http://127.0.0.1:7878/store
      kg query --endpoint http://127.0.0.1:7878/query --name who-met-whom
    """
    from kg.remote import push

    last = [0]

    def told(sent: int, every: int) -> None:
        if sent * 10 // every > last[0]:
            last[0] = sent * 10 // every
            say(f"{sent:,} of {every:,} statements sent")

    try:
        done = push(url, graph, options.settings(), replace=replace, told=told)
    except KeyboardInterrupt as error:
        raise type(error)("run it again to go on from here") from None
    before = f", {done.before:,} were sent before" if done.before else ""
    say(f"{done.quads:,} statements sent{before}")
    return DONE
