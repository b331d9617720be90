"""Addresses of buddies."""

from django.urls import path

from accountability.buddies.views import agreement, asking, ending, page

app_name = "buddies"
urlpatterns = [
    path("", page.buddy_show, name="buddy_show"),
    path("open/", asking.openness_set, name="openness_set"),
    path("ask/", asking.request_ask, name="request_ask"),
    path("ask/address/", asking.request_ask_by_address, name="request_ask_by_address"),
    path("requests/<uuid:request_id>/", asking.request_show, name="request_show"),
    path("requests/<uuid:request_id>/withdraw/", asking.request_withdraw, name="request_withdraw"),
    path("requests/<uuid:request_id>/accept/", asking.request_accept, name="request_accept"),
    path("requests/<uuid:request_id>/decline/", asking.request_decline, name="request_decline"),
    path("<uuid:pair_id>/", page.pair_show, name="pair_show"),
    path("<uuid:pair_id>/rest/", ending.pair_rest, name="pair_rest"),
    path("<uuid:pair_id>/resume/", ending.pair_resume, name="pair_resume"),
    path("<uuid:pair_id>/leave/", ending.pair_leave, name="pair_leave"),
    path("<uuid:pair_id>/export/", ending.pair_export, name="pair_export"),
    path("<uuid:pair_id>/contact/", agreement.contact_set, name="contact_set"),
    path("<uuid:pair_id>/agreement/", agreement.agreement_show, name="agreement_show"),
    path("<uuid:pair_id>/agreement/write/", agreement.agreement_write, name="agreement_write"),
    path(
        "<uuid:pair_id>/agreement/<uuid:agreement_id>/confirm/",
        agreement.agreement_confirm,
        name="agreement_confirm",
    ),
    path(
        "<uuid:pair_id>/agreement/<uuid:agreement_id>/take-back/",
        agreement.agreement_take_back,
        name="agreement_take_back",
    ),
]
