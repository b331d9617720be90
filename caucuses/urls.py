"""Addresses of caucuses."""

from __future__ import annotations

from django.urls import path

from caucuses.views import agreements, coming, doors, lists, meaning, opening, parted, rooms

app_name = "caucuses"
ROOM = "<uuid:caucus_id>"
urlpatterns = [
    path("", lists.caucus_list, name="caucus_list"),
    path("open/", opening.caucus_open, name="caucus_open"),
    path("meaning/", meaning.meaning_show, name="meaning_show"),
    path("requests/<uuid:request_id>/withdraw/", doors.request_withdraw, name="request_withdraw"),
    path("parted/<uuid:parting_id>/", parted.parted_show, name="parted_show"),
    path("parted/<uuid:parting_id>/posts/", parted.parted_posts, name="parted_posts"),
    path("parted/<uuid:parting_id>/away/", parted.parted_away, name="parted_away"),
    path(f"{ROOM}/door/", doors.door_show, name="door_show"),
    path(f"{ROOM}/door/join/", doors.door_join, name="door_join"),
    path(f"{ROOM}/door/ask/", doors.door_ask, name="door_ask"),
    path(f"{ROOM}/door/accept/", doors.invitation_accept, name="invitation_accept"),
    path(f"{ROOM}/door/decline/", doors.invitation_decline, name="invitation_decline"),
    path(f"{ROOM}/coming/", coming.coming_show, name="coming_show"),
    path(f"{ROOM}/coming/invite/", coming.invitation_make, name="invitation_make"),
    path(
        f"{ROOM}/coming/invited/<uuid:invitation_id>/take-back/",
        coming.invitation_take_back,
        name="invitation_take_back",
    ),
    path(
        f"{ROOM}/coming/asked/<uuid:request_id>/accept/",
        coming.request_accept,
        name="request_accept",
    ),
    path(
        f"{ROOM}/coming/asked/<uuid:request_id>/decline/",
        coming.request_decline,
        name="request_decline",
    ),
    path(f"{ROOM}/", rooms.room_show, name="room_show"),
    path(f"{ROOM}/agreement/", agreements.agreement_show, name="agreement_show"),
]
