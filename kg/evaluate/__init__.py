"""Precision, recall and F1 of predicted pages against annotated ones, in the format of the annotations.

What counts as right: an entity when its type agrees and one surface form is shared (an Event, Project or
Award also when one form holds the other and is at least 0.6 as long), one to one; a fact when the
predicate agrees and both ends are entities so paired (a literal: the same characters after folding),
symmetric predicates either way round; an article when its body starts and ends as the annotated one.
Entities and facts count once a page, whichever article says them. What an annotation marks `optional` is
neither asked for nor punished.
"""

from kg.evaluate.pages import fold
from kg.evaluate.scores import Scores, annotated_files, pairs_of, render, score

__all__ = ["Scores", "annotated_files", "fold", "pairs_of", "render", "score"]
