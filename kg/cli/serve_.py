"""`kg serve`: the graph as a web application."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options
from kg.cli.console import say
from kg.cli.ending import DONE, REFUSED

TOKEN = 16


@click.command(name="serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any that is free."
)
@click.option(
    "--root-path", default="", metavar="PATH", help="Where a proxy puts it, like /kg, which it cuts off."
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="Answer requests for this name too, as one from a proxy; may be repeated.",
)
@click.option(
    "--token-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Answer only who shows the token in this file (or in KG_SERVE_TOKEN).",
)
@click.option(
    "--time-limit",
    "seconds",
    type=click.FloatRange(min=0.1, max=3600),
    default=10.0,
    show_default=True,
    help="Seconds that a query may take.",
)
@click.option(
    "--rows", type=click.IntRange(1), default=100_000, show_default=True, help="Rows that an answer may have."
)
@click.option(
    "--memory",
    type=click.IntRange(64),
    default=1024,
    show_default=True,
    help="Megabytes that a query may take.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=4,
    show_default=True,
    help="Queries answered at the same time.",
)
@click.option(
    "--endpoint", metavar="URL", help="Serve the graph of a SPARQL server (http://host:7878/query) instead."
)
@options.graph
def command(
    host: str,
    port: int,
    root_path: str,
    hosts: tuple[str, ...],
    token_file: Path | None,
    seconds: float,
    rows: int,
    memory: int,
    workers: int,
    endpoint: str | None,
    graph: Path,
) -> int:
    """Serve the graph: pages, search and SPARQL, read-only.

    It listens on this machine only, unless --host says otherwise; give it a token then. It ends with Ctrl-C.

    \b
    Example:
      kg serve --port 8080
      kg serve --endpoint http://127.0.0.1:7878/query
    """
    from kg.rdf import open_dataset
    from kg.remote.http import check

    try:
        from kg.serve import Access, Limits, application, run
    except ModuleNotFoundError as error:
        if error.name not in ("starlette", "uvicorn"):
            raise
        say("kg: serving needs the extra 'serve'; install it: pip install 'baozhi-kg[serve]'")
        return REFUSED
    if endpoint is None:
        open_dataset(graph)
    else:
        check(endpoint)
    local = host in ("127.0.0.1", "::1", "localhost")
    names = None
    if local or hosts:
        names = ("localhost", "127.0.0.1", "[::1]", *(name.lower() for name in hosts))
    limits = Limits(seconds=seconds, rows=rows, memory=memory << 20, workers=workers)
    app = application(graph, options.settings(), limits, Access(names, _token(token_file)), endpoint)
    root = root_path.rstrip("/")
    run(app, host, port, root if not root or root.startswith("/") else f"/{root}", _told)
    return DONE


def _told(address: str) -> None:
    say(f"open {address} in a browser; Ctrl-C ends it")


def _token(file: Path | None) -> str | None:
    import os

    from kg.errors import InputError

    source = "KG_SERVE_TOKEN" if file is None else str(file)
    token = os.environ.get("KG_SERVE_TOKEN") if file is None else file.read_text("utf-8").strip()
    if token is None:
        return None
    if len(token) < TOKEN or not token.isascii() or not token.isprintable() or " " in token:
        raise InputError(
            source,
            f"no token: at least {TOKEN} letters and digits are needed",
            remedy="make one: python -c 'import secrets; print(secrets.token_urlsafe())'",
        )
    return token
