"""Search over what is published: lessons, facts and terms.

The database's index is asked for ids alone; what of them a reader may know follows from the outline of that reader
(`curriculum.outline`), so that the rule stays in one place and a secret changes no result, no count and no suggestion.
"""
