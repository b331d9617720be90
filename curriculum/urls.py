"""Addresses of the curriculum that are the same in every language."""

from django.urls import path

from curriculum import views
from curriculum.redlining.views import map_drawing
from curriculum.search.views import search_show

app_name = "curriculum"
urlpatterns = [
    path("maps/<slug:drawing>.svg", map_drawing, name="map_drawing"),
    path("search/", search_show, name="search_show"),
    path("progress/keep/", views.progress_keep, name="progress_keep"),
    path("progress/<uuid:lesson_key>/", views.lesson_mark, name="lesson_mark"),
]
