"""The curriculum: modules and lessons made of blocks in the CMS, redlining maps, and what a member has finished.

Private here: a member's progress. The lessons themselves are published content.
"""
