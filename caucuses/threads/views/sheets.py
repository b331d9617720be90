"""What a page that is written on stands on: the seat, the conversation (None for a new one), the draft, the post that is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from caucuses.models import Seat
from caucuses.threads.actions.quoting import passage, quotable
from caucuses.threads.forms import BeginForm, ReplyForm, WritingForm
from caucuses.threads.models import Draft, Post, Thread
from caucuses.threads.permissions import can_read_post
from caucuses.threads.reading import Names, Quote, html_from, title_of
from caucuses.threads.views.pages import address_of, saved_when
from core.fragments import address
from core.text import trusted


@dataclass(frozen=True)
class Sheet:
    """One writing page."""

    seat: Seat
    thread: Thread | None
    draft: Draft | None = None
    answers: Post | None = None  # chosen on the page, instead of what the draft answers

    @property
    def form_class(self) -> type[WritingForm]:
        """Which form it has."""
        return BeginForm if self.thread is None else ReplyForm

    @property
    def quoted(self) -> Post | None:
        """The post that is answered, while the seat reads it; whether it may be quoted is asked again when it is posted."""
        post = self.answers or (self.draft.quotes if self.draft else None)
        if post is None or post.hidden_at is not None or not can_read_post(self.seat, post):
            return None
        return post

    @property
    def action(self) -> str:
        """Where its form goes."""
        return self._address("thread_begin", "reply_write")

    @property
    def keep(self) -> str:
        """Where its script saves."""
        return self._address("draft_begin", "draft_keep")

    @property
    def discard(self) -> str:
        """Where its draft is thrown away."""
        return self._address("draft_drop", "draft_discard")

    @property
    def back(self) -> str:
        """Where one goes who writes nothing."""
        if self.thread is not None:
            return address_of(self.thread)
        return address("threads:thread_list", self.seat.caucus_id)

    def form(self) -> WritingForm:
        """The form with what was written before."""
        form = self.form_class.of(self.draft)
        if self.answers is not None:
            form.initial["quotes"] = self.answers.pk
        return form

    def shown(self, form: WritingForm) -> dict[str, Any]:
        """What templates show."""
        quoted, quote = self.quoted, None
        if quoted is not None and (text := passage(quoted)):
            quote = Quote(quoted.pk, Names().of(quoted.seat), text)
        return {
            "seat": self.seat,
            "thread": self.thread,
            "base": address_of(self.thread) if self.thread else "",
            "title": title_of(self.seat, self.thread) if self.thread else None,
            "sheet": self,
            "form": form,
            "quote": quote,
            "draft_at": saved_when(self.draft) if self.draft else "",
        }

    def page(self, request: HttpRequest, form: WritingForm, **more: Any) -> HttpResponse:
        """The page alone."""
        status = more.pop("status", 200)
        template = (
            "threads/thread_begin.html" if self.thread is None else "threads/reply_write.html"
        )
        return render(request, template, {**self.shown(form), **more}, status=status)

    def preview(self, request: HttpRequest, form: WritingForm) -> HttpResponse:
        """The page with the post above it as it would be shown."""
        made = trusted(html_from(form.cleaned_data["text"]))
        heading = form.cleaned_data.get("title", "")
        return self.page(request, form.again(self.draft), preview=made, heading=heading)

    def conflict(self, request: HttpRequest, form: WritingForm, other: Draft) -> HttpResponse:
        """Both texts, where another page has saved another one: neither is lost before its writer has chosen."""
        sheet = Sheet(self.seat, self.thread, other, self.answers)
        context = {**sheet.shown(form.again(other)), "other": other}
        return render(request, "threads/draft_conflict.html", context, status=409)

    def _address(self, new: str, reply: str) -> str:
        if self.thread is None:
            return address(f"threads:{new}", self.seat.caucus_id)
        return address(f"threads:{reply}", self.seat.caucus_id, self.thread.pk)


def answered(seat: Seat, thread: Thread | None, post_id: UUID | None) -> Post | None:
    """The post that an address or a form says is answered; None where it may not be."""
    return quotable(seat, thread, post_id) if thread is not None else None
