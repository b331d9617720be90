"""Addresses of the member's own pages. allauth's pages stand beside them under /account/.

Three of allauth's pages stand here first, because allauth itself asks for no proof before them, and one that says more here.
"""

from allauth.account import views as allauth_views
from allauth.usersessions import views as session_views
from django.urls import path

from accounts.reauthentication import prove_first
from accounts.views import (
    account,
    belonging,
    inactive,
    leaving,
    owncopy,
    privacy,
    proof,
    reporting,
    seats,
    second_factor,
    suspended,
)
from core.access import MEMBER, open_to

app_name = "accounts"
urlpatterns = [
    path("account/", account.account_show, name="account_show"),
    path("account/profile/", account.profile_edit, name="profile_edit"),
    path("account/visible/", account.visible_show, name="visible_show"),
    path("account/acts/", account.act_list, name="act_list"),
    path("account/export/", owncopy.export_show, name="export_show"),
    path("account/export/file/", owncopy.export_file, name="export_file"),
    path("account/export/discard/", owncopy.export_discard, name="export_discard"),
    path("account/leave/", leaving.leave_show, name="leave_show"),
    path("account/leave/done/", leaving.leave_done, name="leave_done"),
    path("account/leave/undo/<str:token>/", leaving.leave_undo, name="leave_undo"),
    path("account/organization/", belonging.belonging_show, name="belonging_show"),
    path(
        "account/organization/<uuid:member_id>/",
        belonging.belonging_answer,
        name="belonging_answer",
    ),
    path("account/reporting/", reporting.line_list, name="line_list"),
    path("account/reporting/<uuid:line_id>/wrong/", reporting.line_dispute, name="line_dispute"),
    path("account/reporting/<uuid:line_id>/right/", reporting.line_confirm, name="line_confirm"),
    path("account/reporting/<uuid:line_id>/remove/", reporting.line_remove, name="line_remove"),
    path("account/seats/<uuid:seat_id>/accept/", seats.seat_accept, name="seat_accept"),
    path("account/seats/<uuid:seat_id>/decline/", seats.seat_decline, name="seat_decline"),
    path("account/prove/", proof.code_prove, name="code_prove"),
    path("account/second-factor/lost/", second_factor.factor_lost, name="factor_lost"),
    path(
        "account/second-factor/cancel/<str:token>/", second_factor.reset_cancel, name="reset_cancel"
    ),
    path("account/inactive/", inactive.inactive_show, name="inactive"),
    path("account/inactive/data/", suspended.suspended_data, name="suspended_data"),
    path("account/inactive/data/file/", suspended.suspended_file, name="suspended_file"),
    path("account/inactive/leave/", suspended.suspended_leave, name="suspended_leave"),
    path("account/email/", open_to(MEMBER)(prove_first(allauth_views.email)), name="email"),
    path(
        "account/password/set/",
        open_to(MEMBER)(prove_first(allauth_views.password_set)),
        name="password_set",
    ),
    path(
        "account/sessions/",
        open_to(MEMBER)(prove_first(session_views.list_usersessions)),
        name="sessions",
    ),
    path("privacy/", privacy.privacy_show, name="privacy_show"),
    path("privacy/parts/", privacy.privacy_parts, name="privacy_parts"),
    path("privacy/retention/", privacy.retention_show, name="retention_show"),
]
