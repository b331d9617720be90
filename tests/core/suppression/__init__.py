"""Somebody who knows everything that can be known tries to learn from our numbers what another person did."""
