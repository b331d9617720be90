"""Notices: the bell, the constant mail, the outbox with its lease, preferences and quiet hours.

Private here: which notices a member got. Mail says the same sentence whatever happened; content stays on the site.
"""
