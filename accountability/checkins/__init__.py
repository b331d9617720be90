"""Check-ins: on the rhythm that a pair chose, what each did, avoided and needs, and what is next; their notes, calendar and silence.

All of it is class S: a part is sealed under its author’s key until both are in, then under the key of the pair.
"""
