"""Addresses of notes on a cohort's page, outside of any caucus."""

from __future__ import annotations

from django.urls import path

from caucuses.bringback.views import cohort

app_name = "brought_back"
NOTE = "cohorts/<slug:slug>/notes/<uuid:released_id>"
REPLY = f"{NOTE}/replies/<uuid:reply_id>"
urlpatterns = [
    path(f"{NOTE}/", cohort.released_show, name="released_show"),
    path(f"{NOTE}/replies/", cohort.reply_post, name="reply_post"),
    path(f"{REPLY}/edit/", cohort.reply_edit, name="reply_edit"),
    path(f"{REPLY}/delete/", cohort.reply_delete, name="reply_delete"),
]
