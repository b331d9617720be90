"""The public letter: what the initiative promises in the open, in versions, with the signatures of members and organizations."""
