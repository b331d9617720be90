"""Models of conversations, one noun a file."""

from caucuses.threads.models.own import Draft, LaterMark, Recognition
from caucuses.threads.models.post import Post, Wording
from caucuses.threads.models.thread import Thread

__all__ = ["Draft", "LaterMark", "Post", "Recognition", "Thread", "Wording"]
