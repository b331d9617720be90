"""What `/privacy/` tells of notices and mail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.models import OwnerKind
from core.privacy import Audience
from core.telling import NEWS_ALONE, Chapter, Telling

NOTICES = Telling(
    name="notices",
    chapter=Chapter.SITE,
    title=_("Your notices"),
    models=("notices.Notice", "notices.Preference", "notices.MailChoice"),
    circles=frozenset({Audience.AUTHOR}),
    readers=_("You alone. How you want to be told is yours alone, too."),
    sealed=_("what a notice is about"),
    keys=(OwnerKind.MEMBER,),
    readable=_("that you got a notice, of which kind, when, and whether you read it"),
    tokens=_("a guess at what a notice is about can be tried out"),
    mail=NEWS_ALONE,
    held_by=(
        "tests/notices/test_notify.py::test_what_a_notice_is_about_stands_nowhere_readable",
        "tests/notices/test_notice_pages.py::test_the_notice_of_another_is_the_404_of_an_unused_number",
        "tests/notices/test_notice_pages.py::test_marking_all_as_read_marks_ones_own_only",
    ),
    kept=(_("What you were told of"), _("How you want to be told")),
)

MAIL = Telling(
    name="mail",
    chapter=Chapter.MACHINE,
    title=_("Mail"),
    models=("notices.OutboxMail", "notices.Chore"),
    circles=frozenset({Audience.OPERATOR}),
    readers=_(
        "You, and whoever else reads your mailbox. On the site nobody reads mail. Operators can see when regular work is next due."
    ),
    readable=_(
        "until it is sent a mail with its text and address; after that only that one was sent, and when"
    ),
    mail=_(
        "Whoever carries mail, ours and yours, sees your address, the time, the subject and the text. So mail says that there is something new and not what. Invitations, codes to sign in and what is said about your account stand in it."
    ),
    court=_("It can ask whoever carries mail, here or at your end, for what they keep."),
    held_by=(
        "tests/notices/test_outbox.py::test_every_recipient_gets_one_mail_of_their_own_with_the_same_words",
        "tests/notices/test_outbox.py::test_a_sent_mail_is_emptied",
        "tests/notices/test_outbox.py::test_the_database_refuses_a_done_mail_that_still_holds_words",
        "tests/notices/test_outbox.py::test_the_headers_of_a_mail_link_it_to_no_other",
    ),
    kept=(_("That a mail was sent, without its text or address"),),
)

TELLINGS = (NOTICES, MAIL)
