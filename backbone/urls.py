"""Addresses of the backbone team's desk."""

from django.urls import path

from backbone.views import desk, letter

app_name = "backbone"
urlpatterns = [
    path("", desk.desk_show, name="desk_show"),
    path("letter/", letter.letter_desk, name="letter_desk"),
    path("letter/write/", letter.letter_write, name="letter_write"),
    path("letter/publish/", letter.letter_publish, name="letter_publish"),
    path("letter/discard/", letter.letter_discard, name="letter_discard"),
]
