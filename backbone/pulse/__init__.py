"""A pulse: one to three questions to a cohort, answered by choosing, whose answers belong to nobody.

What somebody chose goes into a sealed box that is rewritten as a whole (`Box`), from there in shuffled batches into a table
without time (`Ballot`), and at the close into a result that is made once under the rules of `core.suppression`. Who has answered
stands apart, in a sealed list that is rewritten as a whole too (`Answered`): no row, no order and no size tells of one person.
At the close ballots, box and list are deleted, and the key that sealed them is destroyed.
"""
