"""Filters for the pages about accounts."""
