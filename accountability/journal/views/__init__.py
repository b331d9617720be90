"""The views of the journal, one noun a file."""
