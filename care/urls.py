"""Addresses of care."""

from django.urls import path

from care import views

app_name = "care"
urlpatterns = [path("help/", views.help_show, name="help_show")]
