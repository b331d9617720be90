"""Addresses of the backbone team's desk."""

from django.urls import path

from backbone.views import cohort_people, cohort_plans, cohorts, desk, letter, pairing

app_name = "backbone"
COHORT = "cohorts/<slug:slug>"
PLACE = f"{COHORT}/people/<uuid:membership_id>"
urlpatterns = [
    path("", desk.desk_show, name="desk_show"),
    path("cohorts/", cohorts.cohort_list, name="cohort_list"),
    path("cohorts/new/", cohorts.cohort_new, name="cohort_new"),
    path(f"{COHORT}/", cohorts.cohort_desk, name="cohort_desk"),
    path(f"{COHORT}/edit/", cohorts.cohort_edit, name="cohort_edit"),
    path(f"{COHORT}/again/", cohorts.cohort_again, name="cohort_again"),
    path(f"{COHORT}/end/", cohorts.cohort_end, name="cohort_end"),
    path(f"{COHORT}/plan/", cohort_plans.cohort_plan, name="cohort_plan"),
    path(f"{COHORT}/people/", cohort_people.cohort_people, name="cohort_people"),
    path(f"{PLACE}/facilitator/", cohort_people.cohort_facilitator, name="cohort_facilitator"),
    path(f"{PLACE}/end/", cohort_people.cohort_place_end, name="cohort_place_end"),
    path("letter/", letter.letter_desk, name="letter_desk"),
    path("letter/write/", letter.letter_write, name="letter_write"),
    path("letter/publish/", letter.letter_publish, name="letter_publish"),
    path("letter/discard/", letter.letter_discard, name="letter_discard"),
    path("pairing/", pairing.pairing_list, name="pairing_list"),
    path("pairing/<slug:slug>/", pairing.pairing_show, name="pairing_show"),
    path("pairing/<slug:slug>/preview/", pairing.pairing_preview, name="pairing_preview"),
    path("pairing/<slug:slug>/start/", pairing.pairing_start, name="pairing_start"),
]
