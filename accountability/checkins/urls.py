"""Addresses of checkins."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "checkins"
urlpatterns: list[URLPattern] = []
