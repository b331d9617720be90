"""Addresses of commitments."""

from __future__ import annotations

from django.urls import path

from accountability.commitments.views import (
    circles,
    pages,
    progress,
    public,
    roles,
    witnesses,
    write,
)

ONE = "<uuid:commitment_id>/"

app_name = "commitments"
urlpatterns = [
    path("", pages.commitment_list, name="commitment_list"),
    path("new/", write.commitment_new, name="commitment_new"),
    path("public/", public.statement_list, name="statement_list"),
    path("public/feed.atom", public.feed_show, name="feed_show"),
    path("public/<uuid:copy_id>/", public.statement_show, name="statement_show"),
    path("cohort/<slug:slug>/", public.copy_list, name="copy_list"),
    path("roles/", roles.role_list, name="role_list"),
    path("roles/new/", roles.role_new, name="role_new"),
    path("roles/<uuid:role_id>/", roles.role_show, name="role_show"),
    path("roles/<uuid:role_id>/hand-on/", roles.role_hand_on, name="role_hand_on"),
    path("roles/<uuid:role_id>/answer/", roles.role_answer, name="role_answer"),
    path(ONE, pages.commitment_show, name="commitment_show"),
    path(f"{ONE}edit/", write.commitment_edit, name="commitment_edit"),
    path(f"{ONE}delete/", write.commitment_delete, name="commitment_delete"),
    path(f"{ONE}take-on/", write.commitment_take, name="commitment_take"),
    path(f"{ONE}audience/", circles.commitment_audience, name="commitment_audience"),
    path(f"{ONE}progress/", progress.commitment_progress, name="commitment_progress"),
    path(f"{ONE}later/", progress.commitment_snooze, name="commitment_snooze"),
    path(f"{ONE}witness/", witnesses.witness_answer, name="witness_answer"),
    path(f"{ONE}witnesses/", witnesses.commitment_witnesses, name="commitment_witnesses"),
    path(
        f"{ONE}witnesses/<uuid:witness_id>/remove/",
        witnesses.witness_remove,
        name="witness_remove",
    ),
]
