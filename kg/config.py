"""Frozen settings, read from `kg.toml` in the working folder, and where the packed data lies."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import ConfigError

DEFAULT_BASE = "https://kg.example.org/"
FILE = "kg.toml"


def packed(name: str) -> Path:
    """Return the folder `ontology` or `lexicon` as shipped: in the wheel, or in the checkout.

    >>> packed("ontology").joinpath("kg.ttl").exists()
    True
    """
    package = Path(__file__).parent
    inside = package / "data" / name
    if inside.is_dir():
        return inside
    top = package.parent
    return top / "ontology" if name == "ontology" else top / "seeds" / name


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set.

    Attributes:
        base: every IRI of the graph starts with it; an absolute http(s) or urn IRI.
        city: the papers' own city (`平湖市`), or None to infer it page by page.
        ontology: folder with `kg.ttl`, `frames.tsv`, `shapes.ttl`, `context.jsonld`, `queries/`.
        lexicon: folders with tables; a later folder adds to the ones before it.
        decisions: the file of people's decisions; it need not exist.
    """

    base: str = DEFAULT_BASE
    city: str | None = None
    ontology: Path = field(default_factory=lambda: packed("ontology"))
    lexicon: tuple[Path, ...] = field(default_factory=lambda: (packed("lexicon"),))
    decisions: Path = Path("decisions.tsv")

    def with_city(self, city: str | None) -> Settings:
        """Return the settings with another city, or these when it is None."""
        return self if city is None else replace(self, city=city)


def load(folder: Path) -> Settings:
    """Read `kg.toml` of a working folder; without one, the defaults hold.

    Relative paths in it are relative to the folder.

    Raises:
        ConfigError: no TOML, an unknown key, or a value of the wrong kind.
    """
    path = folder / FILE
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Settings(decisions=folder / "decisions.tsv")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), f"not valid TOML ({error})", remedy="correct or delete it") from error
    known = {"base", "city", "ontology", "lexicon", "decisions"}
    for key in data:
        if key not in known:
            raise ConfigError(
                str(path), f"unknown key {key!r}", remedy=f"use one of {', '.join(sorted(known))}"
            )
    for key in ("base", "city", "ontology", "decisions"):
        if key in data and not isinstance(data[key], str):
            raise ConfigError(str(path), f"{key} is not a string", remedy="put it in quotation marks")
    folders = data.get("lexicon", [])
    if not isinstance(folders, list) or not all(isinstance(f, str) for f in folders):
        raise ConfigError(str(path), "lexicon is not a list of strings", remedy='write ["folder"]')
    for name in [*folders, *([data["ontology"]] if "ontology" in data else [])]:
        if not (folder / name).is_dir():
            raise ConfigError(str(path), f"no folder {name!r}", remedy="create it or correct the path")
    return Settings(
        base=_base(str(path), data.get("base", DEFAULT_BASE)),
        city=data.get("city") or None,
        ontology=folder / data["ontology"] if "ontology" in data else packed("ontology"),
        lexicon=(packed("lexicon"), *(folder / f for f in folders)),
        decisions=folder / data.get("decisions", "decisions.tsv"),
    )


def _base(source: str, text: str) -> str:
    parts = urlsplit(text)
    good = (parts.scheme in {"http", "https"} and parts.netloc) or (parts.scheme == "urn" and parts.path)
    if not good or not text.endswith(("/", "#", ":")) or any(c in text for c in ' <>"{}|\\^`'):
        raise ConfigError(
            source, f"base {text!r} is no IRI to build on", remedy="write one like https://example.org/kg/"
        )
    return text
