"""Accountability: what people promise, who walks beside them, and what they write for themselves. Each noun has a room of its own.

From the ground: `journal`, `buddies` and `letter` know no other room; `checkins`, `matching`, `sharing` and `commitments` stand on
`buddies` (`sharing` on the journal, too); `counts` looks down on all of them and gives numbers alone.
"""
