"""Cohorts: members who learn together, their facilitators, invitations, announcements, and talk about prompts of lessons.

Private here: what is said in a cohort stays in it; an invitation's token (kept as a hash) and the address it was sent to.
"""
