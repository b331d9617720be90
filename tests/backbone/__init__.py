"""Stories about the backbone team's desk and what everybody sees of its numbers."""
