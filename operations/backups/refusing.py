"""Why something is not done, as a sentence for the person at the terminal."""


class Refused(Exception):
    """Nothing was done, or what was begun can be gone on with: the sentence says which, and what to do."""
