"""The address that calendar programs read. It says nothing of a caucus."""

from __future__ import annotations

from django.urls import path

from caucuses.meetings.views.calendar import feed_show

app_name = "dates"
urlpatterns = [path("dates/<str:token>.ics", feed_show, name="feed_show")]
