"""Addresses of the journal."""

from django.urls import path

from accountability.journal.views import carry, delete, draft, lock, read, search, write

app_name = "journal"
urlpatterns = [
    path("", read.entry_list, name="entry_list"),
    path("search/", search.entry_search, name="entry_search"),
    path("print/", read.entry_print, name="entry_print"),
    path("deleted/", delete.entry_deleted_list, name="entry_deleted_list"),
    path("write/", write.entry_write, name="entry_write"),
    path("write/keep/", draft.draft_begin, name="draft_begin"),
    path("<uuid:entry_id>/", read.entry_show, name="entry_show"),
    path("<uuid:entry_id>/write/", write.entry_edit, name="entry_edit"),
    path("<uuid:entry_id>/keep/", draft.draft_keep, name="draft_keep"),
    path("<uuid:entry_id>/discard/", draft.draft_discard, name="draft_discard"),
    path("<uuid:entry_id>/delete/", delete.entry_delete, name="entry_delete"),
    path("<uuid:entry_id>/restore/", delete.entry_restore, name="entry_restore"),
    path("<uuid:entry_id>/destroy/", delete.entry_destroy, name="entry_destroy"),
    path("open/", lock.lock_open, name="lock_open"),
    path("stay/", lock.lock_stay, name="lock_stay"),
    path("lock/", lock.lock_close, name="lock_close"),
    path("export/", carry.export_show, name="export_show"),
    path("import/", carry.import_show, name="import_show"),
    path("choices/", lock.choices_edit, name="choices_edit"),
]
