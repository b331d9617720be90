"""What a chooser of the editors' area makes of a value that it never offered."""

import pytest


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["'\"\\;--", "1e3", "9" * 40])
def test_what_is_no_rows_number_is_an_error_of_its_field(as_, typed):
    page = as_("rui").post(
        "/admin/pages/create/curriculum/lessonpage", {"locale": "1", "parent_page": typed}
    )

    assert page.status_code == 200
    assert "Select a valid choice" in page.content.decode()
