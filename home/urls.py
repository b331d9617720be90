"""Addresses of home."""

from django.urls import path

from home import views

app_name = "home"
urlpatterns = [
    path("", views.front_show, name="front_show"),
    path("today/", views.today_show, name="today_show"),
    path("away/", views.away_show, name="away_show"),
    path("accessibility/", views.accessibility_show, name="accessibility_show"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
]
