"""The benchmark's own arithmetic. Clocks are for `make bench`."""
