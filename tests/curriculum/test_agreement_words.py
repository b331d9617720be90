"""What a proposal may hold, and what it must not clash with: a sentence at the field, and nothing half kept."""

import pytest
from django.core.exceptions import ValidationError

from curriculum.glossary.actions import DecisionRefused, adopt_proposal, propose_wording
from curriculum.glossary.models import Proposal, Relation, Term, TermWord
from tests.curriculum.language import agreed, proposed, said_now, words

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LONG = "At most 2,000 letters fit here, and these are 20,000."


def refused(by, term=None, **given):
    """What is said about a proposal that cannot be, by field; nothing of it is there afterwards."""
    before = (Term.objects.count(), Proposal.objects.count())
    with pytest.raises(ValidationError) as refusal:
        propose_wording(words={**words(), **given}, by=by, term=term)
    assert (Term.objects.count(), Proposal.objects.count()) == before
    return refusal.value.message_dict


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"definition": "x" * 20_000}, {"definition": [LONG]}),
        ({"definition": " \n\u200b"}, {"definition": ["Write what the term means."]}),
        ({"definition": "—!"}, {"definition": ["Write what the term means."]}),
        ({"name": "x" * 121}, {"name": ["Ensure this value has at most 120 characters (it has 121)."]}),
        ({"name": "Propose"}, {"name": ["A term cannot have this name, since a page of the site stands at its address."]}),
        ({"name": "!!"}, {"name": ["A term cannot have this name, since a page of the site stands at its address."]}),
        ({"name": "Equity"}, {"name": ["There is a term of this name already. Propose a wording on its page."]}),
        ({"language": "xx"}, {"language": ["This site has no such language."]}),
        ({"related": ["bridge"]}, {"related": ["A term cannot be related to itself."]}),
        ({"broader": ["bridge"]}, {"broader": ["A term cannot be related to itself.", "A term cannot be broader than itself: bridge → bridge."]}),
        ({"related": ["nowhere"]}, {"related": ["“nowhere” is no term of the glossary."]}),
        ({"related": ["equity"], "broader": ["equity"]}, {"related": ["“equity” is named as broader already."]}),
        ({"related": [f"t-{one}" for one in range(41)]}, None),
        ({"aliases": ["x" * 121]}, {"aliases": [f"“{'x' * 40}” is no word of at most 120 letters."]}),
        ({"aliases": [f"Word {one}" for one in range(21)]}, {"aliases": ["At most 20 words fit here."]}),
        ({"aliases": ["Equity"]}, {"aliases": ["“Equity” leads to the term “Equity” already.", "“Equity” is the address of the term “Equity”."]}),
        ({"forms": ["EQUITY"]}, {"forms": ["“EQUITY” leads to the term “Equity” already."]}),
        ({"source_use": "verbatim"}, {"source": ["Name the source of words that are not your own."]}),
        ({"source_url": "javascript:alert(1)"}, {"source_url": ["Enter a valid URL."]}),
        ({"source_use": "stolen", "source": "A book"}, {"source_use": ["Value 'stolen' is not a valid choice."]}),
        ({"we_say": "x" * 1001, "contested": "y" * 1001}, {name: ["At most 1,000 letters fit here, and these are 1,001."] for name in ("we_say", "contested")}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field(cast, given, said):
    found = refused(cast["dev"], **given)

    if said is None:
        said = {"related": ["At most 40 terms fit here.", *(f"“t-{one}” is no term of the glossary." for one in range(41))]}  # fmt: skip
    assert found == said
    assert not Term.objects.filter(slug="bridge").exists()


def test_html_and_script_are_kept_as_text_and_shown_as_text(cast, nobody):
    text = '<script>alert(1)</script><b onclick="x()">&amp; water</b>'
    agreed(cast, definition=text)

    page = nobody.get("/glossary/bridge/").text

    assert said_now("bridge")["definition"] == text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_unseen_characters_doubles_and_edges_are_left_out(cast):
    row = propose_wording(
        words=words("  Bridge\n over\x00  water ", " What\u202e leads\r\nover. ", aliases=["Span ", "span", " ", "Arch"]),
        by=cast["dev"],
    )  # fmt: skip

    assert (row.name, row.definition, row.aliases) == ("Bridge over water", "What leads\nover.", ["Span", "Arch"])  # fmt: skip


class TestClashes:
    def test_an_address_that_is_another_word_for_a_term(self, cast):
        agreed(cast, aliases=["Crossing"])

        assert refused(cast["hana"], name="Crossing") == {
            "name": ["“Crossing” is another word for the term “Bridge”."]
        }

    def test_another_word_whose_address_is_that_of_a_term(self, cast):
        agreed(cast, "Foot bridge")

        assert refused(cast["hana"], name="Ford", aliases=["Foot-bridge"]) == {
            "aliases": ["“Foot-bridge” is the address of the term “Foot bridge”."]
        }

    def test_two_words_that_differ_and_give_one_address(self, cast):
        agreed(cast, aliases=["Cross over"])

        assert refused(cast["hana"], name="Ford", aliases=["Cross-over"]) == {
            "aliases": ["“Cross-over” is the address of the term “Bridge”."]
        }

    @pytest.mark.parametrize("first", [0, 1])
    def test_whichever_is_adopted_first_holds_the_word(self, cast, first):
        """A slug against an alias, in both orders: asked again at the adoption."""
        rows = [proposed(cast["dev"], "Foot bridge"), proposed(cast["dev"], "Ford", aliases=["Foot-bridge"])]  # fmt: skip
        adopt_proposal(proposal=rows[first], by=cast["ben"], seen_revision=1)

        with pytest.raises(DecisionRefused, match=r"[Ff]oot.bridge"):
            adopt_proposal(proposal=rows[1 - first], by=cast["ben"], seen_revision=1)

        assert Term.objects.adopted().filter(slug__in=["foot-bridge", "ford"]).count() == 1
        assert Proposal.objects.get(pk=rows[1 - first].pk).status == "open"

    def test_a_word_that_a_new_wording_gives_up_is_free(self, cast):
        term = agreed(cast, aliases=["Crossing"]).term
        agreed(cast, term=term, aliases=[])

        assert agreed(cast, "Crossing").number == 1

    def test_the_same_word_in_another_language_is_no_clash(self, cast):
        term = agreed(cast, "Radical").term
        agreed(cast, "Radical", term=term, language="es", definition="De raíz.")

        assert TermWord.objects.filter(folded="radical", term=term).count() == 2


def test_broader_terms_make_no_circle_of_any_length(cast):
    one = agreed(cast, "One").term
    two = agreed(cast, "Two", broader=["one"]).term
    agreed(cast, "Three", broader=["two"])

    said = refused(cast["hana"], one, name="One", broader=["three"])

    assert said == {"broader": ["A term cannot be broader than itself: one → three → two → one."]}
    assert list(Relation.objects.filter(term=two).values_list("other__slug", "is_broader")) == [("one", True)]  # fmt: skip


def test_a_circle_that_closed_meanwhile_is_refused_at_the_adoption(cast):
    one, two = agreed(cast, "One").term, agreed(cast, "Two").term
    late = proposed(cast["dev"], "One", term=one, broader=["two"])
    agreed(cast, "Two", term=two, broader=["one"])

    with pytest.raises(DecisionRefused, match="cannot be broader than itself"):
        adopt_proposal(proposal=late, by=cast["ben"], seen_revision=1)
