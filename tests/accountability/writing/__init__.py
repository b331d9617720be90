"""Stories of writing in the journal."""
