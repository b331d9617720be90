"""Caucuses: rooms in which people who share something talk among themselves. That somebody is in one is known in it alone.

Here are the room itself, the seats in it, what its members agree on, and how people come and go. What they do in it has rooms
of its own: `threads` (conversations) and `meetings` know no other; `bringback` (notes to the whole group) and `concerns`
(reports inside the room) stand on them. No row names a member: a seat holds a keyed token and a sealed reference, everything
else names the seat. Names, purposes, agreements and every word are class S under the caucus's own key.
"""
