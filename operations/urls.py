"""Addresses of operations."""

from django.urls import path

from operations import views

app_name = "operations"
urlpatterns = [path("", views.signs_show, name="signs_show")]
