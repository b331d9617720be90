"""One file for each room: what is planted in its private fields."""
