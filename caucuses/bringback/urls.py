"""Addresses of bringback."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "bringback"
urlpatterns: list[URLPattern] = []
