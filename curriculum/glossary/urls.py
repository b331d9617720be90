"""Addresses of the glossary."""

from django.urls import path

from curriculum.glossary import views

app_name = "glossary"
urlpatterns = [
    path("", views.term_list, name="term_list"),
    path("<slug:slug>/", views.term_show, name="term_show"),
]
