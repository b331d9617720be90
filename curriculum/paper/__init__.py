"""The curriculum on paper: the print page of a module, a facilitator's session plan, a member's record of finished lessons.

Print pages hold published content alone and are kept like bodies of lessons. A session plan holds notes for facilitators
and a record one member's dates: neither is kept for anybody, and their PDFs belong to who asked for them.
"""
