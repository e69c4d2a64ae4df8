"""Frozen settings, read from `kg.toml` in the working folder, and where the packed data lies."""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import ConfigError

DEFAULT_BASE = "https://kg.example.org/"
FILE = "kg.toml"
FINDER_FILES = ("encoder.onnx", "finder.onnx", "finder.json")
"""What a folder of learned models must hold: the mention finder, its encoder, and their card."""
SCORER_FILE = "scorer.npz"
"""What it may hold: the claim scorer; without it the shipped one decides."""


def packed(name: str) -> Path:
    """Return the folder `ontology`, `lexicon` or `models` as shipped: in the wheel, or in the checkout.

    >>> packed("ontology").joinpath("kg.ttl").exists()
    True
    """
    package = Path(__file__).parent
    inside = package / "data" / name
    if inside.is_dir():
        return inside
    top = package.parent
    return top / "ontology" if name == "ontology" else top / "seeds" / name


def model_files(folder: Path | None) -> tuple[Path, ...]:
    """Return the files of the learned models that a folder stands for, None for the shipped one.

    >>> [file.name for file in model_files(None)]
    ['encoder.onnx', 'finder.onnx', 'finder.json', 'scorer.npz']
    """
    folder = folder or packed("models")
    own = folder / SCORER_FILE
    scorer = own if own.exists() else packed("models") / SCORER_FILE
    return (*(folder / name for name in FINDER_FILES), scorer)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of tables and records that hold an article's parts, where a user names them.

    What stays None is recognised by its name, with the table `columns.tsv` of the lexicon.
    """

    title: str | None = None
    text: str | None = None
    date: str | None = None
    author: str | None = None
    url: str | None = None
    newspaper: str | None = None


_MOST = 10_000
"""The largest number that a setting of resolution may be."""
_PARTS = {f.name: str for f in fields(Columns)}
_CHINESE = "正文"
"""Can be written in every encoding that Chinese papers come in, simplified or traditional."""
_NO_TEXT = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape", "utf-7"})
"""Ways to write Chinese characters in names, programs and mails, which no page is kept in."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read, and how much of one is too much.

    Attributes:
        encoding: the encoding of every text, or None to detect it file by file.
        max_bytes: the largest file or member of an archive that is read in one piece.
        max_page: the longest page, in characters.
        max_record: the longest line of a JSON Lines file or cell and line of a table, in characters.
        max_unpacked: what all members of one archive may unpack to, in bytes, nested ones included.
        max_ratio: how many times its packed size a member may unpack to.
        max_members: how many members an archive may have.
        max_depth: how deep archives may lie in one another; 1 is an archive with files.
        max_pages: how many pages a PDF may have.
        max_pixels: how many pixels an image may have.
        max_broken: how many records of one file may be broken before the rest of it is left.
        max_seconds: how long a worker process may take for one file before it is left.
        columns: the columns that a user names.
    """

    encoding: str | None = None
    max_bytes: int = 64 << 20
    max_page: int = 500_000
    max_record: int = 4 << 20
    max_unpacked: int = 1 << 30
    max_ratio: int = 200
    max_members: int = 20_000
    max_depth: int = 2
    max_pages: int = 2_000
    max_pixels: int = 80_000_000
    max_broken: int = 100
    max_seconds: int = 1_800
    columns: Columns = Columns()


@dataclass(frozen=True, slots=True)
class Resolving:
    """How much it takes for names to become one, and facts to contradict each other.

    Attributes:
        people: what speaks for one person must sum up to this; higher leaves more namesakes apart.
        short_forms: what a short form may cost against its long form; lower leaves more of them apart.
        slips: how many signs make names that differ in one character one.
        event_days: events of one name that lie further apart are two, unless their name counts them.
        figures: figures of one thing that differ by a larger share contradict each other.
    """

    people: float = 1.5
    short_forms: float = 1.0
    slips: float = 3.0
    event_days: int = 60
    figures: float = 0.02


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set.

    Attributes:
        base: every IRI of the graph starts with it; an absolute http(s) or urn IRI.
        city: the papers' own city (`平湖市`), or None to infer it page by page.
        ontology: folder with `kg.ttl`, `frames.tsv`, `shapes.ttl`, `context.jsonld`, `queries/`.
        lexicon: folders with tables; a later folder adds to the ones before it.
        decisions: the file of people's decisions; it need not exist.
        model: the folder of learned models that `kg train` wrote, or None for the shipped ones.
        min_confidence: facts of the graph that are less sure are left out of it; 0 keeps all, at most 1.
        reading: how files are read (`[reading]` in kg.toml, its columns in `[reading.columns]`).
        resolving: how much it takes for names to become one (`[resolving]` in kg.toml).
    """

    base: str = DEFAULT_BASE
    city: str | None = None
    ontology: Path = field(default_factory=lambda: packed("ontology"))
    lexicon: tuple[Path, ...] = field(default_factory=lambda: (packed("lexicon"),))
    decisions: Path = Path("decisions.tsv")
    model: Path | None = None
    min_confidence: float = 0.0
    reading: Reading = Reading()
    resolving: Resolving = Resolving()

    def with_city(self, city: str | None) -> Settings:
        """Return the settings with another city, or these when it is None."""
        return self if city is None else replace(self, city=city)

    def with_model(self, model: Path | None) -> Settings:
        """Return the settings with another folder of models, or these when it is None."""
        return self if model is None else replace(self, model=model)

    def with_min_confidence(self, least: float | None) -> Settings:
        """Return the settings with another least confidence of facts, or these when it is None.

        Raises:
            ConfigError: it is none.
        """
        if least is None:
            return self
        return replace(self, min_confidence=_share("--min-confidence", "it", least))

    def with_reading(self, encoding: str | None, columns: Mapping[str, str]) -> Settings:
        """Return the settings with another encoding and other columns, so far as any are given.

        Raises:
            ConfigError: no such encoding, or no such part of an article.
        """
        _check("--column", columns, _PARTS)
        reading = replace(self.reading, columns=replace(self.reading.columns, **columns))
        if encoding is not None:
            reading = replace(reading, encoding=known_encoding("--encoding", encoding))
        return replace(self, reading=reading)


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
    known = {f.name for f in fields(Settings)}
    for key in data:
        if key not in known:
            raise ConfigError(
                str(path), f"unknown key {key!r}", remedy=f"use one of {', '.join(sorted(known))}"
            )
    for key in ("base", "city", "ontology", "decisions", "model"):
        if key in data and not isinstance(data[key], str):
            raise ConfigError(str(path), f"{key} is not a string", remedy="put it in quotation marks")
    folders = data.get("lexicon", [])
    if not isinstance(folders, list) or not all(isinstance(f, str) for f in folders):
        raise ConfigError(str(path), "lexicon is not a list of strings", remedy='write ["folder"]')
    for name in [*folders, *(data[key] for key in ("ontology", "model") if key in data)]:
        if not (folder / name).is_dir():
            raise ConfigError(str(path), f"no folder {name!r}", remedy="create it or correct the path")
    return Settings(
        base=_base(str(path), data.get("base", DEFAULT_BASE)),
        city=data.get("city") or None,
        ontology=folder / data["ontology"] if "ontology" in data else packed("ontology"),
        lexicon=(packed("lexicon"), *(folder / f for f in folders)),
        decisions=folder / data.get("decisions", "decisions.tsv"),
        model=folder / data["model"] if "model" in data else None,
        min_confidence=_share(str(path), "min_confidence", data.get("min_confidence", 0.0)),
        reading=_reading(str(path), data.get("reading", {})),
        resolving=_resolving(str(path), data.get("resolving", {})),
    )


def _reading(source: str, data: object) -> Reading:
    if not isinstance(data, dict):
        raise ConfigError(source, "reading is not a table", remedy="write [reading] above its keys")
    columns = data.get("columns", {})
    if not isinstance(columns, dict):
        raise ConfigError(source, "columns is not a table", remedy="write [reading.columns] above its keys")
    values = {key: value for key, value in data.items() if key != "columns"}
    kinds = {f.name: str if f.name == "encoding" else int for f in fields(Reading) if f.name != "columns"}
    _check(source, values, kinds)
    _check(source, columns, _PARTS)
    if "encoding" in values:
        values["encoding"] = known_encoding(source, values["encoding"])
    return replace(Reading(), **values, columns=Columns(**columns))


def _resolving(source: str, data: object) -> Resolving:
    if not isinstance(data, dict):
        raise ConfigError(source, "resolving is not a table", remedy="write [resolving] above its keys")
    kinds = {f.name for f in fields(Resolving)}
    for key, value in data.items():
        if key not in kinds:
            raise ConfigError(source, f"unknown key {key!r}", remedy=f"use one of {', '.join(sorted(kinds))}")
        whole = key == "event_days"
        if type(value) is not int and (whole or type(value) is not float):
            wanted = "a whole number" if whole else "a number"
            raise ConfigError(source, f"{key} is not {wanted}", remedy="correct it")
        if not 0 <= value <= _MOST:
            raise ConfigError(source, f"{key} is {value}", remedy=f"write a number from 0 to {_MOST}")
    return Resolving(**data)


def known_encoding(source: str, name: str) -> str:
    """Return the usual name of an encoding that Chinese text can be in.

    >>> known_encoding("--encoding", "GB18030"), known_encoding("--encoding", "utf16")
    ('gb18030', 'utf-16')

    Raises:
        ConfigError: there is none of that name, or it holds no Chinese characters.
    """
    try:
        usual = codecs.lookup(name).name
        if usual in _NO_TEXT or not _CHINESE.encode(usual):
            raise LookupError(name)
    except (LookupError, ValueError) as error:
        raise ConfigError(
            source, f"no encoding of Chinese text is called {name!r}", remedy="write one like gb18030"
        ) from error
    return usual


def _check(source: str, values: Mapping[str, object], kinds: Mapping[str, type[str] | type[int]]) -> None:
    for key, value in values.items():
        if key not in kinds:
            raise ConfigError(source, f"unknown key {key!r}", remedy=f"use one of {', '.join(sorted(kinds))}")
        if type(value) is not kinds[key] or (isinstance(value, int) and value < 1):
            wanted = "a whole number from 1" if kinds[key] is int else "a string"
            raise ConfigError(source, f"{key} is not {wanted}", remedy="correct it")


def _share(source: str, key: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ConfigError(source, f"{key} is no number from 0 to 1", remedy="write one like 0.8")
    return float(value)


def _base(source: str, text: str) -> str:
    parts = urlsplit(text)
    good = (parts.scheme in {"http", "https"} and parts.netloc) or (parts.scheme == "urn" and parts.path)
    if not good or not text.endswith(("/", "#", ":")) or any(c in text for c in ' <>"{}|\\^`'):
        raise ConfigError(
            source, f"base {text!r} is no IRI to build on", remedy="write one like https://example.org/kg/"
        )
    return text
