"""The one table of the yardstick."""
