"""Sharing: an excerpt of one’s journal, shown to one’s buddy until a day, taken back at once. The only other reader of the journal.

An excerpt is a copy that its author cut out and looked at before it went; editing the entry changes nothing of it. It is class S
under the key of the pair, goes with its author’s place in it, and cannot be passed on from here.
"""
