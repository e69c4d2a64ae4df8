"""Publish: findings as annotations; the graph as a network page, a networkx graph, GraphML and measures."""
