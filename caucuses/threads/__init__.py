"""Conversations of a caucus: threads, posts with their earlier wordings, drafts, and what a seat marks for itself."""
