"""Addresses of care."""

from django.urls import path

from care.views import choosing, contacts, helping, pages, reports

app_name = "care"
urlpatterns = [
    path("help/", helping.help_show, name="help_show"),
    path("care/", pages.care_show, name="care_show"),
    path("care/stop/", pages.person_list, name="person_list"),
    path("care/stop/<uuid:member_id>/", pages.contact_stop, name="contact_stop"),
    path("care/stopped/", pages.stop_list, name="stop_list"),
    path("care/stopped/<uuid:stop_id>/end/", pages.stop_end, name="stop_end"),
    path("care/contact/", contacts.contact_edit, name="contact_edit"),
    path("care/contact/leave/", contacts.contact_leave, name="contact_leave"),
    path("care/contacts/", contacts.contact_list, name="contact_list"),
    path("care/contacts/<uuid:contact_id>/end/", contacts.contact_end, name="contact_end"),
    path("care/report/", reports.report_write, name="report_write"),
    path("care/report/<uuid:member_id>/", reports.report_write, name="report_about"),
    path("care/reports/", reports.report_list, name="report_list"),
    path("care/reports/<uuid:report_id>/", reports.report_show, name="report_show"),
    path("care/reports/<uuid:report_id>/write/", reports.note_write, name="note_write"),
    path("care/reports/<uuid:report_id>/state/", reports.state_set, name="state_set"),
    path("care/reports/<uuid:report_id>/contact/", choosing.report_resend, name="report_resend"),
    path("care/reports/<uuid:report_id>/people/", choosing.report_name, name="report_name"),
    path(
        "care/reports/<uuid:report_id>/withdraw/", reports.report_withdraw, name="report_withdraw"
    ),
]
