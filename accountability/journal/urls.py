"""Addresses of the journal."""

from django.urls import path

from accountability.journal.views import carry, draft, lock, nothing_yet, write

app_name = "journal"
urlpatterns = [
    path("", nothing_yet.entry_list, name="entry_list"),
    path("write/", write.entry_write, name="entry_write"),
    path("write/keep/", draft.draft_begin, name="draft_begin"),
    path("<uuid:entry_id>/", nothing_yet.entry_show, name="entry_show"),
    path("<uuid:entry_id>/write/", write.entry_edit, name="entry_edit"),
    path("<uuid:entry_id>/keep/", draft.draft_keep, name="draft_keep"),
    path("<uuid:entry_id>/discard/", draft.draft_discard, name="draft_discard"),
    path("open/", lock.lock_open, name="lock_open"),
    path("stay/", lock.lock_stay, name="lock_stay"),
    path("lock/", lock.lock_close, name="lock_close"),
    path("export/", carry.export_show, name="export_show"),
    path("import/", carry.import_show, name="import_show"),
    path("choices/", lock.choices_edit, name="choices_edit"),
]
