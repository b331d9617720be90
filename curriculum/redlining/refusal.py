"""The one error of this package: a file that is not imported, and why."""

from django.utils.translation import gettext as _


class MapRefused(Exception):
    """A file that cannot become a map. `str()` is a whole sentence: the file, the feature if any, the reason."""

    def __init__(self, file_name: str, reason: str, feature: str = "") -> None:
        self.file_name, self.reason, self.feature = file_name, reason, feature
        about = {"file": file_name, "feature": feature, "reason": reason}
        if feature:
            sentence = _("%(file)s was not imported: %(feature)s %(reason)s Nothing was changed.")
        else:
            sentence = _("%(file)s was not imported: %(reason)s Nothing was changed.")
        super().__init__(sentence % about)


class Flaw(Exception):
    """What is wrong with one feature, said without its name; `geojson` adds file and feature."""
