"""Invitations: a link that works once, for 14 days and for one address (threats B5, E1, E4, E6, G8, H9, H10)."""

import re
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts.choices import RoleKind
from accounts.models import Initiative, Role, User
from cohorts.actions import (
    AlreadyInvited,
    AlreadyThere,
    InvitationGone,
    accept_invitation,
    invite,
)
from cohorts.models import Cohort, Invitation
from cohorts.permissions import can_accept_invitation, invitations_for
from notices.models import OutboxMail
from tests.cohorts.house import new_member

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

NEW = "amara@riverton.example"
PASSWORD = "a-long-walk-by-the-river"


def path_of(sent):
    return re.sub(r"^https?://[^/]+", "", sent.link)


def page_of(answer):
    """The page apart from its own address, CSRF token and request id."""
    page = re.sub(r"\?next=[^\"]+", "", answer.text.replace(answer.request["PATH_INFO"], ""))
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|[0-9a-f]{12}\b', "", page)


def sign_up(client, email=NEW):
    """Sign up through the real pages, with the code from the real mail."""
    client.post("/account/signup/", {"email": email, "password1": PASSWORD, "password2": PASSWORD})
    mail = OutboxMail.objects.waiting().filter(recipient=email).order_by("-created_at").first()
    code = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", mail.text)[0]
    return client.post("/account/confirm-email/", {"code": code})


def test_the_mail_says_neither_who_nor_what(house):
    """E1: constant words; the database keeps the hash of the token alone."""
    first = invite(email=NEW, by=house.ana, role=RoleKind.EDITOR, cohort=house.larch)
    second = invite(email="other@riverton.example", by=None)

    texts = {
        mail.text.replace(sent.link, "…")
        for sent, mail in zip(
            (first, second), OutboxMail.objects.order_by("created_at"), strict=True
        )
    }

    assert len(texts) == 1
    assert not [word for word in ("Ana", "Larch", "ditor") if word in next(iter(texts))]
    token = path_of(first).split("/")[2]
    assert len(token) == 43  # 32 bytes
    assert token not in str(Invitation.objects.values())
    assert len(first.invitation.token_hash) == 64


def test_a_look_uses_nothing_up(nobody, house):
    sent = invite(email=NEW, by=house.ana, role=RoleKind.EDITOR, cohort=house.larch)

    pages = [nobody.get(path_of(sent)) for _ in range(3)]

    assert [page.status_code for page in pages] == [200, 200, 200]
    for word in ("Ana Reyes", "Larch", "Editor of content", "Riverton Healthy Starts"):
        assert word in pages[0].text
    assert NEW not in pages[0].text
    assert "no-store" in pages[0]["Cache-Control"]
    assert Invitation.objects.open().count() == 1


def test_expired_used_and_unknown_links_are_one_page(nobody, house):
    """B5: nothing tells them apart."""
    used, expired = (invite(email=f"{name}@riverton.example", by=None) for name in ("u", "e"))
    now = timezone.now()
    Invitation.objects.filter(pk=used.invitation.pk).update(accepted_at=now)
    Invitation.objects.filter(pk=expired.invitation.pk).update(
        expires_at=now - timedelta(seconds=1)
    )

    paths = (path_of(used), path_of(expired), "/invitation/unknown/")
    answers = [getattr(nobody, verb)(path) for verb in ("get", "post") for path in paths]

    assert {answer.status_code for answer in answers} == {404}
    assert len({page_of(answer) for answer in answers}) == 1
    assert nobody.get(f"/invitation/{'é' * 900}/").status_code == 404
    assert "cannot be opened" in answers[0].text


def test_a_link_works_for_14_days(house):
    sent = invite(email=NEW, by=None)

    left = sent.invitation.expires_at - timezone.now()

    assert timedelta(days=13, hours=23) < left <= timedelta(days=14)


def test_a_signed_in_member_joins_at_once(as_, house):
    sent = invite(email=house.ben.email, by=house.ana, cohort=house.larch)

    answer = as_("ben").post(path_of(sent), {"once": uuid4()})

    assert answer["Location"] == "/cohorts/larch/"
    assert house.larch.memberships.current().filter(member=house.ben).count() == 1
    assert Invitation.objects.get().accepted_by == house.ben


def test_a_double_click_leads_to_the_same_place(as_, house):
    """H9."""
    sent = invite(email=house.ben.email, by=house.ana, cohort=house.larch)
    client, key = as_("ben"), uuid4()

    answers = [client.post(path_of(sent), {"once": key}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]


def test_a_forwarded_link_opens_nothing_for_somebody_else(as_, house):
    """E4: signed in with another address, it is the page of an unknown link."""
    sent = invite(email=house.ben.email, by=house.ana, role=RoleKind.BACKBONE)
    client = as_("jo")

    theirs, unknown = client.get(path_of(sent)), client.get("/invitation/unknown/")

    assert theirs.status_code == 404
    assert page_of(theirs) == page_of(unknown)
    assert client.post(path_of(sent)).status_code == 404
    assert Role.objects.in_force().filter(member=house.jo).count() == 0
    assert Invitation.objects.open().count() == 1


def test_a_newcomer_signs_up_proves_the_address_and_is_in(nobody, house, settings):
    settings.SIGNUP = "invite"
    sent = invite(email=NEW, by=house.ana, role=RoleKind.EDITOR, cohort=house.larch)

    led = nobody.post(path_of(sent))
    form = nobody.get(led["Location"])
    answer = sign_up(nobody)

    assert led["Location"] == "/account/signup/"
    assert form.status_code == 200
    assert answer["Location"] == "/today/"
    assert nobody.get("/today/").status_code == 200  # signed in, with nothing to type again
    member = User.objects.get(email=NEW)
    assert EmailAddress.objects.get(user=member).verified
    assert member.role_names == {"editor"}
    assert house.larch.memberships.current().filter(member=member).count() == 1
    assert Invitation.objects.open().count() == 0


def test_nothing_is_given_before_the_address_is_proven(nobody, house, settings):
    settings.SIGNUP = "invite"
    sent = invite(email=NEW, by=house.ana, role=RoleKind.BACKBONE)
    nobody.post(path_of(sent))

    nobody.post("/account/signup/", {"email": NEW, "password1": PASSWORD, "password2": PASSWORD})

    assert User.objects.get(email=NEW).role_names == frozenset()
    assert Invitation.objects.open().count() == 1


def test_without_an_invitation_nobody_signs_up_where_invitations_are_asked_for(
    nobody, house, settings
):
    settings.SIGNUP = "invite"

    nobody.post("/account/signup/", {"email": NEW, "password1": PASSWORD, "password2": PASSWORD})

    assert not User.objects.filter(email=NEW).exists()


def test_an_invitation_that_was_used_elsewhere_meanwhile_admits_nobody(nobody, house, settings):
    settings.SIGNUP = "invite"
    sent = invite(email=NEW, by=house.ana)
    nobody.post(path_of(sent))
    Invitation.objects.update(accepted_at=timezone.now())

    nobody.post("/account/signup/", {"email": NEW, "password1": PASSWORD, "password2": PASSWORD})

    assert not User.objects.filter(email=NEW).exists()


def test_the_session_holds_no_token(nobody, house):
    sent = invite(email=NEW, by=house.ana)

    nobody.post(path_of(sent))

    assert dict(nobody.session)["invitation"] == sent.invitation.token_hash
    assert path_of(sent).split("/")[2] not in str(dict(nobody.session))


def test_a_member_with_an_account_signs_in_and_is_in(nobody, house, settings):
    sent = invite(email=house.ben.email, by=house.ana, cohort=house.larch)
    house.ben.set_password(PASSWORD)
    house.ben.save()

    led = nobody.post(path_of(sent), {"have_account": "1"})
    nobody.post("/account/login/", {"login": house.ben.email, "password": PASSWORD})

    assert led["Location"] == "/account/login/"
    assert house.larch.memberships.current().filter(member=house.ben).count() == 1


def test_signing_in_with_another_account_uses_nothing_up(nobody, house):
    """E4."""
    sent = invite(email=NEW, by=house.ana, role=RoleKind.BACKBONE)
    house.ben.set_password(PASSWORD)
    house.ben.save()
    nobody.post(path_of(sent), {"have_account": "1"})

    answer = nobody.post(
        "/account/login/", {"login": house.ben.email, "password": PASSWORD}, follow=True
    )

    assert "The invitation was not used" in answer.text
    assert house.ben.role_names == frozenset()
    assert Invitation.objects.open().count() == 1


def test_accepting_is_all_or_nothing(house, monkeypatch):
    """H10: when the role cannot be given, the invitation is not used up."""
    sent = invite(email=house.ben.email, by=house.ana, role=RoleKind.EDITOR, cohort=house.larch)
    Cohort.objects.filter(pk=house.larch.pk).delete()
    stale = sent.invitation

    with pytest.raises(InvitationGone):
        accept_invitation(invitation=stale, by=house.ben)

    assert house.ben.role_names == frozenset()


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_two_tabs_at_once_use_it_once():
    """H9."""
    member = new_member("newcomer")
    cohort = Cohort.objects.create(slug="larch", name="Larch", starts_on=timezone.localdate())
    sent = invite(email=member.email, by=None, cohort=cohort)
    outcomes = []

    def accept():
        try:
            accept_invitation(
                invitation=Invitation.objects.get(pk=sent.invitation.pk),
                by=User.objects.get(pk=member.pk),
            )
            outcomes.append("in")
        except InvitationGone:
            outcomes.append("gone")
        finally:
            connection.close()

    threads = [threading.Thread(target=accept) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["gone", "gone", "in"]
    assert cohort.memberships.count() == 1


def test_the_same_invitation_is_not_sent_twice_but_can_be_renewed(nobody, house):
    first = invite(email=NEW, by=house.ana, cohort=house.larch)
    with pytest.raises(AlreadyInvited):
        invite(email=NEW.upper(), by=house.lena, cohort=house.larch)

    second = invite(email=NEW, by=house.ana, cohort=house.larch, again=True)

    assert Invitation.objects.count() == 1
    assert nobody.get(path_of(first)).status_code == 404
    assert nobody.get(path_of(second)).status_code == 200


def test_who_has_it_all_already_is_not_invited(house):
    with pytest.raises(AlreadyThere):
        invite(email=house.dev.email, by=house.ana, cohort=house.larch)
    with pytest.raises(AlreadyThere):
        invite(email=house.rui.email, by=house.ana, role=RoleKind.EDITOR)

    invite(email=house.dev.email, by=house.ana, cohort=house.larch, as_facilitator=True)


@pytest.mark.parametrize("name", ["mo", "gus", "rui", "dev"])
def test_only_the_backbone_invites(house, name):
    with pytest.raises(PermissionDenied):
        invite(email=NEW, by=house.people[name])

    assert Invitation.objects.count() == 0


@pytest.mark.parametrize("email", ["", "x", "a@b\nBcc: c@d.example", "a b@c.example"])
def test_what_is_no_address_is_refused(house, email):
    """E6."""
    with pytest.raises(ValidationError):
        invite(email=email, by=None)


def test_the_two_forms_of_who_may_accept_agree(house, cast):
    for name in ("ben", "dev"):
        invite(email=cast[name].email, by=None, role=RoleKind.EDITOR)

    for member in cast.values():
        mine = {row.pk for row in Invitation.objects.all() if can_accept_invitation(member, row)}
        assert mine == set(invitations_for(member).values_list("pk", flat=True))
    assert invitations_for(house.ben).count() == 1


def run(*words):
    """The exit status and what the command said."""
    import io

    out = io.StringIO()
    try:
        call_command(*words, stdout=out)
    except CommandError as ended:
        return ended.returncode, str(ended)
    return 0, out.getvalue()


@pytest.fixture
def empty(db):
    """An installation in which nobody holds a role."""
    Role.objects.all().delete()


def test_start_initiative_names_it_and_prints_a_link_that_makes_the_first_backbone_member(
    empty, nobody, settings
):
    settings.SIGNUP = "invite"

    status, said = run("start_initiative", "Harbor  Families", NEW)
    nobody.post(re.search(r"/invitation/\S+", said)[0])
    sign_up(nobody)

    assert status == 0
    assert Initiative.load().name == "Harbor Families"
    assert User.objects.get(email=NEW).role_names == {"backbone"}
    assert run("start_initiative", "Other", "o@riverton.example")[0] == 1
    assert Initiative.load().name == "Harbor Families"


def test_start_initiative_a_second_time_does_nothing_and_says_how_to_go_on(empty):
    run("start_initiative", "Harbor Families", NEW)

    status, said = run("start_initiative", "Harbor Families", NEW)
    renewed, link = run("start_initiative", "Harbor Families", NEW, "--again")

    assert (status, renewed) == (2, 0)
    assert "--again" in said
    assert "/invitation/" in link
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("start_initiative", "", NEW), "must have 1 to 120 letters"),
        (("start_initiative", "x" * 121, NEW), "must have 1 to 120 letters"),
        (("start_initiative", "Harbor", "no-address"), "is no e-mail address"),
        (("invite", "no-address"), "is no e-mail address"),
        (("invite", NEW, "--role", "king"), "There is no role 'king'"),
        (("invite", NEW, "--cohort", "unused"), "There is no cohort 'unused'"),
        (("invite", NEW, "--facilitator"), "A facilitator needs a cohort"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_is_written(empty, words, sentence):
    name = Initiative.load().name

    status, said = run(*words)

    assert status == 1
    assert sentence in said
    assert Invitation.objects.count() == 0
    assert Initiative.load().name == name


def test_the_command_invites_once(house):
    first = run("invite", NEW, "--cohort", "larch", "--role", "editor")
    second = run("invite", NEW, "--cohort", "larch", "--role", "editor")
    there = run("invite", house.dev.email, "--cohort", "larch")

    assert (first[0], second[0], there[0]) == (0, 2, 2)
    assert "works once, for 14 days" in first[1]
    assert "is a member with all of this already" in there[1]
    assert Invitation.objects.count() == 1
