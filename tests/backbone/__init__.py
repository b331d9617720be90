"""Stories of the backbone team’s desk."""
