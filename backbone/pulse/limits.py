"""How much a pulse asks, how long, and how often."""

from core.suppression import BEHIND, ENOUGH

MOST_QUESTIONS = 3
FEWEST_ANSWERS, MOST_ANSWERS = 2, 5
LONGEST_QUESTION, LONGEST_ANSWER = 200, 80
SHORTEST, LONGEST = 3, 30  # days from the opening to the last day
APART = 7  # days between the close of one pulse and the next one: two results must not follow each other like two looks
FEWEST_ASKED = (
    BEHIND  # of fewer no result could be shown, whatever they answered: then nobody is asked
)
BATCH = ENOUGH  # ballots that leave the box at once, at least; and as many stay behind
