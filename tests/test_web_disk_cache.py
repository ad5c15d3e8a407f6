"""The folder of cards when the disk is full, read-only or gone, and when several servers share it."""

import errno
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from starlette.applications import Starlette
from web_client import ask

from two_shields.exhibits.registry import lead
from two_shields.export import image_export
from two_shields.state.views import AidView
from two_shields.web import cards, preview
from two_shields.web.disk_cache import DiskCache, code_version

ROOT = Path(__file__).resolve().parent.parent
APP = Starlette(routes=preview.ROUTES)


@pytest.fixture
def drawn(record, monkeypatch):
    """Every card with a chart is these bytes; how often one was drawn."""
    times = []
    monkeypatch.setattr(cards, "with_chart", lambda *_: times.append(1) or b"a card with a chart")
    return times


def use(disk, monkeypatch):
    monkeypatch.setattr(preview, "card_cache", lambda: disk)
    return disk


def is_served(times):
    """Twice the card, with its chart."""
    for _ in range(2):
        answer = ask(APP, "/preview/aid.png")
        assert (answer.status, answer.body) == (200, b"a card with a chart")
    return len(times)


def left(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO], ids=errno.errorcode.get)
@pytest.mark.parametrize("step", ["mkstemp", "write", "replace"])
def test_a_disk_that_takes_nothing_keeps_nothing_and_cards_are_served(number, step, drawn, monkeypatch):
    disk = use(DiskCache("cards"), monkeypatch)

    def fail(*_, **__):
        raise OSError(number, os.strerror(number))

    def write_half(path, content):
        with path.open("wb") as file:
            file.write(content[: len(content) // 2])
        fail()

    of, name, does = {
        "mkstemp": (tempfile, "mkstemp", fail), "write": (Path, "write_bytes", write_half), "replace": (Path, "replace", fail),
    }[step]  # fmt: skip
    monkeypatch.setattr(of, name, does)
    assert is_served(drawn) == 2
    assert left(disk.folder) == []


@pytest.mark.process
def test_a_full_disk_for_real(drawn, monkeypatch, tmp_path):
    small = tmp_path / "small"
    small.mkdir(mode=0o700)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", str(small)], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    try:
        disk = use(DiskCache("cards", at=small), monkeypatch)
        disk.put("one", b"1" * 40_000)
        disk.put("two", b"2" * 40_000)
        assert disk.get("one") == b"1" * 40_000 and disk.get("two") is None
        assert len(left(small)) == 1
        subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
        assert is_served(drawn) == 2
        assert disk.get("one") == b"1" * 40_000
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_a_folder_that_is_gone(drawn, monkeypatch):
    disk = use(DiskCache("cards"), monkeypatch)
    assert is_served(drawn) == 1
    disk.close()
    assert is_served(drawn) == 3


def test_no_folder_at_all(drawn, monkeypatch, tmp_path, caplog):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    use(DiskCache("cards"), monkeypatch)
    assert "no folder for the cache" in caplog.text
    assert is_served(drawn) == 2


def test_no_folder_and_no_browser_gives_words(record, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    monkeypatch.setattr(image_export, "_BROWSERS", ())
    use(DiskCache("cards"), monkeypatch)
    assert ask(APP, "/preview/aid.png").body == cards.in_words(record, AidView(), lead(record, AidView()))


@pytest.mark.parametrize("cut", [0, 10, 40, -1])
def test_half_a_file_is_no_file(cut, tmp_path):
    disk = DiskCache("cards", at=tmp_path / "cards")
    disk.put("one", b"whole" * 100)
    (path,) = disk.folder.iterdir()
    path.write_bytes(path.read_bytes()[:cut])
    assert disk.get("one") is None
    disk.put("one", b"whole again")
    assert disk.get("one") == b"whole again"


def test_a_shared_folder_stays_and_serves_the_next(tmp_path):
    first = DiskCache("cards", at=tmp_path / "deep" / "cards")
    first.put("one", b"1")
    first.close()
    second = DiskCache("cards", at=tmp_path / "deep" / "cards")
    assert second.get("one") == b"1"
    assert second.folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("fault", ["open to others", "a link", "a file", "another's"])
def test_a_folder_that_others_could_write_to_is_not_used(fault, tmp_path, caplog, monkeypatch):
    place = tmp_path / "cards"
    if fault == "open to others":
        place.mkdir()
        place.chmod(0o777)
    elif fault == "a link":
        (tmp_path / "real").mkdir(mode=0o700)
        place.symlink_to(tmp_path / "real")
    elif fault == "a file":
        place.write_text("", encoding="ascii")
    else:
        place.mkdir(mode=0o700)
        monkeypatch.setattr(os, "geteuid", lambda: place.stat().st_uid + 1)
    disk = DiskCache("cards", at=place)
    assert disk.folder != place and str(place) in caplog.text
    monkeypatch.undo()
    disk.put("one", b"1")
    assert disk.get("one") == b"1"
    if fault != "a file":
        assert left(place) == []


def test_a_folder_that_is_opened_to_others_later_is_not_trusted_any_more(tmp_path):
    disk = DiskCache("cards", at=tmp_path / "cards")
    disk.put("one", b"1")
    disk.folder.chmod(0o777)
    assert disk.get("one") is None


def test_the_environment_names_the_folder_and_other_code_never_mixes(record, tmp_path, monkeypatch):
    monkeypatch.setenv(preview.CARDS_FOLDER, str(tmp_path / "cards"))
    preview.card_cache.cache_clear()
    try:
        assert preview.card_cache().folder == tmp_path / "cards"
        key = preview.cache_key(record, AidView().link())
        monkeypatch.setattr(preview, "code_version", lambda: "other code")
        assert preview.cache_key(record, AidView().link()) != key and record.version in key and code_version() in key
    finally:
        preview.card_cache.cache_clear()


def test_who_reads_while_another_server_writes_sees_what_was_there_before(tmp_path, monkeypatch):
    writer, reader = (DiskCache("cards", at=tmp_path / "cards") for _ in range(2))
    writer.put("one", b"before" * 100)
    seen, write = [], Path.write_bytes

    def in_halves(path, content):
        write(path, content[: len(content) // 2])
        seen.append(reader.get("one"))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", in_halves)
    writer.put("one", b"after" * 100)
    assert seen == [b"before" * 100] and reader.get("one") == b"after" * 100


HAMMER = """
import sys, random
from two_shields.web.disk_cache import DiskCache
disk = DiskCache("cards", most=6, at=sys.argv[1])
chance = random.Random(sys.argv[2])
print("ready", flush=True)
seen = 0
for step in range(int(sys.argv[3])):
    key = chance.randrange(10)
    content = disk.get(str(key))
    if content is not None:
        seen += 1
        if content not in {bytes([key, who]) * 60_000 for who in (1, 2, 3)}:
            sys.exit("torn")
    disk.put(str(key), bytes([key, int(sys.argv[2])]) * 60_000)
print(seen)
"""


@pytest.mark.process
def test_two_processes_and_one_that_is_killed_while_it_writes(tmp_path):
    folder = tmp_path / "cards"

    def start(who, steps):
        command = [sys.executable, "-c", HAMMER, str(folder), str(who), str(steps)]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    killed, *whole = [start(3, 10**9), start(1, 300), start(2, 300)]
    try:
        assert killed.stdout.readline() == "ready\n"
        for process in whole:
            said, faults = process.communicate(timeout=120)
            assert process.returncode == 0, faults
            assert int(said.split()[1]) > 0
            killed.kill()
    finally:
        for process in (killed, *whole):
            process.kill()
            process.communicate()
    disk = DiskCache("cards", most=6, at=folder)
    disk.put("last", b"last")
    assert disk.get("last") == b"last" and len(left(folder)) <= 6
