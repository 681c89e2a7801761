"""Excel forms: where things stand in one, and how a filled one is read."""
