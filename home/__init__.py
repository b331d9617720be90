"""The front page and the signed-in "Today". Composes the other apps and owns no noun."""
