"""Configuration of the yardstick."""

from django.apps import AppConfig


class TinyConfig(AppConfig):
    """One page type."""

    name = "bench.tiny"
    label = "tiny"
