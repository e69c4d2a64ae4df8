"""Requests to a server: with the keys that the environment holds, which no message ever shows."""

from __future__ import annotations

import base64
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import IO
from urllib.parse import urlsplit, urlunsplit

from kg.errors import InputError, KgError, TimeUpError, TooLargeError

TOKEN, USER, PASSWORD = "KG_SERVER_TOKEN", "KG_SERVER_USER", "KG_SERVER_PASSWORD"
WAIT = 600.0
"""Seconds after which a server that says nothing is given up."""
_TOLD = 300
"""Characters of what a server says that are shown."""


class ServerError(KgError):
    """A server cannot be reached, or does not do what it is asked.

    Args:
        url: which; what stands in it before an @ is left out.
        what: what is wrong, as a clause.
        status: the number that the server answered with, or None.
        remedy: what can be done, or None.
    """

    def __init__(self, url: str, what: str, status: int | None = None, remedy: str | None = None) -> None:
        self.url = shown(url)
        self.what = what
        self.status = status
        self.remedy = remedy
        super().__init__(self.url, what, status, remedy)

    def __str__(self) -> str:
        told = f"{self.url}: {self.what}"
        return told if self.remedy is None else f"{told}; {self.remedy}"


@dataclass(frozen=True, slots=True)
class Said:
    """What a server answered: its kind without parameters, and its bytes."""

    kind: str
    data: bytes


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows nothing: a key must not go to another server, and a POST not become a GET."""

    def redirect_request(self, *_: object) -> None:
        return None


_OPENER = urllib.request.build_opener(_Stay)


def check(url: str) -> str:
    """Return an address of a server.

    Raises:
        InputError: it is none, or holds a password.
    """
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.fragment
        _ = parts.port
    except ValueError:
        parts, good = urlsplit(""), False
    if not good or not url.isascii() or any(char.isspace() for char in url):
        raise InputError(
            shown(url), "no address of a server", remedy="write one like http://127.0.0.1:7878/store"
        )
    if "@" in parts.netloc:
        raise InputError(
            shown(url),
            "a password in an address is seen by others",
            remedy=f"put it into {USER} and {PASSWORD}, or {TOKEN}, in the environment",
        )
    return url


def shown(url: str) -> str:
    """Return an address as it may be printed.

    >>> shown("http://me:secret@example.org/a?default")
    'http://example.org/a'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return "the address"
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def send(
    method: str,
    url: str,
    data: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    seconds: float | None = None,
    most: int | None = None,
) -> Said:
    """Ask a server and return what it answers.

    Raises:
        TooLargeError: it is more than `most` bytes.
        ServerError: it cannot be reached, or answers that it will not.
        TimeUpError: it took longer than `seconds`.
    """
    until = None if seconds is None else time.monotonic() + seconds
    with opened(method, url, data, headers, seconds) as answer:
        kind = str(answer.headers.get("Content-Type", "")).partition(";")[0].strip().lower()
        return Said(kind, b"".join(_read(answer, until, most)))


@contextmanager
def opened(
    method: str,
    url: str,
    data: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    seconds: float | None = None,
) -> Iterator[HTTPResponse]:
    """Ask a server and give its answer, of which nothing has been read yet.

    Raises:
        ServerError: it cannot be reached, answers that it will not, or breaks off.
        TimeUpError: it is silent for longer than `seconds`.
    """
    asked = urllib.request.Request(url, data, {**_keys(url), **(headers or {})}, method=method)  # noqa: S310
    try:
        with _OPENER.open(asked, timeout=WAIT if seconds is None else seconds) as answer:
            yield answer
    except urllib.error.HTTPError as error:
        with error:
            raise _refusal(url, error) from None
    except (OSError, HTTPException) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        if isinstance(reason, TimeoutError) and seconds is not None:
            raise TimeUpError(
                f"not answered after {seconds:g} s; ask for less, or give it more time"
            ) from None
        told = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
        remedy = "see whether the server runs and the address is right"
        raise ServerError(url, f"cannot be reached ({told})", remedy=remedy) from None


def _read(answer: IO[bytes], until: float | None, most: int | None) -> Iterator[bytes]:
    """Yield an answer bit by bit, so that one that never ends takes no more than it may."""
    got = 0
    while data := answer.read(1 << 16):
        got += len(data)
        if most is not None and got > most:
            raise TooLargeError(f"the answer has more than {most:,} bytes; ask for less, as with LIMIT")
        if until is not None and time.monotonic() > until:
            raise TimeoutError
        yield data


def _refusal(url: str, error: urllib.error.HTTPError) -> ServerError:
    text = error.read(4 * _TOLD).decode("utf-8", "replace")
    words = " ".join(text.split())[:_TOLD] if "<html" not in text.lower() else ""
    told = f"answers {error.code} {error.reason}" + (f": {words}" if words else "")
    if error.code in (401, 403):
        keys = f"set {USER} and {PASSWORD}, or {TOKEN}, in the environment"
        return ServerError(url, f"answers {error.code} {error.reason}", error.code, keys)
    if error.code in (301, 302, 303, 307, 308):
        return ServerError(
            url, f"sends on to {shown(error.headers.get('Location', ''))}", error.code, "give that address"
        )
    return ServerError(url, told, error.code)


def _keys(url: str) -> dict[str, str]:
    """Return what tells the server who asks."""
    token, user = os.environ.get(TOKEN), os.environ.get(USER)
    if token:
        said = f"Bearer {token}"
    elif user:
        pair = f"{user}:{os.environ.get(PASSWORD, '')}".encode()
        said = "Basic " + base64.b64encode(pair).decode("ascii")
    else:
        return {}
    if "\n" in said or "\r" in said or not said.isascii():
        raise InputError(TOKEN, "holds what no header can", remedy="correct it")
    return {"Authorization": said}
