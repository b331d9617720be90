"""What the tests stand on: databases copied from one that is made once, and a real browser."""
