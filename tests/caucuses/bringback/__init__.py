"""Stories of bringback."""
