"""Addresses of the backbone team's desk."""

from django.urls import path

from backbone.views import cohort_inviting, desk, inviting, letter, member_files, pairing

app_name = "backbone"
INVITE = "cohorts/<slug:slug>/invite"
ONE = "invitations/<uuid:invitation_id>"
FILE = "invitations/files/<uuid:import_id>"
urlpatterns = [
    path("", desk.desk_show, name="desk_show"),
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
