"""Why an act of care changed nothing."""


class NotOpen(Exception):
    """This contact cannot be chosen: named, in authority, or not there any more."""


class PerhapsNamed(Exception):
    """The text names this contact by a part of the name, and its writer has not said that they mean somebody else."""


class TooMany(Exception):
    """Very many in a short time."""


class Withdrawn(Exception):
    """Its writer has taken the report back. Nothing of it is left."""


class NotNow(Exception):
    """It is not in a state from which this follows."""
