"""`make faults`: a real site, people who go on working, and what goes wrong on bad days; by hand, at most an hour."""
