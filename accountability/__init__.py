"""Commitments, pairs and check-ins. Their nouns come later."""
