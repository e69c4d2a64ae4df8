"""The web application: SPARQL over HTTP, pages of entities and articles, search. Read-only."""
