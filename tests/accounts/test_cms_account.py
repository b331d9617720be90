"""The editor's own page in the CMS: preferences of the CMS, and neither a legal name nor a photo."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from accounts.models import User

pytestmark = pytest.mark.django_db

WISHES = {
    "locale-preferred_language": "es",
    "locale-current_time_zone": "America/Chicago",
    "theme-theme": "dark",
    "theme-contrast": "system",
    "theme-density": "snug",
    "theme-keyboard_shortcuts": "on",
    "notifications-updated_comments_notifications": "on",
}


def fields(page):
    return set(re.findall(r'<(?:input|select|textarea)[^>]*? name="([\w-]+)"', page))


def test_it_asks_for_language_clock_colors_and_mails_and_nothing_about_the_person(as_):
    page = as_("rui").get("/admin/account/").text

    assert fields(page) == {
        "csrfmiddlewaretoken", "locale-current_time_zone", "locale-preferred_language", "notifications-approved_notifications",
        "notifications-rejected_notifications", "notifications-submitted_notifications",
        "notifications-updated_comments_notifications", "theme-contrast", "theme-density", "theme-keyboard_shortcuts",
        "theme-theme",
    }  # fmt: skip
    assert "First Name" not in page
    assert "Profile picture" not in page


def test_what_an_editor_wishes_is_kept(as_, cast):
    answer = as_("rui").post("/admin/account/", WISHES)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/account/")
    profile = UserProfile.objects.get(user=cast["rui"])
    assert (profile.preferred_language, profile.current_time_zone, profile.theme) == ("es", "America/Chicago", "dark")  # fmt: skip
    assert not profile.submitted_notifications
    assert profile.updated_comments_notifications


def test_a_name_or_photo_that_is_posted_all_the_same_changes_nothing(as_, cast):
    photo = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(photo, "PNG")
    before = User.objects.filter(pk=cast["rui"].pk).values().get()
    about = {
        "name_email-first_name": "Ruairi",
        "name_email-last_name": "Legal",
        "name_email-email": "other@riverton.example",
        "avatar-avatar": SimpleUploadedFile("me.png", photo.getvalue(), "image/png"),
        "password-new_password1": "quite another password",
    }

    as_("rui").post("/admin/account/", {**WISHES, **about})

    after = User.objects.filter(pk=cast["rui"].pk).values().get()
    assert {**after, "last_login": None} == {**before, "last_login": None}
    assert not UserProfile.objects.get(user=cast["rui"]).avatar


def test_the_sites_history_does_not_keep_that_a_member_chose_a_color(as_, cast):
    as_("rui").post("/admin/account/", WISHES)

    assert list(ModelLogEntry.objects.filter(content_type__app_label="accounts")) == []


def test_a_wish_that_cannot_be_is_told_and_nothing_is_kept(as_, cast):
    answer = as_("rui").post("/admin/account/", {**WISHES, "theme-theme": "plaid"})

    assert answer.status_code == 200
    assert "Select a valid choice" in answer.text
    assert not UserProfile.objects.filter(user=cast["rui"], theme="dark").exists()
