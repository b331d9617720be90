"""Where Wagtail's own views would be an error 500: a sentence for what was typed, and an error 500 for faults of ours."""

import logging

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import resolve

from core.admin_doors import AdminDoorsMiddleware
from curriculum.models import Citation, Fact, LessonPage, Opening

HUGE = "9" * 24
SENTENCE = "This page cannot be shown with that search, filter or number in its address."
FORM = "This form did not arrive as its page sends it"


class Kept(logging.Handler):
    """Keeps what the log would show."""

    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())


@pytest.fixture
def lines():
    kept, logger = Kept(), logging.getLogger("lodestar.admin")
    logger.addHandler(kept)
    yield kept.lines
    logger.removeHandler(kept)


@pytest.fixture
def lesson(cast):
    return LessonPage.objects.get(slug="grading-a-city")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "bulk/wagtailcore/page/delete/?id=%00", "bulk/wagtailcore/page/delete/?id=x", "choose-page/chosen-multiple/?id=",
        "choose-page/chosen-multiple/?id=x", "choose-external-link/?parent_page_id=x", "choose-email-link/?parent_page_id=x",
        "choose-phone-link/?parent_page_id=x", "choose-anchor-link/?parent_page_id=x", "workflows/edit/1/?p=x", "workflows/edit/1/?p=-1",
        "snippets/choose/curriculum/fact/chosen/x/", "snippets/choose/curriculum/redliningmap/chosen/x/",
        "documents/chooser/chosen/x/", "images/chooser/chosen/x/", "images/chooser/chosen-multiple/?id=x",
        "images/chooser/?q=map&tag=city", "images/?q=map&usage_count_min=1", "term_chooser/chosen/x/",
        "term_chooser/chosen-multiple/?id=x", "choose-page/chosen-multiple/?id=1",
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_in_an_address_is_answered_with_a_sentence(as_, address, lines):
    answer = as_("gus").get(f"/admin/{address}")

    assert (answer.status_code, len(lines)) == (400, 1)
    assert SENTENCE in answer.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["documents/results/", "images/results/", "pages/search/", "documents/chooser/results/", "snippets/curriculum/fact/"]
)  # fmt: skip
def test_hundreds_of_words_that_are_looked_for_are_no_fault(as_, address):
    assert as_("gus").get(f"/admin/{address}?q={'*a+**b+' * 500}").status_code in {200, 400}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        f"bulk/wagtailcore/page/delete/?id={HUGE}", f"choose-external-link/?parent_page_id={HUGE}",
        f"choose-page/chosen-multiple/?id={HUGE}", f"pages/?content_type={HUGE}", f"pages/1/?site={HUGE}",
        f"pages/1/results/?content_type={HUGE}", f"workflows/usage/1/?site={HUGE}", f"pages/{HUGE}/edit/",
        f"images/chooser/chosen/{HUGE}/", f"documents/chooser/chosen-multiple/?id={HUGE}", f"images/{HUGE}/",
        f"api/main/pages/?offset={HUGE}", f"api/main/pages/{HUGE}/", f"api/main/images/?limit={HUGE}",
        "api/main/pages/?search=%22", "pages/search/?q=%22", "api/main/documents/find/?id=x",
    ],
)  # fmt: skip
def test_a_number_of_no_row_and_a_lone_quotation_mark_are_no_fault(as_, address):
    """One database says that there is no such row, the other that there is no such number."""
    assert as_("gus").get(f"/admin/{address}").status_code in {200, 400, 404}


@pytest.mark.django_db
def test_the_admins_own_programs_are_answered_in_their_language(as_):
    answer = as_("rui").get("/admin/api/main/pages/find/?id=x")

    assert (answer.status_code, answer.json()) == (400, {"message": "A value in this address is of the wrong kind."})  # fmt: skip


@pytest.mark.django_db
def test_a_form_that_lacks_a_field_is_answered_with_a_sentence(as_, lesson, lines):
    answer = as_("rui").post(f"/admin/pages/{lesson.pk}/edit/", {"title": "Another title"})

    assert answer.status_code == 400
    assert FORM in answer.text
    assert LessonPage.objects.get(pk=lesson.pk).title == "Grading a city"
    assert lines[0].startswith("400 instead of MultiValueDictKeyError at admin/pages/<int:page_id>/edit/ id=")  # fmt: skip


@pytest.mark.django_db
def test_the_log_names_the_trouble_and_its_place_and_nothing_that_was_typed(as_, lines):
    as_("rui").get("/admin/choose-page/chosen-multiple/?id=a-secret-word")

    assert lines[0].startswith("400 instead of ValueError at admin/choose-page/chosen-multiple/ id=")  # fmt: skip
    assert "wagtail.admin.views.chooser:" in lines[0]
    assert "secret" not in lines[0]


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["9999", '"', "not-a-name"])
def test_a_way_on_that_is_no_address_is_refused_before_anything_is_done(as_, lesson, place):
    """Wagtail would delete the lesson and then fail to lead on."""
    answer = as_("rui").post(f"/admin/pages/{lesson.pk}/delete/", {"next": place})

    assert answer.status_code == 400
    assert LessonPage.objects.filter(pk=lesson.pk).exists()


@pytest.mark.django_db
def test_pages_that_fail_on_purpose_are_gone(as_):
    gus = as_("gus")

    assert [gus.get(f"/admin/{page}/").status_code for page in ("failwhale", "test404")] == [404, 404]  # fmt: skip


@pytest.mark.django_db
def test_what_became_needed_a_moment_ago_is_not_deleted_and_the_page_says_why():
    """The form asks first (see the guards of curriculum); what comes between its question and the act is caught here."""
    module = Opening.objects.first().module
    fact = Fact.objects.filter(key__in=Citation.objects.values("fact_key")).first()
    door = AdminDoorsMiddleware(lambda request: None)

    def gone(needed):
        with transaction.atomic():
            needed.delete()

    answers = [
        door.process_exception(sent(f"/admin/pages/{needed.pk}/delete/", method="POST"), trouble(lambda: gone(needed)))  # noqa: B023
        for needed in (module, fact)
    ]  # fmt: skip

    assert [answer.status_code for answer in answers] == [409, 409]
    assert all("Still needed, so not deleted" in answer.text for answer in answers)
    assert (module.__class__.objects.filter(pk=module.pk).count(), Fact.objects.filter(pk=fact.pk).count()) == (1, 1)  # fmt: skip


def trouble(problem_of):
    """What the call raises, without the line in this file that made it."""
    with pytest.raises(Exception) as caught:  # noqa: PT011
        problem_of()
    return caught.value.with_traceback(caught.value.__traceback__.tb_next.tb_next)


def sent(address, **how):
    request = RequestFactory().generic(how.get("method", "GET"), address)
    request.resolver_match = resolve(request.path_info)
    return request


def of_ours():
    raise ValueError("a fault of ours")


@pytest.mark.django_db
class TestAFaultStaysAFault:
    door = AdminDoorsMiddleware(lambda request: None)

    def answer(self, request, problem):
        return self.door.process_exception(request, problem)

    def test_when_nothing_was_sent(self):
        stock = trouble(lambda: QueryDict("")["id"])

        assert self.answer(sent("/admin/pages/"), stock) is None
        assert self.answer(sent("/admin/pages/12/edit/"), stock) is None
        assert self.answer(sent("/admin/pages/?p=2"), stock).status_code == 400
        assert self.answer(sent(f"/admin/pages/{HUGE}/edit/"), stock).status_code == 400

    def test_when_code_of_ours_took_part(self):
        """This file is of ours: its top folder stands in the project's."""
        ours = trouble(lambda: of_ours())

        assert self.answer(sent("/admin/pages/?p=2"), ours) is None

    def test_when_it_is_of_another_kind(self):
        stock = trouble(lambda: logging.Handler.format(None, None))

        assert isinstance(stock, AttributeError)
        assert self.answer(sent("/admin/pages/?p=2"), stock) is None

    def test_outside_the_admin(self):
        assert self.answer(sent("/glossary/?q=2"), trouble(lambda: QueryDict("")["id"])) is None
