"""The backbone team's desk: what they run for everybody. It owns no noun, and sees of people's inner work numbers alone."""
