"""The base of all CMS pages, and what an editor may say about who reads a page or a document."""

from typing import ClassVar

from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction
from wagtail.models.view_restrictions import BaseViewRestriction

OFFERED = (BaseViewRestriction.NONE, BaseViewRestriction.LOGIN)


class BasePage(Page):
    """What every page type of ours shares: it is public, or for all who are signed in."""

    private_page_options: ClassVar[list[str]] = [BaseViewRestriction.LOGIN]

    class Meta:
        abstract = True

    @classmethod
    def get_default_privacy_setting(cls, request):  # type: ignore[no-untyped-def]
        """New pages are public unless an editor says otherwise."""
        return {"type": PageViewRestriction.NONE}


def offer_public_and_signed_in() -> None:
    """Leave these two choices in Wagtail's forms for the privacy of pages and collections, and refuse what else is posted.

    Groups follow from roles, and a role is no reason to read more than others; a password that many know protects
    nothing. The setting of Wagtail takes out the password alone, and has no word for groups.
    """
    choices = tuple(
        choice for choice in BaseViewRestriction.RESTRICTION_CHOICES if choice[0] in OFFERED
    )
    PageViewRestriction.RESTRICTION_CHOICES = choices
    CollectionViewRestriction.RESTRICTION_CHOICES = choices
