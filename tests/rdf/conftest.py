"""One small dataset that the tests of this folder share."""

from __future__ import annotations

import warnings
from datetime import date
from pathlib import Path

import pytest
import rdflib
from builders import page_of

from kg import ontology
from kg.config import Settings
from kg.model import Graph, Literal
from kg.ontology import Ontology
from kg.rdf import Dataset, open_dataset, write
from kg.resolve import resolve

KINDS = {
    "柳青": "Person",
    "王大力": "Person",
    "中共河口县委": "Organization",
    "河口星辰有限公司": "Organization",
    "河口经济技术开发区": "Place",
    "河口县": "Place",
    "星河项目": "Project",
    "云帆项目": "Project",
    "小舟项目": "Project",
    "河口茶会": "Event",
    "优秀企业": "Award",
}


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings()


@pytest.fixture(scope="session")
def vocabulary(settings: Settings) -> Ontology:
    return ontology.load(settings.ontology)


@pytest.fixture(scope="session")
def graph(settings: Settings) -> Graph:
    first = page_of(
        "县委书记柳青昨天会见王大力一行，河口星辰有限公司落户河口经济技术开发区。",
        [
            ("柳青", "met", "王大力"),
            ("柳青", "holdsPosition", "中共河口县委", {"title": "书记"}),
            ("柳青", "inspected", "河口星辰有限公司"),
            ("河口星辰有限公司", "locatedIn", "河口经济技术开发区"),
            ("河口经济技术开发区", "locatedIn", "河口县"),
            ("河口星辰有限公司", "receivedAward", "优秀企业"),
            ("河口茶会", "organizedBy", "河口县"),
            ("河口茶会", "heldAt", "河口经济技术开发区"),
            ("河口茶会", "startDate", Literal("昨天下午", "date")),
            ("星河项目", "totalInvestment", Literal("1.2亿元", "money", 1.2e8, "CNY")),
            ("小舟项目", "totalInvestment", Literal("9000万元", "money", 9e7, "CNY")),
        ],
        KINDS,
        aliases={"中共河口县委": ["县委"], "河口经济技术开发区": ["河口经开"]},
        issued=date(2024, 7, 19),
        newspaper="河口日报",
    )
    second = page_of(
        "王大力任河口星辰有限公司董事长；柳青曾任河口县领导，云帆项目将投资3亿元。",
        [
            ("王大力", "met", "柳青"),
            ("王大力", "holdsPosition", "河口星辰有限公司", {"title": "董事长", "speaker": "柳青"}),
            ("柳青", "holdsPosition", "河口县", {"title": "领导", "status": "former"}),
            ("王大力", "inspected", "星河项目", {"status": "negated"}),
            ("云帆项目", "totalInvestment", Literal("3亿元", "money", 3e8, "CNY"), {"status": "planned"}),
        ],
        KINDS,
        source="b.txt",
    )
    return resolve([first, second], settings)


@pytest.fixture(scope="session")
def folder(
    graph: Graph, vocabulary: Ontology, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A folder with the dataset; tests that change it copy it first."""
    out = tmp_path_factory.mktemp("dataset")
    write(graph, vocabulary, settings, out)
    return out


@pytest.fixture(scope="session")
def dataset(folder: Path) -> Dataset:
    return open_dataset(folder)


@pytest.fixture(scope="session")
def quads(folder: Path) -> rdflib.Dataset:
    """What rdflib reads in kg.nq; its own reader warns about itself."""
    found = rdflib.Dataset(default_union=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        found.parse(data=(folder / "kg.nq").read_bytes(), format="nquads")
    return found
