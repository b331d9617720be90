"""Addresses of threads."""

from __future__ import annotations

from django.urls import path

from caucuses.threads.views import acts, threads

app_name = "threads"
THREAD = "<uuid:thread_id>"
POST = f"{THREAD}/posts/<uuid:post_id>"
urlpatterns = [
    path("later/", acts.later_list, name="later_list"),
    path(f"{THREAD}/", threads.thread_show, name="thread_show"),
    path(f"{THREAD}/close/", acts.thread_close, name="thread_close"),
    path(f"{POST}/", threads.post_show, name="post_show"),
    path(f"{POST}/edit/", threads.post_show, name="post_edit"),
    path(f"{POST}/delete/", threads.post_show, name="post_delete"),
    path(f"{POST}/act/", acts.post_act, name="post_act"),
    path(f"{POST}/hide/", acts.post_hide, name="post_hide"),
    path(f"{POST}/reveal/", acts.post_reveal, name="post_reveal"),
]
