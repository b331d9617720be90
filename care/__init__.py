"""Care: who to turn to. Reports of harm and stopping contact come with the buddies."""
