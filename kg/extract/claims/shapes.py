"""Claims that need no trigger word: two names side by side, one name within another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kg.extract.claims.collect import Collector
from kg.extract.claims.frames import Frame, Slot
from kg.extract.claims.scene import Node, View
from kg.lexicon import Lexicon
from kg.model import LocalKey


def read_chains(view: View, frame: Frame, lexicon: Lexicon, out: Collector) -> None:
    """Read 永安镇督正村: the name after lies in the name before, when its level allows it."""
    levels = {r["ending"]: int(r["level"]) for r in lexicon.table("place_levels").rows}
    gaps = frame.triggers or ("",)
    for left, right in zip(view.nodes, view.nodes[1:], strict=False):
        if view.text[left.end : right.start] not in gaps or "anaphor" in (left.said, right.said):
            continue
        ends = {"before": left, "after": right}
        subject, obj = _pick(frame.subject, ends), _pick(frame.object, ends)
        if subject is None or obj is None or subject.key == obj.key:
            continue
        if subject.kind == obj.kind == "Place" and not _higher(obj.key.name, subject.key.name, levels):
            continue
        out.pair(frame, subject, obj)


def read_inside(
    view: View, frame: Frame, forms: Mapping[LocalKey, tuple[str, ...]], out: Collector
) -> None:
    """Read a name printed after that of what holds it: 永安镇督正村, 青禾项目二期.

    Without triggers the rest must be a form of its own (督正村); else it must be one of them (二期).
    """
    kinds = {kind for slot in frame.subject for kind in slot.kinds}
    for node in view.nodes:
        if node.said != "name" or node.kind not in kinds:
            continue
        own = forms.get(node.key, ())
        surfaces = own if frame.triggers else (view.text[node.start : node.end],)
        rests = frame.triggers or own
        for key, names in forms.items():
            if key.kind not in kinds or key == node.key:
                continue
            if any(
                len(form) > 1 and surface.startswith(form) and surface[len(form) :].strip("”“\"") in rests
                for form in names
                for surface in surfaces
            ):
                out.pair(frame, node, replace(node, key=key))


def _pick(slots: tuple[Slot, ...], ends: Mapping[str, Node]) -> Node | None:
    for slot in slots:
        node = ends.get(slot.place)
        if node is not None and (not slot.kinds or node.kind in slot.kinds):
            return node
    return None


def _higher(above: str, below: str, levels: Mapping[str, int]) -> bool:
    def level(name: str, default: int) -> int:
        found = [(len(e), v) for e, v in levels.items() if name.endswith(e)]
        return max(found)[1] if found else default

    return level(above, 0) < level(below, 9)
