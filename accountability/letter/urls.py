"""Addresses of letter."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "letter"
urlpatterns: list[URLPattern] = []
