"""The one kind of field for class S: text that is sealed when it is saved and opened when it is read.

    body = EncryptedTextField(sealed_as="journal.body", owner="author_id", kind=OwnerKind.MEMBER)

A model uses it like a text field, but it cannot be filtered, ordered or indexed, takes no part in forms or exports by
itself, and what it gives never shows in a representation or a log line (`PrivateText`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn
from uuid import UUID

from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.expressions import Col
from django.db.models.query_utils import DeferredAttribute

from core.crypto import envelope, owners
from core.crypto.envelope import CannotOpen, Place
from core.crypto.owners import Owner

HIDDEN = "(private text)"


class PrivateText(str):
    """An opened text. As a string it is the text; in a representation, and so in a log or an error report, it is not."""

    __slots__ = ()

    def __repr__(self) -> str:
        return HIDDEN


class Sealed:
    """A value as it stands in the database. It opens through its model's attribute only."""

    __slots__ = ("value",)

    def __init__(self, value: bytes) -> None:
        self.value = value

    def __repr__(self) -> str:
        return "(sealed)"


class SealedCol(Col):
    """The column of a sealed field: it can be fetched, and takes no part in any expression."""

    def resolve_expression(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Raise FieldError: sorting or computing by what is sealed would say nothing, or too much."""
        raise FieldError(f"{self.target.name} is encrypted: it cannot be ordered or computed with.")


class OpeningAttribute(DeferredAttribute):
    """Opens the value when it is read and keeps it opened on the instance; a value that is never read stays sealed."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        """The text. Raises CannotOpen when it was damaged or moved, or its key is gone."""
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = self.field.open(value.value, instance)  # type: ignore[attr-defined]
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        """Keep a sealed value as it is and any other as private text. Raises TypeError for what is no text."""
        if not isinstance(value, Sealed):
            if not isinstance(value, str):
                raise TypeError(f"{self.field.name} takes text.")
            value = PrivateText(value)
        instance.__dict__[self.field.attname] = value


if TYPE_CHECKING:
    _Text = models.Field[str, str]
else:
    _Text = models.Field


class EncryptedTextField(_Text):
    """Text that is sealed under its owner's key.

    `sealed_as` is the field's label, fixed for good and unique: renaming a model or field changes nothing. `owner` names the attribute of the
    row that holds the owner's id, `kind` (of `core.models.OwnerKind`) what the owner is; where rows of one model have owners
    of several kinds, `kind_in` names the attribute that tells. Reading it raises CannotOpen for that value alone.
    """

    description = "text that is sealed"
    descriptor_class = OpeningAttribute

    def __init__(
        self,
        *args: Any,
        sealed_as: str = "",
        owner: str = "",
        kind: str = "",
        kind_in: str = "",
        **kwargs: Any,
    ) -> None:
        self.label, self.owner, self.kind, self.kind_in = sealed_as, owner, str(kind), kind_in
        kwargs.update(default="", editable=False, blank=True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Migrations know a column of bytes alone: label and owner are the model's."""
        name, _path, _args, kwargs = super().deconstruct()
        for given in ("default", "editable", "blank", "verbose_name"):
            kwargs.pop(given, None)
        return name, "django.db.models.BinaryField", (), kwargs

    def get_internal_type(self) -> str:
        """A column of bytes."""
        return "BinaryField"

    def from_db_value(
        self, value: Any, _expression: Any, _connection: Any
    ) -> Sealed | PrivateText | None:
        """What the database holds, unopened. In a column that came later (`db_default=b""`) a row may hold nothing yet."""
        if value is None:
            return None
        if not value and self.has_db_default():
            return PrivateText("")
        return Sealed(bytes(value))

    def to_python(self, value: Any) -> Any:
        """As it is: no serializer brings a private text in."""
        return value

    def get_prep_value(self, value: Any) -> Any:
        """A sealed value alone reaches the database. Raises TypeError for text on its way past the model's `save`."""
        if isinstance(value, Sealed):
            return value.value
        raise TypeError(f"{self.name} is encrypted: set it on the row and save the row.")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """The bytes, as this database takes them."""
        sealed = value if prepared else self.get_prep_value(value)
        return connection.Database.Binary(sealed)

    def pre_save(self, model_instance: Any, add: bool) -> Sealed:
        """The sealed value of this row: what was read and not opened goes back as it is, everything else is sealed anew."""
        value = model_instance.__dict__.get(self.attname, "")
        return value if isinstance(value, Sealed) else self.seal(value, model_instance)

    def seal(self, text: str, instance: Any) -> Sealed:
        """The text, sealed for this row. Raises KeyMissing, KeyDestroyed, or CannotOpen when the owner's key is damaged."""
        owner = self._owner_of(instance)
        key = owners.current_key(owner)
        place = self._place(instance.pk, owner)
        return Sealed(envelope.seal(text, place=place, key=key.secret, generation=key.generation))

    def open(self, value: bytes, instance: Any) -> PrivateText:
        """The text of a value of this row. Raises CannotOpen, or KeyMissing when the keyring lacks a key."""
        return self.open_of(value, row=instance.pk, owner=self._owner_of(instance))

    def open_of(self, value: bytes, *, row: UUID, owner: Owner) -> PrivateText:
        """The same without a row in hand, for lists of thousands. Raises CannotOpen or KeyMissing."""
        try:
            key = owners.key_of(owner, envelope.generation_of(value))
        except owners.KeyDestroyed:
            raise CannotOpen from None
        return PrivateText(envelope.unseal(value, place=self._place(row, owner), key=key))

    def _owner_of(self, instance: Any) -> Owner:
        kind = str(getattr(instance, self.kind_in)) if self.kind_in else self.kind
        return Owner(kind, getattr(instance, self.owner))

    def _place(self, row: UUID, owner: Owner) -> Place:
        return Place(self.label, str(row), str(owner))

    def get_lookup(self, lookup_name: str) -> NoReturn:
        """Raise FieldError: what is sealed cannot be looked for."""
        raise FieldError(f"{self.name} is encrypted: it cannot be filtered.")

    get_transform = get_lookup

    def get_col(self, alias: str, output_field: Any = None) -> Col:
        """A column that can be fetched and nothing else."""
        return SealedCol(alias, self, output_field or self)

    def formfield(self, **_kwargs: Any) -> None:  # type: ignore[override]
        """No form of a model shows it: forms for private text are written by hand."""
        return None

    def value_from_object(self, obj: Any) -> Any:
        """Nothing: serializers and admin pages go this way."""
        return HIDDEN

    def value_to_string(self, obj: Any) -> str:
        """Nothing: serializers go this way."""
        return HIDDEN

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """Django's own, and ours: whose it is and what it is called must be given, and nothing may lean on its value."""
        found = [*super().check(**kwargs)]
        if not (self.label and self.owner and bool(self.kind) is not bool(self.kind_in)):
            found.append(
                checks.Error(
                    f"{self.model._meta.label}.{self.name} must name its label, its owner and the owner's kind.",
                    id="crypto.E001",
                )
            )
        if getattr(self, "db_index", False) or self.unique or self.null:
            found.append(
                checks.Error(
                    f"{self.model._meta.label}.{self.name} is encrypted: no index, no uniqueness, no NULL.",
                    id="crypto.E002",
                )
            )
        return found
