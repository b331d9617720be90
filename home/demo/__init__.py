"""The demonstration initiative *Riverton Healthy Starts*: an invented town with invented people."""
