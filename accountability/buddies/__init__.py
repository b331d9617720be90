"""Buddies: two people (or three) who trust each other, how they find each other by asking, what they agree on, how it ends.

Who is whose buddy is known to the two alone; what they agree on is class S under the key of the pair.
"""
