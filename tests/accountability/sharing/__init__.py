"""Stories about excerpts of a journal."""
