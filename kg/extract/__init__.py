"""The articles of a page become findings: mentions, page-local entities and claims."""
