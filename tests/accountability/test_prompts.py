"""Questions to begin with: a starter set that leaves an editor's decisions alone, Rui who edits it, members who see it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.template.loader import render_to_string
from django.utils.translation import override

from accountability.journal.loading import STARTER, load_prompts
from accountability.journal.models import Prompt
from accountability.journal.suggestions import offered
from home.management import preparation

pytestmark = pytest.mark.django_db
LIST = "/admin/snippets/journal/prompt/"
FIRST = "Think of a decision that you took part in this month. What was your own part in it?"


def typed(**changes):
    return {"words": "What did you learn?", "language": "en", "order": "5", "is_offered": "on", **changes}  # fmt: skip


class TestTheStarterSet:
    def test_it_asks_fourteen_questions_in_each_language(self, cast):
        assert [Prompt.objects.filter(language=one).count() for one in ("en", "es")] == [14, 14]
        assert all(row.words.endswith("?") for row in Prompt.objects.all())
        assert Prompt.objects.filter(language="en").first().words == FIRST

    def test_loading_it_again_changes_nothing(self, cast):
        said = StringIO()

        with pytest.raises(SystemExit) as end:
            call_command("load_prompts", stdout=said)

        assert (end.value.code, said.getvalue(), Prompt.objects.count()) == (2, "", 28)

    def test_what_an_editor_decided_is_left_alone(self, cast):
        first, second, third = Prompt.objects.filter(language="en")[:3]
        Prompt.objects.filter(pk=first.pk).update(words="What was mine in it?")
        Prompt.objects.filter(pk=second.pk).update(is_offered=False)
        third.delete()

        assert load_prompts().written == []

        assert Prompt.objects.count() == 27
        assert Prompt.objects.get(pk=first.pk).words == "What was mine in it?"
        assert Prompt.objects.get(pk=second.pk).is_offered is False

    def test_a_new_wording_comes_where_nobody_changed_the_old_one(self, cast, tmp_path):
        newer = tmp_path / "prompts.csv"
        newer.write_text(STARTER.read_text().replace(FIRST, "What was your own part in it?"))
        spanish = Prompt.objects.filter(language="es").first().words

        done = load_prompts(newer)

        assert (done.written, done.left_alone) == (["own-part.en"], [])
        assert Prompt.objects.filter(language="en").first().words == "What was your own part in it?"
        assert Prompt.objects.filter(language="es").first().words == spanish
        assert load_prompts(newer).written == []

    def test_a_new_wording_of_what_an_editor_changed_or_deleted_is_only_named(self, cast, tmp_path):
        newer = tmp_path / "prompts.csv"
        newer.write_text(STARTER.read_text().replace(FIRST, "What was your own part in it?"))
        Prompt.objects.filter(words=FIRST).update(words="And you?")

        done = load_prompts(newer)

        assert (done.written, done.left_alone) == ([], ["own-part.en"])
        assert Prompt.objects.count() == 28

    def test_a_start_loads_them_when_the_file_or_its_loader_changed(self, settings, tmp_path):
        before = preparation.starter()
        folder = tmp_path / "accountability" / "journal" / "starter"
        folder.mkdir(parents=True)
        settings.ROOT = tmp_path

        empty = preparation.starter()
        (folder / "prompts.csv").write_text("key,en,es\n")

        assert len({before, empty, preparation.starter()}) == 3


class TestInTheCms:
    def test_rui_adds_one_and_takes_another_off_the_list(self, as_, cast):
        rui, first = as_("rui"), Prompt.objects.get(words=FIRST)

        added = rui.post(f"{LIST}add/", typed())
        taken = typed(words=FIRST, order=str(first.order))
        del taken["is_offered"]
        changed = rui.post(f"{LIST}edit/{first.pk}/", taken)

        assert (added.status_code, changed.status_code) == (302, 302)
        assert offered()[0].words == "What did you learn?"
        assert [row.words for row in offered()].count(FIRST) == 0
        assert len(offered()) == 14

    def test_the_form_says_what_is_wrong_and_saves_nothing(self, as_, cast):
        page = as_("rui").post(f"{LIST}add/", typed(words="  ", order="-1"))

        assert page.status_code == 200
        assert page.text.count("This field is required.") == 1
        assert Prompt.objects.count() == 28

    def test_the_list_is_in_the_order_in_which_members_see_it(self, as_, cast):
        page = as_("rui").get(LIST).text

        assert page.index(FIRST) < page.index("What went well?") < page.index("Piense en una decisión")  # fmt: skip

    @pytest.mark.parametrize("name", ["rui", "ana", "gus"])
    def test_who_works_on_content_edits_them(self, as_, cast, name):
        client, row = as_(name), Prompt.objects.first()

        assert [client.get(f"{LIST}{end}").status_code for end in ("", "add/", f"edit/{row.pk}/", f"delete/{row.pk}/")] == [200] * 4  # fmt: skip
        assert client.post(f"{LIST}delete/{row.pk}/").status_code == 302
        assert Prompt.objects.count() == 27

    @pytest.mark.parametrize(("name", "status"), [(None, 302), ("dev", 403), ("mo", 403)])
    def test_nobody_else_does(self, as_, nobody, cast, name, status):
        client = as_(name) if name else nobody

        answers = [client.get(LIST), client.post(f"{LIST}add/", typed())]

        assert answers[0].status_code == status
        assert Prompt.objects.count() == 28

    def test_nothing_else_of_the_journal_is_there(self, as_, cast):
        """A1: not even for the operator."""
        gus = as_("gus")

        found = [gus.get(f"/admin/snippets/journal/{name}/").status_code for name in ("entry", "draft", "choice")]  # fmt: skip

        assert found == [404, 404, 404]


class TestOffered:
    def test_in_ones_own_language_else_in_the_first(self, cast):
        with override("es"):
            assert offered()[0].words.startswith("Piense en una decisión")
            Prompt.objects.filter(language="es").update(is_offered=False)
            assert offered()[0].words == FIRST

    def test_with_none_at_all_there_is_no_list(self, cast, rf):
        Prompt.objects.update(is_offered=False)

        assert "<details" not in shown(rf.get("/journal/write/"))

    def test_a_press_keeps_the_form_and_a_link_begins_an_empty_one(self, cast, rf):
        key = "6b1b3a52-0000-4000-8000-000000000001"
        first = Prompt.objects.get(words=FIRST)

        inside = shown(rf.get("/journal/write/", {"lesson": key, "block": "b", "prompt": "9"}))
        outside = shown(rf.get("/journal/"), links=True)

        assert f'<button class="journal-take" name="act" value="on" formaction="?prompt={first.pk}&amp;lesson={key}">{FIRST}</button>' in inside  # fmt: skip
        assert f'<a class="journal-take" href="/journal/write/?prompt={first.pk}">{FIRST}</a>' in outside  # fmt: skip
        assert [page.count("<li>") for page in (inside, outside)] == [14, 14]

    def test_what_is_in_another_language_than_the_page_says_so(self, cast, rf):
        Prompt.objects.filter(language="es").update(is_offered=False)

        with override("es"):
            assert shown(rf.get("/journal/write/")).count(' lang="en"') == 14

    def test_one_query_however_many(self, cast, django_assert_num_queries):
        with django_assert_num_queries(1):
            assert len(offered()) == 14
        Prompt.objects.exclude(words=FIRST).delete()
        with django_assert_num_queries(1):
            assert len(offered()) == 1


def shown(request, **given):
    return render_to_string("journal/suggestions.html", given, request=request)
