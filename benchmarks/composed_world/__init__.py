"""An invented world of county papers: what exists (`world`), and the pages that tell of it (`papers`)."""
