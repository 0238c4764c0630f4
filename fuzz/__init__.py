"""Coverage-guided fuzzing: `scripts/fuzz` runs the targets; what they once found is kept in tests/hostile/found."""
