"""Affinity spaces. Their nouns come later."""
