"""What the glossary adds to the editors' admin: the window in which a term is chosen."""

from wagtail import hooks

from curriculum.glossary.choosing import TermChooserViewSet, term_chooser


@hooks.register("register_admin_viewset")
def register_term_chooser() -> TermChooserViewSet:
    """The chooser of terms."""
    return term_chooser
