"""Addresses of the glossary's public files."""

from django.urls import path

from curriculum.glossary.formats import views

app_name = "glossary_formats"
urlpatterns = [
    path("glossary.json", views.json_show, name="json_show"),
    path("glossary.jsonld", views.jsonld_show, name="jsonld_show"),
    path("glossary.ttl", views.turtle_show, name="turtle_show"),
    path("glossary.csv", views.csv_show, name="csv_show"),
    path("glossary/changes.atom", views.feed_show, name="feed_show"),
]
