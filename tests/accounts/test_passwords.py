"""What a password may not be made of."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    "given", ["Lodestar-2026!", "racial equity 1", "welcomelodestar", "RIVERTON_riverton"]
)
def test_words_of_this_site_alone_are_refused(given):
    """B2: what whoever guesses tries first."""
    with pytest.raises(ValidationError) as refused:
        validate_password(given)

    assert [error.code for error in refused.value.error_list] == ["password_of_our_words"]


@pytest.mark.parametrize(
    "given", ["lodestar heron lantern", "8492-kelp-5510-moss", "équité à midi"]
)
def test_with_words_of_ones_own_it_is_taken(given):
    assert validate_password(given) is None


def test_the_demonstrations_own_password_is_refused_in_production(settings):
    settings.PASSWORD_WORDS = [*settings.PASSWORD_WORDS, "demo"]

    with pytest.raises(ValidationError):
        validate_password("lodestar-demo")
