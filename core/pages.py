"""The base of all CMS pages."""

from wagtail.models import Page


class BasePage(Page):
    """What every page type of ours shares: nobody may type a shared password for it."""

    class Meta:
        abstract = True

    @classmethod
    def get_default_privacy_setting(cls, request):  # type: ignore[no-untyped-def]
        """New pages are public unless an editor says otherwise."""
        from wagtail.models import PageViewRestriction

        return {"type": PageViewRestriction.NONE}
