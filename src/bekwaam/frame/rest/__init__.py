"""What every address of the REST interface stands on: who asks, problems in words, pages, tags of state, and keys."""
