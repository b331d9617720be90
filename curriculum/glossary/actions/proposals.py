"""Propose a wording or a retirement, change it while nobody has decided, take it back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.access import require
from core.text import strip_control
from curriculum.glossary import notifications
from curriculum.glossary.choices import CHANGEABLE, TRANSITIONS, ProposalKind, ProposalStatus
from curriculum.glossary.models import WORDS, InForce, Proposal, Term
from curriculum.glossary.permissions import can_change_proposal, can_propose, deciding_body
from curriculum.glossary.wordings import check_lengths, check_wording, refuse_address, tidied
from curriculum.glossary.words import address_of


class StaleProposal(Exception):
    """The proposal was changed or decided since it was shown. Nothing was changed; the message says what to do."""


@transaction.atomic
def propose_wording(
    *, words: dict[str, Any], by: Any, term: Term | None = None, reason: str = "", draft: bool = False,
    imported_from: str = "",
) -> Proposal:  # fmt: skip
    """Propose what a term should say; without `term`, a new one at the address that its name gives.

    The text in force stays as it is. Raises ValidationError at the field that cannot be used.
    """
    require(can_propose(by))
    return write_proposal(
        words=words, by=by, term=term, reason=reason, draft=draft, imported_from=imported_from
    )


@transaction.atomic
def write_proposal(
    *, words: dict[str, Any], by: Any | None, term: Term | None = None, reason: str = "", draft: bool = False,
    imported_from: str = "",
) -> Proposal:  # fmt: skip
    """As `propose_wording`, also for a file that nobody of the initiative wrote (`by` is None). Decides nothing either."""
    words = tidied(words)
    term = term or _new_term(words.get("name", ""))
    if term.retired_at is not None:
        raise ValidationError(
            {"name": _("This term is retired. Propose a new one under another name instead.")}
        )
    proposal = Proposal(
        term=term, author=by, reason=strip_control(reason).strip(), body=deciding_body(), imported_from=imported_from,
        status=ProposalStatus.DRAFT if draft else ProposalStatus.OPEN, **words,
    )  # fmt: skip
    proposal.based_on = _in_force(term, proposal.language)
    _check(proposal)
    proposal.save()
    audit.record("glossary.proposed", by=by, subject=proposal)
    if not draft:
        notifications.proposal_opened(proposal)
    return proposal


@transaction.atomic
def propose_retirement(
    *, term: Term, by: Any, reason: str, replaced_by: Term | None = None
) -> Proposal:
    """Propose that a term be used no longer, and what takes its place. Raises ValidationError."""
    require(can_propose(by))
    version = _in_force(term, settings.LANGUAGE_CODE)
    if version is None or term.retired_at is not None:
        raise ValidationError({"reason": _("Only a term that is in use can be retired.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the term should no longer be used.")})
    if replaced_by is not None and not _can_replace(replaced_by, term):
        raise ValidationError({"replaced_by": _("Choose another term that is in use.")})
    words = {name: getattr(version, name) for name in WORDS}
    return write_retirement(term=term, words=words, by=by, reason=reason, replaced_by=replaced_by)


@transaction.atomic
def write_retirement(
    *, term: Term, words: dict[str, Any], by: Any | None, reason: str, replaced_by: Term | None = None,
    imported_from: str = "",
) -> Proposal:  # fmt: skip
    """As `propose_retirement`, also for a file that nobody wrote here. The term's wording may still wait for the body."""
    proposal = Proposal(
        term=term, author=by, kind=ProposalKind.RETIREMENT, replaced_by=replaced_by,
        reason=strip_control(reason).strip(), body=deciding_body(), based_on=_in_force(term, settings.LANGUAGE_CODE), imported_from=imported_from, **words,
    )  # fmt: skip
    check_lengths(proposal, ["reason"])
    proposal.save()
    audit.record("glossary.proposed", by=by, subject=proposal)
    notifications.proposal_opened(proposal)
    return proposal


@transaction.atomic
def change_proposal(
    *, proposal: Proposal, words: dict[str, Any], seen_revision: int, by: Any, reason: str = ""
) -> Proposal:
    """Change one's own proposal. What was decided on, or changed in another window meanwhile, stays.

    Raises StaleProposal, ValidationError.
    """
    proposal = held(proposal)
    require(can_change_proposal(by, proposal))
    if proposal.revision != seen_revision:
        raise StaleProposal(_("This proposal was changed in another window meanwhile. Your text is still below; compare, then save again."))  # fmt: skip
    before = proposal.term
    if proposal.kind == ProposalKind.WORDING:
        for name, value in tidied(words).items():
            setattr(proposal, name, value)
        proposal.term = _term_of(proposal)
        proposal.based_on = _in_force(proposal.term, proposal.language)
    proposal.reason = strip_control(reason).strip() or proposal.reason
    _check(proposal)
    proposal.revision += 1
    proposal.changed_at = timezone.now()
    proposal.save()
    if proposal.term != before:
        before.delete()
    audit.record("glossary.proposal_changed", by=by, subject=proposal)
    return proposal


@transaction.atomic
def open_proposal(*, proposal: Proposal, by: Any) -> Proposal:
    """Put one's draft before the body."""
    proposal = held(proposal)
    require(can_change_proposal(by, proposal))
    move(proposal, ProposalStatus.OPEN)
    notifications.proposal_opened(proposal)
    return proposal


@transaction.atomic
def withdraw_proposal(*, proposal: Proposal, by: Any) -> Proposal:
    """Take one's own proposal back. It stays readable, as withdrawn."""
    proposal = held(proposal)
    require(can_change_proposal(by, proposal))
    move(proposal, ProposalStatus.WITHDRAWN)
    audit.record("glossary.proposal_withdrawn", by=by, subject=proposal)
    return proposal


def held(proposal: Proposal) -> Proposal:
    """The row as it is now, held until the transaction ends: what others do to it waits."""
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("term", "body")
    found = rows.get(pk=proposal.pk)
    if found.body is None and found.status in CHANGEABLE:
        found.body = deciding_body()  # there was none when it was made
        found.save(update_fields=["body"])
    return found


def move(proposal: Proposal, status: ProposalStatus) -> None:
    """Bring it to a status that may follow on the present one. Raises StaleProposal."""
    if status not in TRANSITIONS[ProposalStatus(proposal.status)]:
        said = _("This proposal is %(status)s already. Nothing was changed.")
        raise StaleProposal(said % {"status": proposal.get_status_display()})
    proposal.status = status
    proposal.changed_at = timezone.now()
    proposal.save(update_fields=["status", "changed_at"])


def _new_term(name: str) -> Term:
    """A term at the address of this name; one that was proposed before and never adopted is the same one.

    Drafts are known to their authors alone and refuse nobody; what waits for a decision is named.
    """
    slug = address_of(name)
    refuse_address(slug)
    there, _new = Term.objects.get_or_create(slug=slug, defaults={"label": name[:120]})
    if there.retired_at is not None:
        raise ValidationError({"name": _("A term of this name is retired. Give the new one another name.")})  # fmt: skip
    if there.versions.exists() or there.proposals.filter(status=ProposalStatus.OPEN).exists():
        raise ValidationError({"name": _("There is a term of this name already. Propose a wording on its page.")})  # fmt: skip
    return there


def _term_of(proposal: Proposal) -> Term:
    """The term itself; while it is proposed here alone and never was adopted, the one at the address of its new name."""
    term: Term = proposal.term
    others = (term.versions, term.related_from, term.proposals.exclude(pk=proposal.pk))
    if any(rows.exists() for rows in others) or address_of(proposal.name) in ("", term.slug):
        return term
    return _new_term(proposal.name)


def _can_replace(other: Term, term: Term) -> bool:
    return other.pk != term.pk and Term.objects.in_use().filter(pk=other.pk).exists()


def _in_force(term: Term, language: str) -> Any:
    row = InForce.objects.filter(term=term, language=language).select_related("version").first()
    return row.version if row else None


def _check(proposal: Proposal) -> None:
    problems: dict[str, list[str]] = {}
    checks = (
        lambda: proposal.full_clean(exclude=["term", "author", "body", "based_on"]),
        lambda: check_lengths(proposal, ["reason"]),
        lambda: check_wording(proposal, proposal.term),
    )
    for check in checks:
        try:
            check()
        except ValidationError as problem:
            for name, words in problem.message_dict.items():
                problems.setdefault(name, []).extend(
                    word for word in words if word not in problems.get(name, [])
                )
    if problems:
        raise ValidationError(problems)
