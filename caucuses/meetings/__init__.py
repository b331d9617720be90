"""Meetings of a caucus: when and where, an agenda, notes that belong to the room, and a calendar that says nothing."""
