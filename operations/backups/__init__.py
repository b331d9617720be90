"""Backups and their restoring.

A *set* is a folder named for the moment at which it was begun: both databases as they stood at that moment, uploads, the list of
erasures, and a manifest that is written last. A set without a manifest is none. The keyring is never in it. Everything in a set
goes seven days after it was begun, because with the copy of the keys in it what a member took along could be opened again.
"""
