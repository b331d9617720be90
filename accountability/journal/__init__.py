"""The private journal. Imported by nobody but its own views and sharing. Its nouns come later."""
