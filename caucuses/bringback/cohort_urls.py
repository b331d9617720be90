"""Addresses of notes on a cohort's page, outside of any caucus."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "brought_back"
urlpatterns: list[URLPattern] = []
