"""The member: a person with an account."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.validators import known_time_zone
from core.privacy import Audience, Field, seen_by

#: What is known of whether a member belongs to the organization that they name.
CONFIRMATION = (
    "organization_confirmed_at",
    "organization_confirmed_by_id",
    "organization_doubted_at",
)


class UserManager(BaseUserManager["User"]):
    """Makes members. E-mail addresses are kept in lower case, so that one mailbox is one account."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create a member. Raises ValueError without an address."""
        if not email:
            raise ValueError("A member needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create an operator's account, for Django's own command. The role is given by `accounts.actions`."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """The member with this address, whatever its case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account: an e-mail address to sign in with and a name they chose. No legal name, no photo."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    chosen_name = models.CharField(
        _("name you go by"),
        max_length=80,
        blank=True,
        help_text=_("Others in your cohort see it. It need not be your legal name."),
    )
    pronouns = models.CharField(
        _("pronouns"), max_length=40, blank=True, help_text=_("Optional, in your own words.")
    )
    organization = models.ForeignKey(
        "accounts.Organization",
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="members",
    )
    # Whether others of the organization know them there: naming it alone lets nobody speak for it (accounts.belonging).
    organization_confirmed_at = models.DateTimeField(
        _("when it was confirmed that you belong there"), null=True, blank=True, editable=False
    )
    organization_confirmed_by = models.ForeignKey(
        "self",
        verbose_name=_("who confirmed it"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    organization_doubted_at = models.DateTimeField(
        _("when somebody there said that they do not know you"),
        null=True,
        blank=True,
        editable=False,
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[known_time_zone]
    )
    language = models.CharField(_("language"), max_length=8, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    # When the way in was last made anew through the mailbox alone (accounts.permissions.journal_shut_until).
    password_reset_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Part of what every session proves: one more, and all sessions of the member have ended.
    session_epoch = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Privacy:
        """What others may know of a member."""

        fields: ClassVar[dict[str, Field]] = {
            "id": seen_by(Audience.NOBODY, why=_("key of the row")),
            "email": seen_by(
                Audience.AUTHOR,
                Audience.BACKBONE,
                why=_("signing in and inviting"),
                control="account_email",
            ),
            "chosen_name": seen_by(
                Audience.MEMBERS, why=_("people meet by name"), control="accounts:profile_edit"
            ),
            "pronouns": seen_by(
                Audience.MEMBERS,
                why=_("so that others speak of you as you wish"),
                control="accounts:profile_edit",
            ),
            "organization": seen_by(
                Audience.MEMBERS,
                why=_("people meet as colleagues"),
                control="accounts:profile_edit",
            ),
            **{
                name: seen_by(
                    Audience.AUTHOR,
                    Audience.ORGANIZATION,
                    Audience.BACKBONE,
                    why=_("so that nobody speaks for an organization that does not know them"),
                    control="accounts:belonging_show",
                )
                for name in ("organization_confirmed_at", "organization_doubted_at")
            },
            "organization_confirmed_by": seen_by(
                Audience.BACKBONE, why=_("so that a mistake can be put right")
            ),
            "time_zone": seen_by(
                Audience.AUTHOR, why=_("dates are shown in it"), control="accounts:profile_edit"
            ),
            "language": seen_by(
                Audience.AUTHOR, why=_("pages are shown in it"), control="accounts:profile_edit"
            ),
            "is_active": seen_by(Audience.BACKBONE, why=_("an account can be suspended")),
            "date_joined": seen_by(Audience.AUTHOR, Audience.BACKBONE, why=_("who is new")),
            "last_login": seen_by(Audience.AUTHOR, why=_("to notice a log-in that was not yours")),
            "password_reset_at": seen_by(
                Audience.AUTHOR, why=_("the journal stays shut for a day after a password reset")
            ),
            "session_epoch": seen_by(Audience.NOBODY, why=_("ends all sessions at once")),
            "password": seen_by(
                Audience.NOBODY, why=_("kept as a hash"), control="account_change_password"
            ),
            "is_superuser": seen_by(Audience.OPERATOR, why=_("follows from the role of operator")),
            "groups": seen_by(Audience.OPERATOR, why=_("follow from roles; for the CMS alone")),
            "user_permissions": seen_by(Audience.NOBODY, why=_("unused")),
        }

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="member_email_is_lower_case"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["chosen_name", "id"], name="members_by_name"),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def clean(self) -> None:
        """Keep the address in lower case."""
        super().clean()
        self.email = self.email.strip().lower()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the address in lower case, however it was typed. Another organization has confirmed nothing yet."""
        self.email = self.email.strip().lower()
        written = kwargs.get("update_fields")
        if not self._state.adding and (
            written is None or {"organization", "organization_id"} & {*written}
        ):
            self._keep_or_empty_confirmation()
            if written is not None:
                kwargs["update_fields"] = {*written, *CONFIRMATION}
        super().save(*args, **kwargs)

    def _keep_or_empty_confirmation(self) -> None:
        """What was confirmed stays as it stands in the database, for the organization for which it was, and is empty for another.

        A whole row that was read earlier so brings nothing back that was taken away since.
        """
        rows = type(self).objects.filter(pk=self.pk).values("organization_id", *CONFIRMATION)
        stands = rows.first() or {}
        same = bool(stands) and stands["organization_id"] == self.organization_id
        for name in CONFIRMATION:
            setattr(self, name, stands[name] if same else None)

    def get_full_name(self) -> str:
        """The name others see; before one is chosen, and once they left, a plain word and never a part of the address."""
        return self.chosen_name or str(_("New member") if self.is_active else _("Former member"))

    get_short_name = get_full_name
    get_username = AbstractBaseUser.get_username

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must hold to be this member's: it changes with the password and with `session_epoch`."""
        value = f"{self.password}|{self.session_epoch}"
        return salted_hmac("accounts.session", value, secret=secret, algorithm="sha256").hexdigest()

    @property
    def is_staff(self) -> bool:
        """Packages ask this before showing Django's admin, which does not exist here."""
        return False

    @property
    def initials(self) -> str:
        """Two letters for the round mark beside the name."""
        return "".join(word[0] for word in self.get_full_name().split()[:2]).upper()

    @cached_property
    def role_names(self) -> frozenset[str]:
        """The kinds of the roles this member holds now: one query per request."""
        return frozenset(self.roles.in_force().values_list("kind", flat=True))
