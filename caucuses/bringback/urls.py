"""Addresses of notes inside a caucus."""

from __future__ import annotations

from django.urls import path

from caucuses.bringback.views import acts, notes

app_name = "bringback"
NOTE = "<uuid:note_id>"
urlpatterns = [
    path("", notes.note_list, name="note_list"),
    path("write/", notes.note_write, name="note_write"),
    path(f"{NOTE}/", notes.note_show, name="note_show"),
    path(f"{NOTE}/edit/", notes.note_edit, name="note_edit"),
    path(f"{NOTE}/wordings/", notes.note_wordings, name="note_wordings"),
    path(f"{NOTE}/agree/", acts.note_agree, name="note_agree"),
    path(f"{NOTE}/hold/", acts.note_hold, name="note_hold"),
    path(f"{NOTE}/lift/", acts.note_lift, name="note_lift"),
    path(f"{NOTE}/give-up/", acts.note_drop, name="note_drop"),
    path(f"{NOTE}/take-back/", acts.note_take_back, name="note_take_back"),
]
