"""Training of the entity extractor. See README.md beside this file."""
