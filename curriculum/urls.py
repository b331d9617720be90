"""Addresses of the curriculum beside its CMS pages."""

from django.urls import path

from curriculum import views
from curriculum.answer_views import answer_show
from curriculum.paper import pdf_views as pdfs
from curriculum.paper import record_views as records
from curriculum.paper import views as paper
from curriculum.redlining.views import map_drawing
from curriculum.search.views import search_show

app_name = "curriculum"
urlpatterns = [
    path("maps/<slug:drawing>.svg", map_drawing, name="map_drawing"),
    path("learn/record/", records.record_show, name="record_show"),
    path("learn/record/pdf/", pdfs.record_pdf, name="record_pdf"),
    path("learn/record/file/", pdfs.record_file, name="record_file"),
    path("learn/<slug:module>/session-plan/", paper.session_plan, name="session_plan"),
    path("learn/<slug:module>/session-plan/pdf/", pdfs.plan_pdf, name="plan_pdf"),
    path("learn/<slug:module>/session-plan/file/", pdfs.plan_file, name="plan_file"),
    path("learn/<slug:module>/print/pdf/", pdfs.module_pdf, name="module_pdf"),
    path("learn/<slug:module>/print/file/", pdfs.module_file, name="module_file"),
    path("learn/<slug:module>/print/", paper.module_print, name="module_print"),
    path("learn/<slug:module>/<slug:lesson>/", views.lesson_show, name="lesson_show"),
    path("learn/<slug:module>/<slug:lesson>/try/<slug:block>/", answer_show, name="answer_show"),
    path("search/", search_show, name="search_show"),
    path("progress/keep/", views.progress_keep, name="progress_keep"),
    path("progress/<uuid:lesson_key>/", views.lesson_mark, name="lesson_mark"),
]
