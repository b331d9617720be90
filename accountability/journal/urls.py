"""Addresses of the journal."""

from django.urls import path

from accountability.journal.views import delete, lock, nothing_yet, read, search

app_name = "journal"
urlpatterns = [
    path("", read.entry_list, name="entry_list"),
    path("search/", search.entry_search, name="entry_search"),
    path("print/", read.entry_print, name="entry_print"),
    path("deleted/", delete.entry_deleted_list, name="entry_deleted_list"),
    path("<uuid:entry_id>/", read.entry_show, name="entry_show"),
    path("<uuid:entry_id>/delete/", delete.entry_delete, name="entry_delete"),
    path("<uuid:entry_id>/restore/", delete.entry_restore, name="entry_restore"),
    path("<uuid:entry_id>/destroy/", delete.entry_destroy, name="entry_destroy"),
    path("write/", nothing_yet.entry_list, name="entry_write"),
    path("<uuid:entry_id>/write/", nothing_yet.entry_list, name="entry_edit"),
    path("open/", lock.lock_open, name="lock_open"),
    path("stay/", lock.lock_stay, name="lock_stay"),
    path("lock/", lock.lock_close, name="lock_close"),
    path("choices/", lock.choices_edit, name="choices_edit"),
]
