"""Configuration of the yardstick."""

from django.apps import AppConfig


class TinyConfig(AppConfig):
    """One page type, no migrations."""

    name = "bench.tiny"
    label = "tiny"
