"""The page tree: a root, the index of learning, modules, lessons. Closed: no other type fits anywhere."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page
from wagtail.search import index

from core.pages import BasePage
from core.privacy import Audience, Field, seen_by
from curriculum.addresses import BESIDE_LESSONS, BESIDE_MODULES, refuse_taken
from curriculum.blocks import LessonBlocks
from curriculum.lesson_form import LessonForm, SharedPageForm
from curriculum.models.body import LessonBody
from curriculum.models.editions import Edition
from curriculum.search.fields import Words

MODULES_ON_A_PAGE = 50
PUBLISHED = seen_by(Audience.PUBLIC, why=_("published content"))


class SiteRootPage(BasePage):
    """The root of the site's tree. The front page at `/` is composed by `home`; this page is never shown itself."""

    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["curriculum.LearnIndexPage"]

    class Privacy:
        """Published content."""

        fields: ClassVar[dict[str, Field]] = {"page_ptr": PUBLISHED}

    class Meta:
        verbose_name = _("root of the site")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the front page."""
        return redirect("/")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find a page of the closed tree by one look-up of its whole address, not one for each step of it."""
        if not path_components:
            return super().route(request, path_components)
        kind = (LearnIndexPage, ModulePage, LessonPage)[min(len(path_components), 3) - 1]
        rest = "/".join(path_components[:3]) + "/"
        pages = kind.objects.select_related("locale").filter(live=True)
        page = pages.filter(url_path=self.url_path + rest).first()
        if page is None and self.locale.language_code != settings.LANGUAGE_CODE:
            # What is not translated is read in the language in which it was written first.
            first = self.get_translations().get(locale__language_code=settings.LANGUAGE_CODE)
            page = pages.filter(url_path=first.url_path + rest).first()
        if page is None:
            raise Http404
        return page.route(request, path_components[3:])


class LearnIndexPage(BasePage):
    """The list of modules."""

    introduction = models.TextField(
        _("introduction"),
        blank=True,
        help_text=_("One or two sentences above the list of modules."),
    )

    max_count = 1
    template = "curriculum/learn_index.html"
    base_form_class = SharedPageForm
    parent_page_types: ClassVar[list[str]] = ["curriculum.SiteRootPage"]
    subpage_types: ClassVar[list[str]] = ["curriculum.ModulePage"]
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("introduction")]

    class Privacy:
        """Published content."""

        fields: ClassVar[dict[str, Field]] = {"page_ptr": PUBLISHED, "introduction": PUBLISHED}

    class Meta:
        verbose_name = _("index of modules")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add a page of modules with the reader's progress, and links to the other pages when there are more."""
        from curriculum.outline import current_module, marked, outline_for
        from curriculum.pace import with_openings

        user, outline = request.user, outline_for(request.user, request)
        shelf = Paginator(outline.modules, MODULES_ON_A_PAGE).get_page(request.GET.get("page"))
        modules = marked(shelf.object_list, user)
        current = current_module(outline, user, modules) if user.is_authenticated else None
        return {
            **super().get_context(request, *args, **kwargs),
            "modules": with_openings(modules, user),
            "current": current,
            "shelf": shelf,
        }


class ModulePage(BasePage):
    """A module: an introduction and its lessons in order."""

    summary = models.CharField(
        _("summary"), max_length=300, help_text=_("One or two sentences, shown in lists.")
    )
    goal = models.CharField(_("what it is for"), max_length=300, blank=True)
    introduction = models.TextField(_("introduction"), blank=True, help_text=_("Markdown."))

    template = "curriculum/module_show.html"
    base_form_class = SharedPageForm
    parent_page_types: ClassVar[list[str]] = ["curriculum.LearnIndexPage"]
    subpage_types: ClassVar[list[str]] = ["curriculum.LessonPage"]
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("goal"),
        FieldPanel("introduction"),
    ]
    search_fields: ClassVar[list[Any]] = [*Page.search_fields, index.SearchField("summary")]

    class Privacy:
        """Published content."""

        fields: ClassVar[dict[str, Field]] = dict.fromkeys(
            ("page_ptr", "summary", "goal", "introduction"), PUBLISHED
        )

    class Meta:
        verbose_name = _("module")

    def clean(self) -> None:
        """Refuse the short name of a page that stands beside the modules."""
        super().clean()
        refuse_taken(self.slug, BESIDE_MODULES)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add this module's line of the outline (its lessons, the reader's progress)."""
        from curriculum.outline import marked, outline_for
        from curriculum.pace import with_openings

        line = outline_for(request.user, request).module(self.pk)
        lines = with_openings(marked([line], request.user), request.user) if line else [None]
        (module,) = lines
        return {**super().get_context(request, *args, **kwargs), "module": module}


class LessonPage(RoutablePageMixin, BasePage):
    """A lesson: a goal, a body of blocks, and the sources that its sentences cite."""

    lede = models.CharField(
        _("opening sentence"), max_length=400, help_text=_("Shown under the title and in lists.")
    )
    goal = models.CharField(_("learning goal"), max_length=300)
    minutes = models.PositiveSmallIntegerField(_("reading time in minutes"), default=5)
    minutes_counted = models.BooleanField(
        _("count the reading time from the words"),
        default=True,
        help_text=_("At 200 words a minute, each time the lesson is published. Clear it to keep your own number."),
    )  # fmt: skip
    gate_reason = models.CharField(
        _("Ask readers to finish the lesson before this one first, because …"),
        max_length=300,
        blank=True,
        help_text=_("Leave it empty, and nobody is asked. Readers see your reason, and may still read on."),
    )  # fmt: skip
    body = LessonBody(LessonBlocks(), verbose_name=_("body"))

    template = "curriculum/lesson_show.html"
    base_form_class = LessonForm
    parent_page_types: ClassVar[list[str]] = ["curriculum.ModulePage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("lede"),
        FieldPanel("goal"),
        FieldRowPanel([FieldPanel("minutes"), FieldPanel("minutes_counted")]),
        FieldPanel("gate_reason"),
        FieldPanel("body"),
        InlinePanel(
            "terms_not_linked",
            heading=_("Terms that are not linked here"),
            label=_("Term"),
            help_text=_(
                "The first mention of each term becomes a link by itself. Name a term here that should not, such as a word that means something else in this lesson."
            ),
        ),
    ]
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        Words("title", boost=2),
        Words("lede"),
        Words("goal"),
        Words("published_words"),
    ]

    class Privacy:
        """Published content."""

        fields: ClassVar[dict[str, Field]] = dict.fromkeys(
            ("page_ptr", "lede", "goal", "minutes", "minutes_counted", "gate_reason", "body"),
            PUBLISHED,
        )

    class Meta:
        verbose_name = _("lesson")

    def clean(self) -> None:
        """Refuse the short name of a page that stands beside the lessons."""
        super().clean()
        refuse_taken(self.slug, BESIDE_LESSONS)

    @property
    def published_words(self) -> str:
        """What the lesson says to its readers, for the index of the search: never a draft, never a facilitator's note."""
        mine = Edition.objects.filter(
            lesson_key=self.translation_key, language=self.locale.language_code
        )
        last = mine.order_by("-number").first()
        return "\n".join(text for _block, text in last.texts) if last else ""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the module's outline, the numbered sources, what comes next and what changed since it was done."""
        from curriculum.gate import gate_of
        from curriculum.outline import outline_for
        from curriculum.progress import changes_for, current_edition
        from curriculum.showing import shown

        place = outline_for(request.user, request).place(self.translation_key, request.user)
        news = changes_for(self, place.lesson.read) if place and place.lesson.done else None
        preview = bool(getattr(request, "is_preview", False))
        return {
            **super().get_context(request, *args, **kwargs),
            "place": place,
            "gate": gate_of(self, place, request),
            "news": news,
            "shown": shown(self, request, news=news, fresh=preview),
            "edition": current_edition(self),
        }

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; what becomes public is checked first. Raises ValidationError at `body`."""
        if self.live and kwargs.get("clean", True) and kwargs.get("update_fields") is None:
            from curriculum.readiness import refuse_unready

            refuse_unready(self)
            if self.minutes_counted:
                from curriculum.reading_time import minutes_of

                self.minutes = minutes_of(self)
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """The page as a revision has it; a counted reading time is the published one, not that of before."""
        page = super().with_content_json(content)
        if page.minutes_counted and self.live:
            page.minutes = self.minutes
        return page

    @path("map/", name="map")
    def map_show(self, request: HttpRequest) -> HttpResponse:
        """The table and the remarks of the lesson's map, a page at a time (see `redlining.table`)."""
        from curriculum.redlining.table import table_page

        shown = next((part.value["map"] for part in self.body if part.block_type == "map"), None)
        if shown is None:
            raise Http404
        context = {"page": self, "map": shown, "table": table_page(shown, request.GET)}
        return render(request, "curriculum/map_show.html", context)
