"""Addresses of caucuses."""

from __future__ import annotations

from django.urls import path

from caucuses.views import (
    agreements,
    folds,
    leaving,
    lists,
    meaning,
    people,
    proposals,
    rooms,
)

app_name = "caucuses"
ROOM = "<uuid:caucus_id>"
PROPOSAL = f"{ROOM}/agreement/proposals/<uuid:proposal_id>"
urlpatterns = [
    path("", lists.caucus_list, name="caucus_list"),
    path("meaning/", meaning.meaning_show, name="meaning_show"),
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
