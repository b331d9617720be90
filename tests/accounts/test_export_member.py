"""`export_member EMAIL`: what is not private, in a file, for who runs the server; and the member sees that it was done."""

import json
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accountability.journal.actions import id_for, save_entry
from accountability.journal.texts import Text
from accounts.leaving import leave
from accounts.management.commands import export_member
from accounts.models import Departure, User
from accounts.owncopy.writing import as_json
from tests.accounts.hands import email_of, log_in

pytestmark = pytest.mark.django_db

SECRET = "I laughed when she was interrupted."


def test_it_writes_a_file_without_private_text_and_says_so(cast, tmp_path, capsys):
    text = Text(body=SECRET)
    save_entry(by=cast["dev"], entry_id=id_for(cast["dev"], uuid4()), text=text, seen=0)

    call_command("export_member", email_of("dev"), to=str(tmp_path))

    (file,) = tmp_path.iterdir()
    found = json.loads(file.read_text(encoding="utf-8"))
    assert file.name.startswith("export-20")
    assert file.stat().st_mode & 0o777 == 0o600
    assert found["rooms"]["accounts"]["data"]["email"] == email_of("dev")
    assert list(found["rooms"]["accounts"]) == ["data"]
    assert "interrupted" not in file.read_text(encoding="utf-8")
    assert "It holds no private text" in capsys.readouterr().out


def test_the_member_sees_that_it_was_done(cast, tmp_path, client):
    """F10."""
    call_command("export_member", email_of("dev"), to=str(tmp_path / "dev.json"))
    log_in(client, "dev")

    assert "written to a file by somebody who runs the server" in client.get("/account/").text


def test_nobody_of_this_address_is_nothing_to_do(cast, tmp_path):
    with pytest.raises(CommandError, match="nothing was written") as refused:
        call_command("export_member", "nobody@nowhere.example", to=str(tmp_path))

    assert refused.value.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_who_is_being_erased_is_written_nowhere(cast, tmp_path, monkeypatch):
    """Neither when erasing has begun, nor when it begins while the file is written: no half of anybody."""
    departure = leave(by=User.objects.get(pk=cast["dev"].pk), takes_along=False)
    row = Departure.objects.filter(pk=departure.pk)

    def begins_meanwhile(*args, **kwargs):
        row.update(begun_at=timezone.now(), chosen_name="", pronouns="")
        return as_json(*args, **kwargs)

    monkeypatch.setattr(export_member, "as_json", begins_meanwhile)
    for _turn in ("meanwhile", "before"):
        with pytest.raises(CommandError, match="is being erased") as refused:
            call_command("export_member", email_of("dev"), to=str(tmp_path))
        assert refused.value.returncode == 1
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_not_written_over(cast, tmp_path):
    file = tmp_path / "dev.json"
    file.write_text("mine")

    with pytest.raises(CommandError, match="is there already") as refused:
        call_command("export_member", email_of("dev"), to=str(file))

    assert refused.value.returncode == 1
    assert file.read_text() == "mine"


def test_a_place_that_cannot_be_written_is_refused_with_a_sentence(cast, tmp_path):
    with pytest.raises(CommandError, match="could not be written") as refused:
        call_command("export_member", email_of("dev"), to=str(tmp_path / "away" / "dev.json"))

    assert refused.value.returncode == 1
