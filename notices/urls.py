"""Addresses of notices."""

from django.urls import path

from notices import views

app_name = "notices"
urlpatterns = [
    path("account/notices/", views.notice_list, name="notice_list"),
    path("account/notices/read/", views.notices_read, name="notices_read"),
    path("account/notices/<uuid:notice_id>/read/", views.notice_read, name="notice_read"),
    path("account/notices/preferences/", views.preferences_edit, name="preferences_edit"),
    path("account/notices/stop/<str:token>/", views.mail_stop, name="mail_stop"),
]
