"""Addresses of threads: all under those of a caucus."""

from __future__ import annotations

from django.urls import path

from caucuses.threads.views import acts, drafts, news, own, read, write

app_name = "threads"
ONE = "<uuid:thread_id>"
POST = f"{ONE}/posts/<uuid:post_id>"
urlpatterns = [
    path("", read.thread_list, name="thread_list"),
    path("new/", write.thread_begin, name="thread_begin"),
    path("draft/", drafts.draft_begin, name="draft_begin"),
    path("draft/discard/", drafts.draft_drop, name="draft_drop"),
    path("later/", acts.later_list, name="later_list"),
    path(f"{ONE}/", read.thread_show, name="thread_show"),
    path(f"{ONE}/new/", news.thread_news, name="thread_news"),
    path(f"{ONE}/reply/", write.reply_write, name="reply_write"),
    path(f"{ONE}/draft/", drafts.draft_keep, name="draft_keep"),
    path(f"{ONE}/draft/discard/", drafts.draft_discard, name="draft_discard"),
    path(f"{ONE}/close/", acts.thread_close, name="thread_close"),
    path(f"{POST}/", read.post_show, name="post_show"),
    path(f"{POST}/edit/", own.post_edit, name="post_edit"),
    path(f"{POST}/delete/", own.post_delete, name="post_delete"),
    path(f"{POST}/act/", acts.post_act, name="post_act"),
    path(f"{POST}/hide/", acts.post_hide, name="post_hide"),
    path(f"{POST}/reveal/", acts.post_reveal, name="post_reveal"),
    path(f"{POST}/wordings/", read.wording_list, name="wording_list"),
]
