"""Addresses of buddies."""

from django.urls import path

from accountability.buddies.views import page

app_name = "buddies"
urlpatterns = [
    path("", page.buddy_show, name="buddy_show"),
]
