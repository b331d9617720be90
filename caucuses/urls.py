"""Addresses of caucuses."""

from __future__ import annotations

from django.urls import path

from caucuses.views import agreements, folds, lists, meaning, rooms

app_name = "caucuses"
ROOM = "<uuid:caucus_id>"
urlpatterns = [
    path("", lists.caucus_list, name="caucus_list"),
    path("meaning/", meaning.meaning_show, name="meaning_show"),
    path(f"{ROOM}/", rooms.room_show, name="room_show"),
    path(f"{ROOM}/agreement/", agreements.agreement_show, name="agreement_show"),
    path(f"{ROOM}/people/kept/", folds.fold_list, name="fold_list"),
    path(f"{ROOM}/people/kept/<uuid:fold_id>/end/", folds.fold_end, name="fold_end"),
    path(f"{ROOM}/people/<uuid:seat_id>/stop/", folds.fold_begin, name="fold_begin"),
]
