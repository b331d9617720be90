"""Addresses beside the CMS pages: as theirs, they carry the language before them (`/es/learn/…`)."""

from django.urls import path

from curriculum import views
from curriculum.answer_views import answer_show
from curriculum.paper import pdf_views as pdfs
from curriculum.paper import record_views as records
from curriculum.paper import views as paper

app_name = "learn"
urlpatterns = [
    path("record/", records.record_show, name="record_show"),
    path("record/pdf/", pdfs.record_pdf, name="record_pdf"),
    path("record/file/", pdfs.record_file, name="record_file"),
    path("<slug:module>/session-plan/", paper.session_plan, name="session_plan"),
    path("<slug:module>/session-plan/pdf/", pdfs.plan_pdf, name="plan_pdf"),
    path("<slug:module>/session-plan/file/", pdfs.plan_file, name="plan_file"),
    path("<slug:module>/print/pdf/", pdfs.module_pdf, name="module_pdf"),
    path("<slug:module>/print/file/", pdfs.module_file, name="module_file"),
    path("<slug:module>/print/", paper.module_print, name="module_print"),
    path("<slug:module>/<slug:lesson>/", views.lesson_show, name="lesson_show"),
    path("<slug:module>/<slug:lesson>/try/<slug:block>/", answer_show, name="answer_show"),
]
