"""The kernel that seals: what a value is bound to, what happens to one that was touched, and whose keys there are."""

import json
import subprocess
import uuid
from pathlib import Path

import pytest
from django.db import connections
from django.utils import timezone

from core.crypto import envelope, erasures, owners
from core.crypto.envelope import CannotOpen, Place
from core.crypto.owners import KeyDestroyed, Owner, TooSoon
from core.models import DataKey, KeyOwner, OwnerKind
from tests.vectors import make

SECRET = "I laughed when she was interrupted."
KEY = b"0" * 32
PLACE = Place("journal.body", "row", "member:somebody")


def sealed(text=SECRET, *, generation=1):
    return envelope.seal(text, place=PLACE, key=KEY, generation=generation)


@pytest.mark.once
class TestTheFormat:
    """`envelope`, which knows no database."""

    @pytest.mark.parametrize("text", [*make.TEXTS.values(), "\x80" * 300, "a" * 5_000])
    def test_what_is_sealed_opens_again(self, text):
        assert envelope.unseal(sealed(text), place=PLACE, key=KEY) == text

    def test_the_same_text_twice_gives_two_values_of_one_size(self):
        first, second = sealed("yes"), sealed("a much longer answer, and still a short one")

        assert sealed("yes") != first
        assert len(first) == len(second) == 15 + 256 + 16

    @pytest.mark.parametrize(("letters", "size"), [(255, 256), (256, 1024), (1024, 4096)])
    def test_sizes_come_in_steps(self, letters, size):
        assert len(sealed("a" * letters)) == 15 + size + 16

    @pytest.mark.parametrize(
        "place",
        [
            Place("journal.title", "row", "member:somebody"),
            Place("journal.body", "another row", "member:somebody"),
            Place("journal.body", "row", "member:another"),
        ],
        ids=["another field", "another row", "another owner"],
    )
    def test_a_value_that_was_moved_does_not_open(self, place):
        with pytest.raises(CannotOpen):
            envelope.unseal(sealed(), place=place, key=KEY)

    @pytest.mark.parametrize("place", range(0, 287, 7))
    def test_a_flipped_bit_anywhere_is_noticed(self, place):
        """C4: version, generation, nonce, text and tag alike."""
        value = bytearray(sealed())
        value[place] ^= 1

        with pytest.raises(CannotOpen):
            envelope.unseal(bytes(value), place=PLACE, key=KEY)

    @pytest.mark.parametrize("length", [0, 1, 14, 15, 100, 286])
    def test_a_truncated_value_does_not_open(self, length):
        with pytest.raises(CannotOpen):
            envelope.unseal(sealed()[:length], place=PLACE, key=KEY)

    def test_another_generation_is_another_place(self):
        value = bytearray(sealed(generation=2))
        value[2] = 1

        with pytest.raises(CannotOpen):
            envelope.unseal(bytes(value), place=PLACE, key=KEY)

    def test_a_data_key_opens_for_its_owner_generation_and_wrapping_key_alone(self):
        given = {"owner": "member:a", "generation": 1, "by": KEY, "name": "k1"}
        wrapped = envelope.wrap(KEY, **given)

        assert envelope.unwrap(wrapped, **given) == KEY
        for change in ({"owner": "member:b"}, {"generation": 2}, {"name": "k2"}, {"by": b"1" * 32}):
            with pytest.raises(CannotOpen):
                envelope.unwrap(wrapped, **{**given, **change})


@pytest.mark.once
class TestKnownAnswers:
    """C10: the format is written down, and another implementation opens it."""

    def test_the_known_answers_are_still_what_we_make(self):
        assert json.loads(make.FILE.read_text()) == json.loads(json.dumps(make.answers()))

    def test_node_opens_them(self):
        program = Path(make.__file__).with_name("open.mjs")
        try:
            done = subprocess.run(
                ["node", program, make.FILE], capture_output=True, text=True, check=True
            )
        except FileNotFoundError:
            pytest.skip("Node is not installed; the browser's own WebCrypto opens them below.")

        assert json.loads(done.stdout) == [*make.TEXTS, *make.FILES]

    @pytest.mark.browser
    def test_a_browser_opens_them(self, browser):
        program = Path(make.__file__).with_name("open.mjs").read_text()
        page = browser.new_context().new_page()
        page.goto("chrome://version/")  # a page with WebCrypto that asks no server
        right = page.evaluate(
            f"""async (answers) => {{ {program.replace("export ", "").partition("if (typeof process")[0]}
            return opened(answers); }}""",
            json.loads(make.FILE.read_text()),
        )

        assert right == [*make.TEXTS, *make.FILES]


@pytest.fixture
def ana():
    return Owner(OwnerKind.MEMBER, uuid.uuid4())


@pytest.mark.django_db
class TestDataKeys:
    """Owners and their keys."""

    def test_an_owner_has_one_key_that_stays(self, ana):
        first = owners.current_key(ana)
        owners.forget()

        assert owners.current_key(ana) == first
        assert DataKey.objects.filter(owner=KeyOwner.objects.get(ref=ana.ref).pk).count() == 1

    def test_many_owners_are_made_ready_and_asked_for_in_two_questions(self, ana):
        some = [ana, Owner(OwnerKind.MEMBER, uuid.uuid4()), Owner(OwnerKind.PAIR, uuid.uuid4())]
        owners.get_ready(some)
        owners.forget()
        with connections["keys"].execute_wrapper(_counting(seen := [])):
            owners.get_ready(some)
            for owner in some:
                owners.current_key(owner)

        assert len(seen) == 2

    def test_a_new_generation_seals_and_the_old_one_still_opens_until_it_is_retired(self, ana):
        """An older value that is put back by hand no longer opens once its generation is retired."""
        old = owners.current_key(ana)
        new = owners.renew(ana)

        assert (old.generation, new.generation) == (1, 2)
        assert owners.current_key(ana) == new
        assert owners.key_of(ana, 1) == old.secret

        with pytest.raises(TooSoon):  # another process may still seal with it
            owners.retire(ana, before=2)
        KeyOwner.objects.update(renewed_at=timezone.now() - owners.SETTLES_IN)
        owners.retire(ana, before=2)

        with pytest.raises(CannotOpen):
            owners.key_of(ana, 1)

    def test_a_destroyed_key_opens_nothing_and_is_never_made_again(self, ana, settings, tmp_path):
        settings.ERASURES_FILE = tmp_path / "keys" / "erasures.jsonl"
        owners.current_key(ana)
        owners.destroy(ana)
        owners.destroy(ana)

        with pytest.raises(KeyDestroyed):
            owners.current_key(ana)
        with pytest.raises(KeyDestroyed):
            owners.key_of(ana, 1)
        assert list(erasures.noted()) == [("member", ana.ref)]
        assert settings.ERASURES_FILE.stat().st_mode & 0o777 == 0o600

    def test_a_destroyed_key_stays_destroyed_though_it_was_never_used(self, ana):
        owners.destroy(ana)

        with pytest.raises(KeyDestroyed):
            owners.current_key(ana)

    def test_a_key_that_a_backup_brought_back_is_destroyed_again(self, ana, settings, tmp_path):
        """C8: at the next start, as `prepare` does it."""
        settings.ERASURES_FILE = tmp_path / "erasures.jsonl"
        owners.current_key(ana)
        kept = list(DataKey.objects.all()), list(KeyOwner.objects.all())
        owners.destroy(ana)
        DataKey.objects.all().delete()
        KeyOwner.objects.all().delete()
        KeyOwner.objects.bulk_create(kept[1])
        DataKey.objects.bulk_create(kept[0])
        owners.forget()
        assert owners.current_key(ana)

        assert (owners.destroy_again(), owners.destroy_again()) == (1, 0)

        with pytest.raises(KeyDestroyed):
            owners.current_key(ana)
        assert list(erasures.noted()) == [("member", ana.ref)]

    def test_one_that_is_damaged_or_gone_keeps_no_other_waiting(self, ana):
        damaged, gone = Owner(OwnerKind.MEMBER, uuid.uuid4()), Owner(OwnerKind.MEMBER, uuid.uuid4())
        owners.get_ready([ana, damaged, gone])
        row = KeyOwner.objects.get(ref=damaged.ref)
        DataKey.objects.filter(owner=row.pk).update(wrapped=b"x" * 60)
        owners.destroy(gone)
        owners.forget()

        assert owners.get_ready([ana, damaged, gone]) == {damaged, gone}
        assert owners.current_key(ana).generation == 1
        with pytest.raises(CannotOpen):
            owners.current_key(damaged)

    def test_a_half_written_line_of_the_erasures_is_passed_over(self, ana, settings, tmp_path):
        settings.ERASURES_FILE = tmp_path / "erasures.jsonl"
        erasures.note("member", ana.ref)
        with settings.ERASURES_FILE.open("a") as file:
            file.write('{"kind": "mem')

        assert list(erasures.noted()) == [("member", ana.ref)]


def _counting(seen):
    def count(execute, sql, params, many, context):
        if sql.startswith("SELECT"):
            seen.append(sql)
        return execute(sql, params, many, context)

    return count
