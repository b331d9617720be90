"""Bring-back notes: what a caucus says to a whole cohort, after every member could change it or hold it back."""
