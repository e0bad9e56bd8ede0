"""One file a kind of artefact: text in, nodes with lines out."""
