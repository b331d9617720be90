"""Stories of accountability: the journal, commitments, buddies."""
