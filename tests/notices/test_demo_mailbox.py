"""The mailbox of the demonstration: on this machine only, never in production, its links lead into the site."""

import pytest
from django.core.mail import EmailMessage
from django.core.management import call_command

from notices.mailbox import parts_of
from tests.cohorts.house import mails

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def demo(settings):
    """Addresses and settings of the demonstration."""
    settings.ROOT_URLCONF = "tests.notices.urls_with_demo"
    settings.DEMO = True


def send(subject="Your code", text="It is 123-456"):
    EmailMessage(subject, text, to=["dev@riverton.example"]).send()
    call_command("run_worker", "--once", verbosity=0)


def test_an_empty_mailbox_says_so_kindly(nobody, demo):
    assert "No mail has been sent yet" in nobody.get("/demo/mail/").text


def test_mail_is_listed_and_read_with_its_text_shown_and_not_run(nobody, demo, settings):
    send("<b>Code</b>", f"It is <script>123</script>\n{settings.SITE_URL}/account/ and more")

    listed = nobody.get("/demo/mail/").text
    shown = nobody.get(f"/demo/mail/{mails()[0].name}/").text

    assert "&lt;b&gt;Code&lt;/b&gt;" in listed
    assert "dev@riverton.example" in listed
    assert "&lt;script&gt;123&lt;/script&gt;" in shown
    assert f'<a href="/account/">{settings.SITE_URL}/account/</a>' in shown


def test_only_addresses_of_this_site_become_links(settings):
    settings.SITE_URL = "http://localhost:8000"
    text = "see http://localhost:8000/learn/. or http://localhost:8000.evil.example/ or http://a.example/"

    links = [part.url for part in parts_of(text) if part.url]

    assert links == ["/learn/"]
    assert "".join(part.text for part in parts_of(text)) == text


@pytest.mark.parametrize(
    "headers",
    [{"REMOTE_ADDR": "192.0.2.7"}, {"REMOTE_ADDR": ""}, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}],
)
def test_from_another_machine_there_is_no_mailbox(nobody, demo, headers):
    send()

    assert nobody.get("/demo/mail/", **headers).status_code == 404
    assert nobody.get(f"/demo/mail/{mails()[0].name}/", **headers).status_code == 404


def test_without_the_demonstration_there_is_no_mailbox(nobody, settings):
    assert nobody.get("/demo/mail/").status_code == 404
    settings.ROOT_URLCONF = "tests.notices.urls_with_demo"
    assert nobody.get("/demo/mail/").status_code == 404


@pytest.mark.parametrize(
    "name", ["x.eml", "..%2f..%2fdb%2flodestar.sqlite3", ".20260114T120000-0.eml", "a" * 4000]
)
def test_only_files_of_the_outbox_can_be_read(nobody, demo, name):
    """G8."""
    assert nobody.get(f"/demo/mail/{name}/").status_code == 404
