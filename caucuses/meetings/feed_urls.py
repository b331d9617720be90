"""The address that calendar programs read. It says nothing of a caucus."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "dates"
urlpatterns: list[URLPattern] = []
