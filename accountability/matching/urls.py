"""Addresses of matching."""

from __future__ import annotations

from django.urls import path

from accountability.matching.views import answers, limits, matches

app_name = "matching"
urlpatterns = [
    path("", answers.answers_edit, name="answers_edit"),
    path("next-round/", answers.wanted_set, name="wanted_set"),
    path("not-this-person/", limits.limit_list, name="limit_list"),
    path("not-this-person/<uuid:limit_id>/remove/", limits.limit_remove, name="limit_remove"),
    path("match/<uuid:seat_id>/", matches.match_show, name="match_show"),
    path("match/<uuid:seat_id>/accept/", matches.match_accept, name="match_accept"),
    path("match/<uuid:seat_id>/decline/", matches.match_decline, name="match_decline"),
]
