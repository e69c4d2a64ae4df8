"""A knowledge graph from Chinese newspaper pages."""
