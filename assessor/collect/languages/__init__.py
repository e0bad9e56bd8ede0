"""One file a language: text in, compact facts out; then names resolved to references."""
