"""Against a real mail server that refuses, hangs, or dies at the worst moment (threats E7, H8, H17)."""

import asyncio
import socket
import threading
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from itertools import cycle

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command

from notices import delivery, outbox
from notices.models import OutboxMail

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class Server:
    """What the mail server does, and what it took."""

    def __init__(self):
        self.taken = []
        self.connections = 0
        self.answer = "250 OK"
        self.rcpt_answer = "250 OK"
        self.hang = 0.0
        self.dies_after_data = 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if self.rcpt_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt_answer

    async def handle_DATA(self, server, session, envelope):
        if self.hang:
            await asyncio.sleep(self.hang)
        if self.dies_after_data:
            self.dies_after_data -= 1
            server.transport.abort()
            return "250 never heard"
        if self.answer.startswith("250"):
            self.taken.append((envelope.rcpt_tos, envelope.content.decode()))
        return self.answer


@pytest.fixture
def server(settings):
    """A mail server on a free port, and settings that lead to it."""
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.MAIL_DELIVERY = to_port(controller.port)
    yield handler
    controller.stop()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def to_port(port):
    return {
        "kind": "smtp", "host": "127.0.0.1", "port": port, "username": "", "password": "",
        "use_ssl": False, "use_tls": False,
    }  # fmt: skip


@contextmanager
def silence():
    """A port that takes a connection and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@contextmanager
def trickle(words, every):
    """A mail server that sends its words letter by letter, without end, and is never silent for long. Gives its port, and who was let go."""
    gone = []

    def talk(listener):
        with suppress(OSError):
            while True:
                line, _address = listener.accept()
                with line, suppress(OSError):
                    for letter in cycle(words):
                        line.sendall(letter)
                        time.sleep(every)
                gone.append(time.monotonic())

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        threading.Thread(target=talk, args=[listener], daemon=True).start()
        yield listener.getsockname()[1], gone
        listener.shutdown(socket.SHUT_RDWR)


def put_into_outbox(*names):
    for name in names:
        EmailMessage("Hello", "text", to=[f"{name}@riverton.example"]).send()


def try_at(hours=0):
    """One claim after another, as a worker does; returns the outcome of each."""
    now = datetime.now(UTC) + timedelta(hours=hours, seconds=1)
    outcomes = []
    with time_machine.travel(now):
        while (mail := outbox.claim(now)) is not None:
            outcomes.append(outbox.attempt(mail, delivery.deliver, now))
    return outcomes


def test_a_mail_arrives_with_its_message_id(db, server):
    put_into_outbox("dev")
    row = OutboxMail.objects.get()

    assert try_at() == [True]

    recipients, content = server.taken[0]
    assert recipients == ["dev@riverton.example"]
    assert f"Message-ID: {row.message_id}" in content
    row.refresh_from_db()
    assert row.state == "sent"


def test_a_server_that_dies_after_data_gets_the_mail_again_and_takes_it_once(db, server):
    """E7."""
    put_into_outbox("dev")
    server.dies_after_data = 2

    outcomes = [try_at(hours) for hours in (0, 1, 2, 3)]

    assert outcomes == [[False], [False], [True], []]
    assert len(server.taken) == 1
    assert OutboxMail.objects.get().attempts == 3


def test_a_server_that_hangs_is_left_after_the_timeout_and_tried_again(db, server, monkeypatch):
    """E7."""
    monkeypatch.setattr(delivery, "TIMEOUT", 0.3)
    put_into_outbox("dev")
    server.hang = 1.5

    assert try_at() == [False]
    server.hang = 0
    assert try_at(hours=1) == [True]

    assert [recipients for recipients, _ in server.taken][-1] == ["dev@riverton.example"]
    assert len({content.split("Message-ID: ")[1].split()[0] for _, content in server.taken}) == 1


def test_a_server_that_never_greets_is_left_after_the_timeout(db, settings, monkeypatch):
    """E7."""
    monkeypatch.setattr(delivery, "TIMEOUT", 0.3)
    put_into_outbox("dev")
    with silence() as port:
        settings.MAIL_DELIVERY = to_port(port)
        assert try_at() == [False]

    row = OutboxMail.objects.get()
    assert (row.state, row.refusals) == ("waiting", 0)


@pytest.mark.parametrize("words", [[b"2"], [b"220-wait\r\n"]], ids=["letters", "lines"])
def test_a_server_that_trickles_its_answer_is_left_after_a_while_and_tried_again(db, settings, monkeypatch, words):  # fmt: skip
    """E7: never silent for as long as one step may take, and never at an end; the worker has other mails to send."""
    monkeypatch.setattr(delivery, "ALTOGETHER", 0.6)
    put_into_outbox("dev")
    begun = time.monotonic()
    with trickle(words, every=0.05) as (port, gone):
        settings.MAIL_DELIVERY = to_port(port)
        assert try_at() == [False]
        took = time.monotonic() - begun
        until = time.monotonic() + 5
        while not gone and time.monotonic() < until:
            time.sleep(0.02)

    row = OutboxMail.objects.get()
    assert (row.state, row.refusals) == ("waiting", 0)
    assert took < 5
    assert gone  # the connection was closed


def test_a_server_that_is_not_there_ends_the_round(db, settings):
    """H17: with the server away, the other mails are not tried one by one."""
    settings.MAIL_DELIVERY = to_port(free_port())
    put_into_outbox("dev", "elu")

    now = datetime.now(UTC) + timedelta(seconds=1)
    with time_machine.travel(now):
        outcome = outbox.attempt(outbox.claim(now), delivery.deliver, now)

    assert outcome is False
    assert OutboxMail.objects.filter(attempts=0).count() == 1


def test_an_unknown_recipient_is_given_up_after_five_tries_and_others_arrive(db, server):
    """H8."""
    put_into_outbox("gone")
    server.rcpt_answer = "550 no such person"
    outcomes = [try_at(hours) for hours in range(7)]
    server.rcpt_answer = "250 OK"
    put_into_outbox("dev")
    try_at(hours=8)

    assert outcomes == [[True]] * 5 + [[], []]
    gone = OutboxMail.objects.get(state="dead")
    assert (gone.last_error, gone.recipient, gone.text) == ("smtp: recipient 550", "", "")
    assert [recipients for recipients, _ in server.taken] == [["dev@riverton.example"]]


def test_a_server_that_asks_to_come_again_is_asked_again_until_it_takes_the_mail(db, server):
    """Greylisting is no refusal."""
    put_into_outbox("dev")
    server.rcpt_answer = "450 come again"

    outcomes = [try_at(hours) for hours in range(8)]
    server.rcpt_answer = "250 OK"
    try_at(hours=9)

    assert outcomes == [[True]] * 8
    assert len(server.taken) == 1


def test_a_text_that_the_server_will_not_have_is_a_refusal(db, server):
    put_into_outbox("dev")
    server.answer = "554 looks like spam"

    try_at()

    row = OutboxMail.objects.get()
    assert (row.state, row.refusals, row.last_error) == ("waiting", 1, "smtp: data 554")


def test_a_request_that_mails_never_talks_to_the_mail_server(settings, house, nobody):
    """E7: the request is not blocked, whatever the server does."""
    with silence() as port:
        settings.MAIL_DELIVERY = to_port(port)
        started = datetime.now(UTC)
        answer = nobody.post("/account/password/reset/", {"email": "dev@riverton.example"})
        took = datetime.now(UTC) - started

    assert answer.status_code == 302
    assert OutboxMail.objects.count() == 1
    assert took < timedelta(seconds=1)


def test_check_mail_says_that_the_mail_was_taken(db, server, capsys):
    call_command("check_mail", "op@riverton.example")

    assert "took the test mail to op@riverton.example" in capsys.readouterr().out
    assert server.taken[0][0] == ["op@riverton.example"]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [("550 no", "refused the test mail (smtp: recipient 550)"), ("450 wait", "handed over")],
)
def test_check_mail_says_what_went_wrong_and_ends_with_one(db, server, answer, sentence):
    server.rcpt_answer = answer

    with pytest.raises(CommandError) as ended:
        call_command("check_mail", "op@riverton.example")

    assert sentence in str(ended.value)
    assert ended.value.returncode == 1


def test_check_mail_writes_a_file_where_there_is_no_server(db, settings, tmp_path, capsys):
    settings.ALERT_EMAIL = "alarm@riverton.example"

    call_command("check_mail")

    assert "written as a file" in capsys.readouterr().out
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 1


@pytest.mark.parametrize(
    ("address", "sentence"), [("", "no address to send to"), ("no-address", "no e-mail address")]
)
def test_check_mail_without_a_usable_address_refuses(db, settings, address, sentence):
    settings.ALERT_EMAIL = ""

    with pytest.raises(CommandError, match=sentence) as ended:
        call_command("check_mail", address)

    assert ended.value.returncode == 1
