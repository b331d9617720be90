"""Reports for editors in the CMS: lessons without a check for a year, unused facts, broken links, claims without a fact.

Each is a list with an explanation in words, a filter, a way to the place where it is put right, and export as a spreadsheet.
"""
