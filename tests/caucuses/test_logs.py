"""Logs and error reports know of a caucus the pattern of an address, and nothing else, also at DEBUG."""

import logging

import pytest
from django.test import Client
from django.utils.log import AdminEmailHandler

from caucuses.models import Seat
from core.logs import ScrubFilter
from scripts.traces import Words
from tests.caucuses.crawling import ID, crawl, do_everything
from tests.caucuses.filled import full_room
from tests.caucuses.story import NAME, PURPOSE, TEXT
from tests.sweep.places import Log, files

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(monkeypatch):
    """Every logger at DEBUG, as the site's own handlers would write it; but for statements, which development alone logs."""
    kept, before = Log(), {}
    named = [logging.getLogger(name) for name in list(logging.root.manager.loggerDict)]
    for logger in (logging.root, *named):
        before[logger] = (logger.level, logger.disabled)
        logger.setLevel(logging.DEBUG)
        logger.disabled = False
        if logger is logging.root or not logger.propagate:
            logger.addHandler(kept)
    yield kept
    for logger, (level, disabled) in before.items():
        logger.setLevel(level)
        logger.disabled = disabled
        logger.removeHandler(kept)


@pytest.fixture
def room(cast):
    """The words that stand in it, and its two seats."""
    words = Words()
    return words, *full_room(cast, words)


def told(room, cast, text):
    """What of the room or its people stands in the text."""
    words, dev, elu = room
    private = {NAME, PURPOSE, TEXT, *words.words.values()}
    for row in (dev, elu, dev.caucus, cast["dev"], cast["elu"]):
        private |= {str(row.pk), row.pk.hex}
    for member in (cast["dev"], cast["elu"]):
        private |= {member.email, member.get_full_name()}
    return sorted(one for one in private if one.lower() in text.lower())


def test_at_debug_the_log_has_the_pattern_of_the_address_alone(cast, room, log):
    """Whatever its members open and send, and whoever outside asks for what is there."""
    dev = Client()
    dev.force_login(cast["dev"])
    found = crawl(dev)
    do_everything(dev, ends=lambda: not Seat.objects.filter(pk=room[1].pk).exists())
    for name in ("mo", "gus"):
        outside = Client()
        outside.force_login(cast[name])
        for address in found.pages:
            outside.get(address)

    lines = log.place()[1].decode()

    assert told(room, cast, lines) == []
    assert not any(id_ in lines for address in found.pages for id_ in ID.findall(address))
    assert "404 caucuses/<uuid:caucus_id>/ id=" in lines  # the log did listen


def test_a_page_of_a_caucus_that_fails_is_reported_without_ids(
    cast, room, log, settings, mailoutbox
):
    """The page, the log, the mail to who runs the site, and every file."""
    settings.ROOT_URLCONF = "tests.caucuses.urls_that_break"
    settings.ADMINS = [("Gus", "gus@riverton.example")]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mailer = AdminEmailHandler(include_html=True)
    mailer.addFilter(ScrubFilter())  # as every handler of the site has
    logging.getLogger("django.request").addHandler(mailer)
    dev = Client(raise_request_exception=False)
    dev.force_login(cast["dev"])
    try:
        answer = dev.post(f"/caucuses/{room[1].caucus_id}/breaks/?x={room[1].pk}", {"text": TEXT})
    finally:
        logging.getLogger("django.request").removeHandler(mailer)

    lines = log.place()[1].decode()
    assert answer.status_code == 500
    assert told(room, cast, lines) == []
    assert "500 caucuses/<uuid:caucus_id>/breaks/ id=" in lines
    assert len(mailoutbox) == 1
    mail = mailoutbox[0]
    for text in (mail.subject, mail.body, mail.alternatives[0].content, str(mail.message())):
        assert told(room, cast, text) == []
    assert "ValueError" in mail.body
    left = b"\n".join(data for _place, data in files()).decode(errors="replace")
    assert str(room[1].caucus_id) not in left
    assert told(room, cast, answer.text.replace(cast["dev"].get_full_name(), "")) == []
