"""Settings modules: base, and on top of it dev, test, demo and production."""
