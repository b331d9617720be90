"""The numbers about a cohort, which its members, its facilitators and the backbone see alike.

Counted once a week (`counting`), published under the rules of `core.suppression`, kept (`keeping`) and shown (`showing`).
"""
