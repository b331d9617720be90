"""Pages of care: help for everybody, and for members whom to turn to, stopping contact, reports."""
