"""Addresses of the backbone team's desk."""

from django.urls import path

from backbone.views import desk, letter, pairing

app_name = "backbone"
urlpatterns = [
    path("", desk.desk_show, name="desk_show"),
    path("letter/", letter.letter_desk, name="letter_desk"),
    path("letter/write/", letter.letter_write, name="letter_write"),
    path("letter/publish/", letter.letter_publish, name="letter_publish"),
    path("letter/discard/", letter.letter_discard, name="letter_discard"),
    path("pairing/", pairing.pairing_list, name="pairing_list"),
    path("pairing/<slug:slug>/", pairing.pairing_show, name="pairing_show"),
    path("pairing/<slug:slug>/preview/", pairing.pairing_preview, name="pairing_preview"),
    path("pairing/<slug:slug>/start/", pairing.pairing_start, name="pairing_start"),
]
