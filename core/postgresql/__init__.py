"""Django's PostgreSQL, but for one thing: a web request does not wait without end for a server that stands still."""
