"""Addresses of the journal."""

from django.urls import path

from accountability.journal.views import carry, lock, nothing_yet

app_name = "journal"
urlpatterns = [
    path("", nothing_yet.entry_list, name="entry_list"),
    path("open/", lock.lock_open, name="lock_open"),
    path("stay/", lock.lock_stay, name="lock_stay"),
    path("lock/", lock.lock_close, name="lock_close"),
    path("export/", carry.export_show, name="export_show"),
    path("import/", carry.import_show, name="import_show"),
    path("choices/", lock.choices_edit, name="choices_edit"),
]
