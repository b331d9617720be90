"""Signing in and out in a real browser: by keyboard, without JavaScript, with a passkey, with a second factor."""

import re

import pytest

from accounts.models import User
from tests.accounts.hands import code_of
from tests.browser.hands import PASSWORD, passkey_device, sign_in, sign_out, tab_to

pytestmark = pytest.mark.browser


def test_elu_signs_in_and_out_by_keyboard_alone(browser_page):
    page = browser_page()
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Skip to content"
    tab_to(page, "Sign in")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/login/**")

    tab_to(page, "Email")
    page.keyboard.type("elu@riverton.example")
    tab_to(page, "Password", role="input")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/today/")
    assert page.get_by_role("heading", level=1).inner_text() == "Good to see you, Elu Whitehorse"

    tab_to(page, "Your account")
    page.keyboard.press("Enter")
    tab_to(page, "Sign out")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Sign in").wait_for()
    page.goto("/today/")
    assert "/account/login/?next=/today/" in page.url


def test_dev_reads_marks_and_finds_the_next_lesson_without_javascript(browser_page):
    page = browser_page(js=False, width=360)
    sign_in(page, "dev")
    assert page.url.endswith("/today/")

    page.goto("/learn/")
    page.get_by_role("link", name="How redlining worked").click()
    page.get_by_role("link", name="Grading a city").click()
    page.get_by_text("Home Owners’ Loan Corporation, HOLC for short").wait_for()
    page.get_by_role("link", name="Read the map as a table").click()
    page.get_by_role("cell", name="Mill Terrace").wait_for()
    page.go_back()
    page.get_by_role("button", name="Mark as done").click()
    page.goto("/today/")

    assert page.locator("#next-title").inner_text() == "Underwriting by race"
    assert page.get_by_text("1 of 4 lessons of this module done").is_visible()


def test_what_was_on_the_screen_does_not_come_back_after_signing_out(browser_page):
    """B12."""
    page = browser_page()
    sign_in(page, "dev")
    page.goto("/account/profile/")
    assert page.get_by_label("Name you go by").input_value() == "Dev Banerjee"

    sign_out(page)
    page.get_by_role("link", name="Sign in").wait_for()
    page.go_back()
    page.wait_for_load_state()

    assert "Dev Banerjee" not in page.content()


def test_a_passkey_is_made_and_opens_the_door_alone(browser_page):
    page = browser_page()
    device = passkey_device(page)
    sign_in(page, "dev")
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_role("button", name="Make the key").click()
    page.wait_for_url(re.compile(r"/account/2fa/(?!webauthn/add/)"))
    sign_out(page)
    page.get_by_role("link", name="Sign in").wait_for()

    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/today/")

    assert page.get_by_role("heading", level=1).inner_text() == "Good to see you, Dev Banerjee"
    device.detach()


def turn_on_the_app(page):
    """Set up the authenticator app; returns its secret and the recovery codes as they stand on the page."""
    page.goto("/account/2fa/totp/activate/")
    secret = page.locator("#authenticator_secret").input_value()
    page.get_by_label("Authenticator code").fill(code_of(secret))
    page.get_by_role("button", name="Turn on").click()
    page.wait_for_url(re.compile("recovery-codes"))
    return secret, page.locator(".code-list").input_value().split("\n")


def pass_the_second_step(page, code):
    page.get_by_role("heading", name="One more step").wait_for()
    page.get_by_label(re.compile("[Cc]ode")).first.fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/today/")


def test_a_second_step_is_set_up_asked_for_and_passed_with_a_recovery_code(browser_page):
    page = browser_page()
    sign_in(page, "dev")
    _secret, recovery = turn_on_the_app(page)
    sign_out(page)
    page.get_by_role("link", name="Sign in").wait_for()

    sign_in(page, "dev")
    page.get_by_role("heading", name="One more step").wait_for()
    page.goto("/today/")
    assert "/account/" in page.url  # the password alone opens nothing
    page.goto("/account/2fa/authenticate/")
    pass_the_second_step(page, recovery[0])

    assert [len(code) for code in recovery] == [8] * 10  # each can be copied as it stands


def test_a_second_step_and_signing_out_work_without_javascript(browser_page):
    page = browser_page(js=False, width=360)
    sign_in(page, "dev")
    secret, _recovery = turn_on_the_app(page)
    sign_out(page)
    page.get_by_role("link", name="Sign in").wait_for()
    page.goto("/today/")
    assert "/account/login/?next=/today/" in page.url

    sign_in(page, "dev")
    pass_the_second_step(page, code_of(secret, step=1))  # the code of now was used to set it up
    assert page.get_by_role("heading", level=1).inner_text() == "Good to see you, Dev Banerjee"

    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in").wait_for()
    page.goto("/today/")
    assert "/account/login/?next=/today/" in page.url


@pytest.mark.parametrize("js", [True, False], ids=["script", "no-script"])
def test_what_was_typed_outlives_the_session(browser_page, site, js):
    """The kept form: the session ends in the middle of a form, and nothing that was typed is lost."""
    page = browser_page(js=js)
    sign_in(page, "mo")
    page.goto("/cohorts/spring/")
    page.get_by_role("textbox", name="Announcement").fill("Bring *one* question.\nAnd a friend.")
    User.objects.get(email="mo@riverton.example").usersession_set.all().delete()
    page.context.clear_cookies(name="sessionid")

    page.get_by_role("button", name="Post to the cohort").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Your text is still here"
    assert page.locator("textarea").input_value() == "Bring *one* question.\nAnd a friend."
    other = page.context.new_page()
    sign_in(other, "mo")
    other.wait_for_url("**/today/")
    page.get_by_role("button", name="Send again").click()
    if page.get_by_role("heading", level=1).inner_text() != "Spring":  # a fresh token, once more
        page.get_by_role("button", name="Send again").click()

    assert page.get_by_text("And a friend.").count() == 1
