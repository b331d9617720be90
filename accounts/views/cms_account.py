"""The editor's own page in the CMS: language, clock, colors and mails of the CMS, and nothing about the person."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin import messages
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel, NameEmailSettingsPanel
from wagtail.users.models import UserProfile

ABOUT_THE_PERSON = (NameEmailSettingsPanel, AvatarSettingsPanel)


@method_decorator(sensitive_post_parameters(), name="post")
class CmsAccountView(AccountView):
    """Wagtail's page without first name, last name and picture: a member goes by the name they chose, without a photo."""

    def get_panels(self) -> list[Any]:
        """Wagtail's panels but those that ask who somebody is."""
        return [panel for panel in super().get_panels() if not isinstance(panel, ABOUT_THE_PERSON)]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save the preferences. Unlike Wagtail's, no line with the member's name goes into the site's history."""
        forms = [panel.get_form() for panel in self.get_panels()]
        if not all(form.is_valid() for form in forms):
            return self.render_to_response(self.get_context_data())
        with transaction.atomic():
            for form in forms:
                form.save()
        with override(UserProfile.get_for_user(request.user).get_preferred_language()):
            messages.success(request, _("Saved."))
        return redirect("wagtailadmin_account")
