"""Inviting into one cohort: the ways there are, and links to join by."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from backbone.views.inviting import open_cohort
from cohorts.actions import CohortIsOver, LinkGone, end_join_link, make_join_link
from cohorts.inviting_forms import LinkForm
from cohorts.models import Cohort
from cohorts.permissions import (
    cohorts_visible_to,
    imports_visible_to,
    invitations_visible_to,
    join_links_visible_to,
)
from core.access import BACKBONE, acting_member, open_to, visible_or_404
from core.idempotency import FIELD, once
from core.keptform import keeps

A_PAGE = 20
MOST_FILES = 5


@open_to(BACKBONE)
@require_GET
def invite_show(request: HttpRequest, slug: str) -> HttpResponse:
    """The three ways into a cohort, its links, and one's own files of the last day."""
    cohort = visible_or_404(cohorts_visible_to(request.user), slug=slug)
    links: Any = join_links_visible_to(request.user).filter(cohort=cohort)
    invitations: Any = invitations_visible_to(request.user)
    files = imports_visible_to(request.user).filter(cohort=cohort).defer("data")
    context = {
        "cohort": cohort,
        "is_over": not Cohort.objects.not_over().filter(pk=cohort.pk).exists(),
        "open": invitations.open().filter(cohort=cohort).count(),
        "links": Paginator(links.for_page(), A_PAGE).get_page(request.GET.get("page")),
        "usable": set(links.usable().values_list("pk", flat=True)),
        "files": files.order_by("-uploaded_at", "-pk")[:MOST_FILES],
    }
    return render(request, "backbone/invite_show.html", context)


@open_to(BACKBONE)
@require_http_methods(["GET", "POST"])
@keeps(LinkForm)
def invite_link(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a link, which is shown on the answer alone. The same form sent twice shows the same link."""
    cohort = open_cohort(request, slug)
    if cohort is None:
        return redirect("backbone:invite_show", slug)
    form = LinkForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "cohort": cohort}
    if request.method == "GET" or not form.is_valid():
        return render(request, "backbone/invite_link.html", context)
    try:
        made = make_join_link(
            cohort=cohort, **form.cleaned_data, form=_form_id(request), by=acting_member(request)
        )
    except CohortIsOver:
        form.add_error(None, _("This cohort has ended meanwhile, so no link was made."))
        return render(request, "backbone/invite_link.html", context)
    except LinkGone:
        messages.info(request, _("This form has made its link already, and a link is shown only once. Nothing was made now."))  # fmt: skip
        return redirect("backbone:invite_show", slug)
    return render(request, "backbone/link_made.html", {"cohort": cohort, "made": made})


@open_to(BACKBONE)
@require_http_methods(["GET", "POST"])
@once
def link_end(request: HttpRequest, slug: str, link_id: UUID) -> HttpResponse:
    """Ask, and then end the link."""
    rows = join_links_visible_to(request.user).select_related("cohort", "made_by")
    link = visible_or_404(rows, pk=link_id, cohort__slug=slug)
    if request.method == "GET":
        return render(request, "backbone/link_end.html", {"link": link, "cohort": link.cohort})
    if end_join_link(link=link, by=acting_member(request)):
        messages.success(request, _("Ended. Nobody joins by this link any more; who has joined stays."))  # fmt: skip
    else:
        messages.info(request, _("This link was ended before."))
    return redirect("backbone:invite_show", slug)


def _form_id(request: HttpRequest) -> UUID:
    """The random id of the form that was sent; another one where it has none."""
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return uuid4()
