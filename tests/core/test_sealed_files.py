"""Files that are sealed: what they are bound to, and what happens to one that was touched, cut off or put together anew."""

import io
import uuid

import pytest

from core.crypto import chunks, files, owners
from core.crypto.chunks import CHUNK_BYTES, CONTENT_BYTES, HEAD_BYTES, SealedFile
from core.crypto.envelope import CannotOpen, Place
from core.crypto.owners import Owner
from core.models import OwnerKind

KEY = b"0" * 32
PLACE = Place("accounts.owncopy", "row", "member:somebody")
CONTENT = b"I laughed when she was interrupted. " * 1_500  # four chunks


def sealed(content=CONTENT, **given):
    return b"".join(chunks.sealed([content], place=PLACE, key=KEY, generation=1, **given))


def opened(value, *, place=PLACE, key=KEY):
    file = SealedFile(io.BytesIO(value), place=place, key_of=lambda _generation: key)
    return b"".join(file.content())


def parts(value):
    """Head and chunks."""
    rest = value[HEAD_BYTES:]
    return value[:HEAD_BYTES], [
        rest[at : at + CHUNK_BYTES] for at in range(0, len(rest), CHUNK_BYTES)
    ]


@pytest.mark.once
class TestTheFormat:
    """`chunks`, which knows no database."""

    @pytest.mark.parametrize(
        "size", [0, 1, CONTENT_BYTES - 1, CONTENT_BYTES, CONTENT_BYTES + 1, 3 * CONTENT_BYTES]
    )
    def test_what_is_sealed_opens_again_whatever_its_size(self, size):
        content = b"a" * size
        file = SealedFile(io.BytesIO(sealed(content)), place=PLACE, key_of=lambda _one: KEY)

        assert file.size == size
        assert b"".join(file.content()) == content

    def test_it_does_not_matter_in_which_pieces_it_comes(self):
        pieces = [CONTENT[at : at + 1_000] for at in range(0, len(CONTENT), 1_000)]
        value = b"".join(chunks.sealed(pieces, place=PLACE, key=KEY, generation=1))

        assert opened(value) == CONTENT

    def test_content_that_ends_like_its_padding_stays_whole(self):
        assert opened(sealed(b"\x80\x00\x00")) == b"\x80\x00\x00"

    def test_two_files_of_one_content_differ_and_have_one_size(self):
        assert sealed() != sealed()
        assert len(sealed(b"yes")) == len(sealed(b"a longer answer")) == HEAD_BYTES + CHUNK_BYTES

    def test_nothing_of_the_content_stands_in_it(self):
        assert b"laughed" not in sealed()

    @pytest.mark.parametrize(
        "place",
        [
            Place("another.label", "row", "member:somebody"),
            Place("accounts.owncopy", "another row", "member:somebody"),
            Place("accounts.owncopy", "row", "member:another"),
        ],
        ids=["another label", "another row", "another owner"],
    )
    def test_a_file_that_was_moved_does_not_open(self, place):
        with pytest.raises(CannotOpen):
            opened(sealed(), place=place)

    def test_another_key_opens_nothing(self):
        with pytest.raises(CannotOpen):
            opened(sealed(), key=b"1" * 32)

    @pytest.mark.parametrize("at", [0, 1, 2, 3, 18, 19, 40, 20_000, 40_000, 65_000, -1])
    def test_a_flipped_bit_anywhere_is_noticed(self, at):
        """Version, generation, stamp, nonce, content and tag alike."""
        value = bytearray(sealed())
        value[at] ^= 1

        with pytest.raises(CannotOpen):
            opened(bytes(value))

    @pytest.mark.parametrize("chunks_left", [0, 1, 2, 3])
    def test_a_file_that_was_cut_off_is_refused_before_its_first_byte(self, chunks_left):
        cut = sealed()[: HEAD_BYTES + chunks_left * CHUNK_BYTES]

        with pytest.raises(CannotOpen):
            SealedFile(io.BytesIO(cut), place=PLACE, key_of=lambda _one: KEY)

    @pytest.mark.parametrize("length", [0, 1, HEAD_BYTES, HEAD_BYTES + 100, 40_000])
    def test_a_file_that_was_cut_off_inside_a_chunk_is_refused(self, length):
        with pytest.raises(CannotOpen):
            SealedFile(io.BytesIO(sealed()[:length]), place=PLACE, key_of=lambda _one: KEY)

    @pytest.mark.parametrize(
        "order", [(1, 0, 2, 3), (0, 0, 2, 3), (0, 2, 3), (0, 1, 2, 3, 3), (0, 1, 3, 2)]
    )
    def test_chunks_that_were_reordered_repeated_or_left_out_do_not_open(self, order):
        head, own = parts(sealed())

        with pytest.raises(CannotOpen):
            opened(head + b"".join(own[place] for place in order))

    def test_a_chunk_of_another_file_of_the_same_row_does_not_open(self):
        """Two files of one row, as a second try leaves them, cannot be put together."""
        (head, own), (_other_head, others) = parts(sealed()), parts(sealed())

        with pytest.raises(CannotOpen):
            opened(head + own[0] + others[1] + b"".join(own[2:]))


@pytest.mark.django_db
class TestUnderAnOwnersKey:
    """`files`, which asks for the keys."""

    def make(self, owner, row):
        return b"".join(files.sealed([CONTENT], label="a.file", row=row, owner=owner))

    def test_it_opens_for_its_owner_alone(self):
        ana, ben = (Owner(OwnerKind.MEMBER, uuid.uuid4()) for _one in range(2))
        row = uuid.uuid4()
        value = self.make(ana, row)
        owners.current_key(ben)

        file = files.opened(io.BytesIO(value), label="a.file", row=row, owner=ana)
        assert b"".join(file.content()) == CONTENT
        with pytest.raises(CannotOpen):
            files.opened(io.BytesIO(value), label="a.file", row=row, owner=ben)

    def test_it_opens_after_the_key_was_renewed(self):
        ana, row = Owner(OwnerKind.MEMBER, uuid.uuid4()), uuid.uuid4()
        value = self.make(ana, row)
        owners.renew(ana)

        file = files.opened(io.BytesIO(value), label="a.file", row=row, owner=ana)
        assert file.size == len(CONTENT)

    def test_once_the_key_is_destroyed_no_copy_of_it_opens(self):
        ana, row = Owner(OwnerKind.MEMBER, uuid.uuid4()), uuid.uuid4()
        value = self.make(ana, row)
        owners.destroy(ana)

        with pytest.raises(CannotOpen):
            files.opened(io.BytesIO(value), label="a.file", row=row, owner=ana)
