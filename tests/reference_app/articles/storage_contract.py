"""What every storage of the event log promises, as tests; one subclass a storage runs them.

A subclass gives the fixture `reopen`. Power cuts are not tried here: a real folder cannot be asked to lose what it
has not synced.
"""

from collections.abc import Callable

import pytest

from reference_app.articles.log.storage import LOG, Storage

Reopen = Callable[[], Storage]
"""Closes the storage of before, if there is one, and opens it again."""


class StorageContract:
    """The promises of `reference_app.articles.log.storage.Storage`."""

    @pytest.fixture
    def reopen(self) -> Reopen:
        """Opens the storage under test, empty the first time."""
        raise NotImplementedError

    def test_a_new_log_is_empty(self, reopen: Reopen) -> None:
        """A storage that nobody has used has an empty log and no side files."""
        storage = reopen()
        assert (storage.size(), storage.read(0, 10), storage.names()) == (0, b"", [])

    def test_what_is_appended_is_read_in_order(self, reopen: Reopen) -> None:
        """Appended bytes are read back one after the other, by this storage and by the next."""
        storage = reopen()
        storage.append(b"one\n")
        storage.append(b"two\n")
        storage.sync()
        assert (storage.size(), storage.read(0, 100)) == (8, b"one\ntwo\n")
        assert reopen().read(0, 100) == b"one\ntwo\n"

    def test_appending_goes_on_where_the_log_ended(self, reopen: Reopen) -> None:
        """A storage that is opened again appends after what is there."""
        reopen().append(b"one\n")
        storage = reopen()
        storage.append(b"two\n")
        assert storage.read(0, 100) == b"one\ntwo\n"

    @pytest.mark.parametrize(
        ("start", "length", "expected"),
        [(0, 3, b"012"), (4, 3, b"456"), (8, 5, b"89"), (10, 5, b""), (99, 5, b""), (3, 0, b"")],
    )
    def test_any_part_can_be_read(self, reopen: Reopen, start: int, length: int, expected: bytes) -> None:
        """A part is as long as asked for, and shorter only at the end."""
        storage = reopen()
        storage.append(b"0123456789")
        assert storage.read(start, length) == expected

    def test_what_is_cut_off_is_gone(self, reopen: Reopen) -> None:
        """After a cut the log ends there, and the next bytes follow at once."""
        storage = reopen()
        storage.append(b"one\ntwo\n")
        storage.truncate(4)
        storage.sync()
        assert (storage.size(), storage.read(0, 100)) == (4, b"one\n")
        storage.append(b"2\n")
        assert reopen().read(0, 100) == b"one\n2\n"

    @pytest.mark.parametrize("start", [0, 4, 8])
    def test_what_is_written_again_is_the_same(self, reopen: Reopen, start: int) -> None:
        """Writing the log once more from anywhere changes nothing, and appending goes on at its end."""
        storage = reopen()
        storage.append(b"one\ntwo\n")
        storage.rewrite(start)
        storage.sync()
        storage.append(b"3\n")
        assert reopen().read(0, 100) == b"one\ntwo\n3\n"

    def test_a_side_file_is_replaced_whole(self, reopen: Reopen) -> None:
        """A side file holds what was put last, shorter or longer than before."""
        storage = reopen()
        for content in (b"first", b"", b"second and longer", b"3"):
            storage.put("manifest.json", content)
            assert storage.get("manifest.json") == content
        assert reopen().get("manifest.json") == b"3"

    def test_side_files_are_listed_and_nothing_else(self, reopen: Reopen) -> None:
        """The names are those of the side files, sorted; the log is not one."""
        storage = reopen()
        storage.append(b"x")
        storage.put("b", b"")
        storage.put("a", b"")
        assert (storage.names(), reopen().names()) == (["a", "b"], ["a", "b"])

    def test_a_side_file_can_be_removed(self, reopen: Reopen) -> None:
        """What is removed is gone, the others stay; removing what is not there does nothing."""
        storage = reopen()
        storage.put("a", b"a")
        storage.put("b", b"b")
        storage.delete("a")
        storage.delete("never")
        assert (storage.get("a"), storage.get("b"), storage.names()) == (None, b"b", ["b"])

    def test_the_log_and_side_files_do_not_touch(self, reopen: Reopen) -> None:
        """Putting a side file leaves the log as it is, and the other way round."""
        storage = reopen()
        storage.append(b"log")
        storage.put("side", b"side")
        storage.truncate(1)
        assert (storage.read(0, 10), storage.get("side")) == (b"l", b"side")

    @pytest.mark.parametrize("name", ["", ".", "..", "a/b", "/a", f"../{LOG}"])
    def test_a_side_file_stays_in_the_folder(self, reopen: Reopen, name: str) -> None:
        """A name that would lead elsewhere is refused."""
        storage = reopen()
        with pytest.raises(ValueError, match="no name"):
            storage.put(name, b"")

    def test_a_closed_storage_refuses(self, reopen: Reopen) -> None:
        """After closing nothing can be appended."""
        storage = reopen()
        storage.close()
        with pytest.raises(OSError, match="descriptor"):
            storage.append(b"x")
