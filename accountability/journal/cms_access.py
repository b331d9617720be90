"""Who edits the questions to begin with: editors and the backbone. Nothing else of the journal is in the CMS."""

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType

from accountability.journal.models import Prompt
from accounts.actions import GROUP_OF_ROLE, cms_group
from accounts.choices import RoleKind

EDITED_BY = (RoleKind.EDITOR, RoleKind.BACKBONE)


def grant_prompt_permissions() -> None:
    """Give the groups that follow from roles their rights. Running it again changes nothing."""
    rights = Permission.objects.filter(content_type=ContentType.objects.get_for_model(Prompt))
    for kind in EDITED_BY:
        cms_group(GROUP_OF_ROLE[kind]).permissions.add(*rights)
