"""Addresses of caucuses."""

from __future__ import annotations

from django.urls import path

from caucuses.views import (
    agreements,
    coming,
    doors,
    folds,
    leaving,
    lists,
    meaning,
    opening,
    parted,
    people,
    proposals,
    rooms,
)

app_name = "caucuses"
ROOM = "<uuid:caucus_id>"
PROPOSAL = f"{ROOM}/agreement/proposals/<uuid:proposal_id>"
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
        f"{ROOM}/coming/take-back/",
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
    path(f"{ROOM}/people/kept/", folds.fold_list, name="fold_list"),
    path(f"{ROOM}/people/kept/<uuid:fold_id>/end/", folds.fold_end, name="fold_end"),
    path(f"{ROOM}/people/<uuid:seat_id>/stop/", folds.fold_begin, name="fold_begin"),
    path(f"{ROOM}/agreement/accept/", agreements.agreement_accept, name="agreement_accept"),
    path(f"{ROOM}/agreement/<int:number>/", agreements.version_show, name="version_show"),
    path(f"{ROOM}/agreement/propose/", proposals.proposal_write, name="proposal_write"),
    path(f"{PROPOSAL}/", proposals.proposal_show, name="proposal_show"),
    path(f"{PROPOSAL}/answer/", proposals.proposal_answer, name="proposal_answer"),
    path(f"{PROPOSAL}/withdraw/", proposals.proposal_withdraw, name="proposal_withdraw"),
    path(f"{ROOM}/people/", people.people_show, name="people_show"),
    path(f"{ROOM}/people/name/", people.name_change, name="name_change"),
    path(f"{ROOM}/people/door/", people.door_change, name="door_change"),
    path(f"{ROOM}/people/role/", people.facilitation_change, name="facilitation_change"),
    path(f"{ROOM}/people/<uuid:seat_id>/ask/", people.seat_ask, name="seat_ask"),
    path(f"{ROOM}/people/<uuid:seat_id>/remove/", people.seat_remove, name="seat_remove"),
    path(f"{ROOM}/log/", rooms.log_show, name="log_show"),
    path(f"{ROOM}/leave/", leaving.caucus_leave, name="caucus_leave"),
    path(f"{ROOM}/mine/", leaving.own_copy, name="own_copy"),
]
