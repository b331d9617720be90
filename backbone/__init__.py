"""The backbone team's desk. Its pages come later."""
