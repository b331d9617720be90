"""What editors and the backbone may do in the CMS: editors write and publish, the backbone can lock a page besides."""

from django.contrib.auth.models import Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from accounts.actions import GROUP_OF_ROLE, cms_group
from accounts.choices import RoleKind

PAGE_RIGHTS = {
    RoleKind.EDITOR: ("add_page", "change_page", "publish_page"),
    RoleKind.BACKBONE: ("add_page", "change_page", "publish_page", "lock_page"),
}
FILE_RIGHTS = (
    "add_image",
    "change_image",
    "choose_image",
    "add_document",
    "change_document",
    "choose_document",
)
BACKBONE_RIGHTS = ("change_initiative",)
CONTENT_RIGHTS = (
    "view_redliningmap",
    "add_redliningmap",
    "change_redliningmap",
    "view_fact",
    "add_fact",
    "change_fact",
    "delete_fact",
)


def grant_page_permissions(learn: Page) -> None:
    """Give the groups that follow from roles their rights below the index of modules. Running it again changes nothing."""
    root = Collection.get_first_root_node()
    for kind, rights in PAGE_RIGHTS.items():
        group = cms_group(GROUP_OF_ROLE[kind])
        for permission in _permissions(rights):
            GroupPagePermission.objects.get_or_create(
                group=group, page=learn, permission=permission
            )
        for permission in _permissions(FILE_RIGHTS):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=root, permission=permission
            )
        extra = CONTENT_RIGHTS + (BACKBONE_RIGHTS if kind is RoleKind.BACKBONE else ())
        group.permissions.add(*_permissions(extra))


def _permissions(codenames: tuple[str, ...]) -> list[Permission]:
    found = Permission.objects.filter(codename__in=codenames)
    return list(found)
