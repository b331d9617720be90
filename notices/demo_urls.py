"""The demonstration's mailbox. Only in settings that run on a loopback address."""

from django.urls import path

from notices import demo_views

urlpatterns = [
    path("", demo_views.mail_list, name="demo_mail_list"),
    path("<str:name>/", demo_views.mail_show, name="demo_mail_show"),
]
