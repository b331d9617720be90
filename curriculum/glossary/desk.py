"""The backbone's view of the agreement in the editors' admin: what waits, and the record of a meeting.

Nothing here changes a definition. Proposals are written, discussed and decided on their own pages, by members.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from core.access import require, visible_or_404
from curriculum.glossary.actions import DecisionRefused, record_meeting
from curriculum.glossary.choices import Outcome, ProposalKind, ProposalStatus
from curriculum.glossary.desk_forms import MeetingForm
from curriculum.glossary.models import InForce, Proposal
from curriculum.glossary.permissions import can_record_meeting, proposals_visible_to

QUEUE = "glossary_desk:proposal_list"
ICON = "openquote"


def page_of(proposal: Proposal) -> str:
    """Where members read, discuss and decide about it."""
    return reverse("glossary:proposal_show", args=[proposal.term.slug, proposal.pk])


def _asks_for(proposal: Proposal) -> str:
    if proposal.kind == ProposalKind.RETIREMENT:
        return gettext("Retirement")
    return gettext("New wording") if proposal.based_on_id else gettext("New term")


def _author(proposal: Proposal) -> str:
    if proposal.author is not None:
        return str(proposal.author)
    return proposal.imported_from or gettext("A former member")


class MeetingColumn(Column):
    """What a meeting decided and nobody has confirmed yet; else the way to the form, for whoever may record."""

    cell_template_name = "glossary/admin/meeting_cell.html"

    def __init__(self, *args: Any, may_record: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_record = may_record

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        """The record and who looks."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        record = getattr(instance, "decision", None)
        return {**context, "record": record, "proposal": instance, "may_record": self.may_record}  # fmt: skip


class ProposalQueue(BaseListingView):
    """Everything that waits for a decision, the oldest first."""

    page_title = _("Shared language")
    header_icon = ICON
    index_url_name = QUEUE
    results_template_name = "glossary/admin/proposal_list_results.html"
    paginate_by = 50
    shown: ClassVar[list[Any]] = [
        TitleColumn("name", label=_("Proposal"), get_url=page_of),
        Column("asks_for", label=_("Asks for"), accessor=_asks_for),
        Column("language", label=_("Language")),
        Column("author", label=_("Proposed by"), accessor=_author),
        DateColumn("written_at", label=_("Waiting since")),
        Column("open_comments", label=_("Open comments")),
    ]

    @cached_property
    def may_record(self) -> bool:
        """Whether the reader may record what a meeting decided."""
        return can_record_meeting(self.request.user)

    @cached_property
    def columns(self) -> list[Any]:
        """What each row says; the last column is the reader's."""
        last = MeetingColumn("meeting", label=_("Meeting"), may_record=self.may_record)
        return [*self.shown, last]

    def get_queryset(self) -> QuerySet[Proposal]:
        """The open proposals with all that a row shows: as many queries for one as for many."""
        open_comments = Count("comments", filter=Q(comments__settled_at__isnull=True))
        rows = proposals_visible_to(self.request.user).filter(status=ProposalStatus.OPEN)
        rows = rows.select_related("term", "author", "decision").annotate(
            open_comments=open_comments
        )
        return rows.order_by("written_at", "pk")

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """To the pages of the members, where a proposal is written."""
        return [
            HeaderButton(_("Propose a wording"), url=reverse("glossary:term_propose"), icon_name="plus", priority=10),
            HeaderButton(_("All proposals"), url=reverse("glossary:proposal_list"), icon_name="list-ul", priority=20),
        ]  # fmt: skip

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the words above the list."""
        explanation = gettext("Proposals that wait for the body that decides. Its members read, discuss and decide on the page of each proposal; nobody changes a definition here.")  # fmt: skip
        if self.may_record:
            explanation += " " + gettext("What was decided in a meeting can be recorded; it takes effect when a member of the body confirms it.")  # fmt: skip
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return {**context, "explanation": explanation}


class MeetingRecord(WagtailAdminTemplateMixin, FormView):
    """Record a decision that was taken in a meeting. It changes nothing until a member of the body confirms it."""

    form_class = MeetingForm
    template_name = "glossary/admin/meeting_record.html"
    page_title = _("Record a decision taken in a meeting")
    header_icon = ICON
    success_url = reverse_lazy(QUEUE)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only the backbone; only what is open and has no record yet."""
        require(can_record_meeting(request.user))
        rows = proposals_visible_to(request.user).exclude(status=ProposalStatus.DRAFT)
        self.proposal = visible_or_404(rows.select_related("term", "decision"), pk=kwargs["proposal_id"])  # fmt: skip
        decided = self.proposal.status != ProposalStatus.OPEN or hasattr(self.proposal, "decision")
        if decided and request.method == "GET":
            messages.warning(request, gettext("This proposal is decided, or the record of a meeting waits to be confirmed. There is nothing to record."))  # fmt: skip
            return redirect(self.success_url)
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """The text that stands beside the form."""
        return {"seen_revision": self.proposal.revision}

    def get_page_subtitle(self) -> str:
        """The term."""
        return self.proposal.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From the queue."""
        queue = {"url": reverse(QUEUE), "label": ProposalQueue.page_title}
        return [*self.breadcrumbs_items, queue, {"url": "", "label": self.page_title, "sublabel": self.proposal.name}]  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Both texts, and where the difference is marked."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        rows = InForce.objects.filter(term=self.proposal.term, language=self.proposal.language)
        row = rows.select_related("version").first()
        return {
            **context, "proposal": self.proposal, "in_force": row.version if row else None,
            "asks_for": _asks_for(self.proposal), "url": page_of(self.proposal), "media": context["form"].media,
            "submit_button_label": gettext("Record, to be confirmed"), "submit_button_active_label": gettext("Recording …"),
        }  # fmt: skip

    def form_valid(self, form: MeetingForm) -> HttpResponse:
        """Record it, or say why not beside what was typed."""
        words = dict(form.cleaned_data)
        outcome = Outcome(words.pop("outcome"))
        try:
            record_meeting(proposal=self.proposal, by=self.request.user, outcome=outcome, **words)
        except DecisionRefused as refusal:
            self.proposal.refresh_from_db()
            # The text is shown as it is now, to be read before the form is sent again.
            form.data = {**self.request.POST.dict(), "seen_revision": str(self.proposal.revision)}
            form.add_error(None, str(refusal))
        except ValidationError as problem:
            form.add_error(None, problem)
        if form.errors:
            return self.form_invalid(form)
        said = gettext("Recorded. It takes effect when a member of the body confirms it on the page of the proposal.")  # fmt: skip
        messages.success(self.request, said)
        return super().form_valid(form)

    def form_invalid(self, form: MeetingForm) -> HttpResponse:
        """Nothing was recorded, and what was typed is kept."""
        messages.error(self.request, gettext("Nothing was recorded; the reason stands below. What you typed is kept."))  # fmt: skip
        return super().form_invalid(form)
