"""Addresses of the pulses of a cohort."""

from django.urls import path

from backbone.pulse import running_views, views

app_name = "pulse"
PULSE = "cohorts/<slug:slug>/pulse/"
urlpatterns = [
    path(PULSE, views.pulse_show, name="pulse_show"),
    path(f"{PULSE}new/", running_views.pulse_new, name="pulse_new"),
    path(f"{PULSE}close/", running_views.pulse_close, name="pulse_close"),
    path(f"{PULSE}<uuid:pulse_id>/", views.result_show, name="result_show"),
    path(f"{PULSE}<uuid:pulse_id>.csv", views.result_csv, name="result_csv"),
    path(f"{PULSE}<uuid:pulse_id>.json", views.result_json, name="result_json"),
]
