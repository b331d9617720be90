"""Addresses of the backbone team's desk."""

from django.urls import path

from backbone.views import desk, pairing

app_name = "backbone"
urlpatterns = [
    path("", desk.desk_show, name="desk_show"),
    path("pairing/", pairing.pairing_list, name="pairing_list"),
    path("pairing/<slug:slug>/", pairing.pairing_show, name="pairing_show"),
    path("pairing/<slug:slug>/preview/", pairing.pairing_preview, name="pairing_preview"),
    path("pairing/<slug:slug>/start/", pairing.pairing_start, name="pairing_start"),
]
