"""The shared language: terms and their definitions. All of it is public."""
