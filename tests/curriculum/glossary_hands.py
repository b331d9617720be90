"""What the stories of the glossary's pages have in common: wordings, proposals, their addresses and forms."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from curriculum.glossary.actions import (
    propose_wording,
)
from curriculum.glossary.models import (
    WORDS,
    InForce,
)


def in_force(slug="equity", language="en"):
    """The wording that readers see."""
    return InForce.objects.get(term__slug=slug, language=language).version


def proposed(by, slug="equity", **changes):
    """A wording of a term that is proposed: that in force with these changes."""
    version = in_force(slug)
    words = {name: getattr(version, name) for name in WORDS} | changes
    return propose_wording(words=words, by=by, term=version.term, reason="It is shorter.")


def new_term(by, name="Okapi", **more):
    """A term that nobody has agreed on yet."""
    words = {"language": "en", "name": name, "definition": "A shy animal."}
    return propose_wording(words=words, by=by, **more)


def page_of(proposal, act=""):
    """The address of a proposal, or of something that is done with it."""
    return f"/glossary/{proposal.term.slug}/proposals/{proposal.pk}/{act}"


def form_of(version, **changes):
    """What the form of a wording sends."""
    words = {name: getattr(version, name) for name in WORDS} | changes
    return {
        name: "\n".join(value) if isinstance(value, list) else value
        for name, value in words.items()
        if value is not False
    }


def queries_of(client, address):
    """How many queries a page takes, the second time it is asked for."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
