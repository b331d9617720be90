"""Addresses of the backbone team's desk."""

from django.urls import path

from backbone.views import (
    bodies,
    cohort_inviting,
    cohort_people,
    cohort_plans,
    cohorts,
    desk,
    inviting,
    letter,
    member_files,
    pairing,
    people,
    roles,
    suspensions,
)

app_name = "backbone"
PERSON = "people/<uuid:member_id>/"
INVITE = "cohorts/<slug:slug>/invite"
ONE = "invitations/<uuid:invitation_id>"
FILE = "invitations/files/<uuid:import_id>"
COHORT = "cohorts/<slug:slug>"
PLACE = f"{COHORT}/people/<uuid:membership_id>"
urlpatterns = [
    path("", desk.desk_show, name="desk_show"),
    path("people/", people.people_list, name="people_list"),
    path(PERSON, people.person_show, name="person_show"),
    path(f"{PERSON}roles/", roles.role_give, name="role_give"),
    path(f"{PERSON}roles/<uuid:role_id>/end/", roles.role_end, name="role_end"),
    path(f"{PERSON}seats/", bodies.seat_offer, name="seat_offer"),
    path(f"{PERSON}seats/<uuid:seat_id>/end/", bodies.seat_end, name="seat_end"),
    path(f"{PERSON}facilitates/", roles.facilitator_make, name="facilitator_make"),
    path(f"{PERSON}facilitates/<slug:slug>/end/", roles.facilitator_end, name="facilitator_end"),
    path(f"{PERSON}suspend/", suspensions.suspension_propose, name="suspension_propose"),
    path(
        f"{PERSON}suspensions/<uuid:suspension_id>/",
        suspensions.suspension_answer,
        name="suspension_answer",
    ),
    path("bodies/", bodies.body_list, name="body_list"),
    path("bodies/new/", bodies.body_make, name="body_make"),
    path("bodies/<slug:slug>/", bodies.body_show, name="body_show"),
    path("cohorts/", cohorts.cohort_list, name="cohort_list"),
    path("cohorts/new/", cohorts.cohort_new, name="cohort_new"),
    path(f"{COHORT}/", cohorts.cohort_desk, name="cohort_desk"),
    path(f"{COHORT}/edit/", cohorts.cohort_edit, name="cohort_edit"),
    path(f"{COHORT}/again/", cohorts.cohort_again, name="cohort_again"),
    path(f"{COHORT}/end/", cohorts.cohort_end, name="cohort_end"),
    path(f"{COHORT}/plan/", cohort_plans.cohort_plan, name="cohort_plan"),
    path(f"{COHORT}/people/", cohort_people.cohort_people, name="cohort_people"),
    path(f"{PLACE}/facilitator/", cohort_people.cohort_facilitator, name="cohort_facilitator"),
    path(f"{PLACE}/end/", cohort_people.cohort_place_end, name="cohort_place_end"),
    path("invitations/", inviting.invitation_list, name="invitation_list"),
    path("invitations/new/", inviting.invitation_new, name="invitation_new"),
    path(f"{ONE}/again/", inviting.invitation_again, name="invitation_again"),
    path(f"{ONE}/withdraw/", inviting.invitation_withdraw, name="invitation_withdraw"),
    path(f"{FILE}/", member_files.file_show, name="file_show"),
    path(f"{FILE}/start/", member_files.file_start, name="file_start"),
    path(f"{FILE}/discard/", member_files.file_discard, name="file_discard"),
    path(f"{INVITE}/", cohort_inviting.invite_show, name="invite_show"),
    path(f"{INVITE}/mail/", inviting.invite_mail, name="invite_mail"),
    path(f"{INVITE}/link/", cohort_inviting.invite_link, name="invite_link"),
    path(f"{INVITE}/link/<uuid:link_id>/end/", cohort_inviting.link_end, name="link_end"),
    path(f"{INVITE}/file/", member_files.invite_file, name="invite_file"),
    path("letter/", letter.letter_desk, name="letter_desk"),
    path("letter/write/", letter.letter_write, name="letter_write"),
    path("letter/publish/", letter.letter_publish, name="letter_publish"),
    path("letter/discard/", letter.letter_discard, name="letter_discard"),
    path("pairing/", pairing.pairing_list, name="pairing_list"),
    path("pairing/<slug:slug>/", pairing.pairing_show, name="pairing_show"),
    path("pairing/<slug:slug>/preview/", pairing.pairing_preview, name="pairing_preview"),
    path("pairing/<slug:slug>/start/", pairing.pairing_start, name="pairing_start"),
]
