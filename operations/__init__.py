"""Operations: what keeps one installation alive. Backups and their restoring, the night's work, the signs that operators watch.

Its nouns: a *backup*, a *sign* (one thing that is well or is not). Nothing here is about a person; what a backup carries is
sealed as it stands in the databases, and it never carries the keyring.
"""
