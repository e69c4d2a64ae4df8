"""Which short names belong to which long ones: each to the one it fits best, when that one has no better."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from math import inf
from typing import TypeVar

from kg.resolve.shorten import cost, in_order
from kg.resolve.tables import Tables

MARGIN = 0.1
"""By so much a short name must fit one long name better than the next."""
K = TypeVar("K", bound=Hashable)


def expand(
    names: Mapping[K, str],
    known: Tables,
    *,
    short: Callable[[K], bool] = lambda _: True,
    fits: Callable[[K, K], bool] = lambda _short, _long: True,
    one: Callable[[K], Hashable] = lambda key: key,
    price: Callable[[K, K], float] = lambda _short, _long: inf,
    most: float | None = None,
    slack: float = 0.0,
    opening: bool = False,
) -> tuple[dict[K, K], dict[K, tuple[K, ...]]]:
    """Return the long name that each short name is a form of, and those that fit several equally well.

    A long name has one usual short form, so a short name that fits it worse than another one does is
    of something that is not among the names.

    Args:
        names: the text of each name.
        short: whether a name may be a short form at all.
        fits: whether a short and a long name may be of one thing, whatever their characters.
        price: what a short form costs besides how its characters fit, which counts where it is less.
        one: names for which it returns the same are of one thing: they do not compete.
        most: what a short form may cost; as set, when it is None.
        slack: by how much it may fit its long name worse than the best does.
        opening: whether a short form opens as its long name does, but for 第.
    """
    most = known.needed.short_forms if most is None else most
    longer: dict[str, set[K]] = defaultdict(set)
    for key, text in names.items():
        first = text.removeprefix("第")[:1] if opening else ""
        for char in set(text):
            longer[first + char].add(key)
    found: dict[K, list[tuple[float, str, K]]] = {}
    best: dict[K, float] = {}
    for key, text in names.items():
        if len(text) < 2 or not short(key):
            continue
        priced = []
        for other in _holding(text, text[0] if opening else "", longer):
            if len(names[other]) > len(text) and in_order(text, names[other]) and fits(key, other):
                costs = min(cost(text, names[other], known), price(key, other))
                best[other] = min(costs, best.get(other, costs))
                priced.append((costs, names[other], other))
        found[key] = sorted(priced, key=lambda item: item[:2])
    sure: dict[K, K] = {}
    unsure: dict[K, tuple[K, ...]] = {}
    for key, priced in found.items():
        good = [item for item in priced if item[0] <= most]
        if not good:
            continue
        least, _, target = good[0]
        rivals = [item for item in priced[1:] if item[0] - least < MARGIN and one(item[2]) != one(target)]
        if rivals:
            unsure[key] = (target, *(other for _, _, other in rivals))
        elif least <= best[target] + slack:
            sure[key] = target
    return sure, unsure


def _holding(text: str, first: str, longer: Mapping[str, set[K]]) -> Iterable[K]:
    """Return the names that hold all characters of a text, in any order."""
    rarest, *rest = sorted((longer.get(first + char, set()) for char in set(text)), key=len)
    return (key for key in rarest if all(key in others for others in rest))
