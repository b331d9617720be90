"""Addresses of sharing."""

from django.urls import path

from accountability.sharing.views import read, share

app_name = "sharing"
urlpatterns = [
    path("<uuid:entry_id>/share/", share.excerpt_share, name="excerpt_share"),
    path("shared/export/", read.excerpt_export, name="excerpt_export"),
    path("shared/<uuid:excerpt_id>/", read.excerpt_show, name="excerpt_show"),
    path("shared/<uuid:excerpt_id>/take-back/", read.excerpt_take_back, name="excerpt_take_back"),
]
