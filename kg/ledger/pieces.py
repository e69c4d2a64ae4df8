"""Resolution in pieces: what it keeps of a page, and what it makes of a closed set of these."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, MutableMapping, Sequence

from kg import lexicon, ontology
from kg.config import Settings
from kg.ledger.tables import number
from kg.model import NONE, Article, Claim, Decisions, Doubt, Entity, Fact, Findings, LocalKey, SourceMap, Span
from kg.ontology import Ontology
from kg.resolve import (
    Marks,
    Profile,
    Sheet,
    Viewer,
    blocks,
    find_reprints,
    merge_and_name,
    merge_entities,
    profiles,
    sensible,
    sheet,
    tables,
)
from kg.resolve.reprints import bands
from kg.resolve.views import unmarked


class Pieces:
    """Resolution in pieces, under settings and decisions."""

    def __init__(self, settings: Settings, decisions: Decisions = NONE) -> None:
        self.base = settings.base
        self.decisions = decisions
        self.ontology: Ontology = ontology.load(settings.ontology)
        self.city = settings.city
        self.least = settings.min_confidence
        self._known = tables(lexicon.load(settings.lexicon), settings.resolving)
        self._viewer = Viewer(self._known)
        self.symmetric = frozenset(p.name for p in self.ontology.predicates.values() if p.symmetric)

    def sheet(self, findings: Findings) -> Sheet:
        """Return what is kept of a page: of every entity, also those only claims name, and of articles."""
        return sheet(findings, self._known, self.city)

    def profiles(self, findings: Findings) -> tuple[Profile, ...]:
        """Return what is kept of every entity of a page, each with what stands around it."""
        return profiles(findings, self._known, self.city)

    def blocks(self, profile: Profile) -> list[int]:
        """Return what a profile must share with another one if either is to matter to the other.

        The last bit is 0 where it asks for a block, and 1 where it only answers those who ask.
        """
        asks, offers = blocks(self._viewer.view(profile))
        return sorted({number(a) << 1 for a in asks} | {number(o) << 1 | 1 for o in offers})

    def links(self) -> Collection[tuple[LocalKey, LocalKey]]:
        """Return the keys that decisions tie together."""
        return [(one.a, one.b) for one in self.decisions.same] + [
            (one.a, one.b) for one in self.decisions.different
        ]

    def spoken_of(self) -> frozenset[LocalKey]:
        """Return the keys that people speak of in ways that bear on facts."""
        every = (end for one in self.decisions.rejected for end in (one.subject, one.object))
        return frozenset(end for end in every if isinstance(end, LocalKey)) | {
            one.key for one in self.decisions.typed
        }

    def entities(
        self, closed: Iterable[Profile], stories: Mapping[str, str], marks: Marks | None = None
    ) -> tuple[tuple[Entity, ...], tuple[Doubt, ...]]:
        """Return the entities that a closed set of profiles becomes, and what is doubtful among them.

        Args:
            closed: the profiles.
            stories: what stands for all prints of an article that is printed several times.
            marks: what stands in articles, where profiles do not say it.
        """
        known, base = self._known, self.base
        return merge_entities(closed, base, known, self.decisions, stories, marks or unmarked)

    def facts(
        self,
        claims: Sequence[Claim],
        entities: Mapping[LocalKey, str],
        kinds: Mapping[str, str],
        articles: Mapping[str, Article],
        stories: Mapping[str, str],
    ) -> tuple[Fact, ...]:
        """Return the facts that claims make: of each fact, all its claims must be there.

        Args:
            entities: what the ends of the claims, and of facts that people reject, have become.
            kinds: the classes of these entities.
            articles: by id, for their dates.
            stories: what stands for all prints of an article that is printed several times.
        """
        return self.facts_and_names(claims, entities, kinds, articles, stories)[0]

    def facts_and_names(
        self,
        claims: Sequence[Claim],
        entities: Mapping[LocalKey, str],
        kinds: Mapping[str, str],
        articles: Mapping[str, Article],
        stories: Mapping[str, str],
    ) -> tuple[tuple[Fact, ...], list[str | None]]:
        """Return what `facts` does, and for each claim the IRI of the fact that it states, or None."""
        rejected, ontology = self.decisions.rejected, self.ontology
        found, named = merge_and_name(
            claims, entities, articles, self.symmetric, self.base, rejected, stories
        )
        if self.decisions.typed:
            alone = [
                merge_and_name([c], entities, {}, self.symmetric, self.base, rejected)[0] for c in claims
            ]
            told = [sensible(one, kinds, self.decisions, entities, ontology) for one in alone]
            named = [facts[0].iri if facts else None for facts in told]
        return sensible(found, kinds, self.decisions, entities, ontology), named

    def stories(
        self, articles: Iterable[Article], compared: MutableMapping[tuple[str, str], bool] | None = None
    ) -> Mapping[str, str]:
        """Return which articles of a set, closed under shared bands, are prints of one story.

        Args:
            compared: is told which were compared, and whether they are alike.
        """
        return find_reprints(articles, compared)


def shared(article: Article) -> frozenset[int]:
    """Return what two articles must share if they are prints of one story."""
    return frozenset(map(number, bands(article)))


def stub(article: Article) -> Article:
    """Return an article without its words."""
    return Article(
        article.id, article.page, article.kind, (), (), article.date, "", Span(0, 0), SourceMap(())
    )
