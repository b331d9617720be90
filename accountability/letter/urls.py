"""Addresses of the letter."""

from __future__ import annotations

from django.urls import path

from accountability.letter.views import organization, reading, signing

app_name = "letter"
SIGNATURE = "signatures/<uuid:signature_id>/"
urlpatterns = [
    path("", reading.letter_show, name="letter_show"),
    path("versions/", reading.version_list, name="version_list"),
    path("versions/<int:number>/", reading.version_show, name="version_show"),
    path("signatures.csv", reading.csv_show, name="csv_show"),
    path("changes.atom", reading.feed_show, name="feed_show"),
    path("sign/", signing.self_sign, name="self_sign"),
    path("organization/", organization.organization_sign, name="organization_sign"),
    path(SIGNATURE, organization.signature_show, name="signature_show"),
    path(f"{SIGNATURE}name/", signing.name_switch, name="name_switch"),
    path(f"{SIGNATURE}withdraw/", signing.signature_withdraw, name="signature_withdraw"),
    path(f"{SIGNATURE}confirm/", organization.signature_confirm, name="signature_confirm"),
    path(f"{SIGNATURE}return/", organization.signature_return, name="signature_return"),
]
