"""Addresses of concerns."""

from __future__ import annotations

from django.urls import path

from caucuses.concerns.views import reading, writing

app_name = "concerns"
CONCERN = "<uuid:concern_id>"
urlpatterns = [
    path("", reading.concern_list, name="concern_list"),
    path("person/<uuid:seat_id>/", writing.concern_about_seat, name="concern_about_seat"),
    path("post/<uuid:post_id>/", writing.concern_about_post, name="concern_about_post"),
    path(f"{CONCERN}/", reading.concern_show, name="concern_show"),
    path(f"{CONCERN}/answer/", reading.concern_answer, name="concern_answer"),
    path(f"{CONCERN}/withdraw/", writing.concern_withdraw, name="concern_withdraw"),
]
