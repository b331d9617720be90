"""Sharing: an excerpt of one’s journal, shown to one’s buddy until a day, taken back at once. The only other reader of the journal."""
