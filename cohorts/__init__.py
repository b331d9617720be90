"""Cohorts: members who learn together, their facilitators, invitations and announcements.

Private here: an invitation's token (kept as a hash) and the address it was sent to.
"""
