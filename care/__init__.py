"""Care: who to turn to, stopping contact with somebody, and reports of harm to a person whom the reporter chooses.

That contact was stopped, and every report, is class S: known to who wrote it, a report also to the one it is sent to.
"""
