"""密钥: keys outside the database, values and files sealed by them, turned without a pause."""

import os
import stat
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

from luoshi.bureau.board.resealing import reseal_all
from luoshi.bureau.fields import Cipher
from luoshi.bureau.files.actions import keep, keep_made
from luoshi.bureau.files.models import File
from luoshi.bureau.files.queries import checked, content, key_of, place, small
from luoshi.bureau.files.thumbnails import thumbnail
from luoshi.bureau.jobs.actions.resealing import KIND, turn_keys
from luoshi.bureau.jobs.actions.running import Step
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.keys import Keyring, keyring
from luoshi.bureau.keys.keyring import DATA, MASTERS, PARTS
from luoshi.bureau.people.models import City
from luoshi.bureau.reminders.actions import set_address
from luoshi.bureau.reminders.models import Preference
from luoshi.bureau.reminders.queries import addresses
from luoshi.words.errors import RefusedError
from luoshi.words.provenance import digest
from luoshi.words.sealing import MAGIC, PIECE, Suite, offered
from tests.bureau.xingzhou import actor

ADDRESS = "ducha@xingzhou.example"


@pytest.fixture
def keys(tmp_path: Path) -> Keyring:
    """A keyring of the test's own."""
    return Keyring(tmp_path / "own")


@pytest.fixture
def _own_keys(tmp_path: Path) -> object:
    with override_settings(KEYS=str(tmp_path / "house keys")):
        yield


def _raw(sql: str, *told: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, told)
        return cursor.fetchall()


def _step(job: Job, checkpoint: object = None) -> Step:
    return Step(job.pk, actor("anbao"), {}, checkpoint, "test", lambda: False)


def test_keys_are_files_of_their_owner_alone_and_a_second_process_opens_them(keys: Keyring) -> None:
    made = keys.make(PARTS, 3)
    assert all(Keyring(keys.folder).key(PARTS, one.name).secret == one.secret for one in made)
    files = list(keys.folder.rglob("*.key"))
    assert len(files) == 4
    if os.name == "posix":
        assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    wrapped = b"".join(path.read_bytes() for path in (keys.folder / PARTS).iterdir())
    assert not any(one.secret in wrapped for one in made)


def test_turning_keeps_every_key_and_takes_the_old_master_away(keys: Keyring) -> None:
    data, parts = keys.current(), keys.make(PARTS, 5)
    old = keys.names(MASTERS)
    assert keys.turn_master() == 6
    fresh = Keyring(keys.folder)
    assert not set(old) & set(fresh.names(MASTERS))
    assert fresh.current() == data
    assert [fresh.key(PARTS, one.name) for one in parts] == parts
    assert fresh.turn_data() != data
    assert fresh.key(DATA, data.name) == data


_DIES = """
import os, sys
from pathlib import Path
from luoshi.bureau.keys import Keyring
from luoshi.keeping import disk
left = int(sys.argv[2])
def counted(real):
    def step(*told):
        global left
        if left == 0:
            os.kill(os.getpid(), 9)
        left -= 1
        return real(*told)
    return step
os.replace = counted(os.replace)
os.unlink = counted(os.unlink)
os.fsync = counted(os.fsync)
Keyring(Path(sys.argv[1])).turn_master()
"""


@pytest.mark.skipif(os.name != "posix", reason="a kill is of POSIX")
@pytest.mark.parametrize(
    "steps", [pytest.param(1, marks=pytest.mark.prove), 3, pytest.param(6, marks=pytest.mark.prove)]
)
def test_a_turning_that_is_killed_leaves_keys_that_all_open(keys: Keyring, steps: int) -> None:
    parts = [keys.current(), *keys.make(PARTS, 2)]
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": "luoshi.bureau.settings", "LUOSHI_HOME": str(keys.folder.parent)}
    done = subprocess.run([sys.executable, "-c", _DIES, str(keys.folder), str(steps)], env=told, check=False)
    assert done.returncode == -9
    again = Keyring(keys.folder)
    assert [again.key(kind, one.name) for kind, one in zip((DATA, PARTS, PARTS), parts, strict=True)] == parts
    again.turn_master()
    assert len(again.names(MASTERS)) == 1
    assert Keyring(keys.folder).current() == parts[0]


def test_destroying_may_be_asked_twice_and_the_key_opens_nothing_any_more(keys: Keyring) -> None:
    (made,) = keys.make(PARTS)
    beside = Keyring(keys.folder)
    assert beside.key(PARTS, made.name) == made
    assert keys.destroy(PARTS, [made.name]) == 1
    assert keys.destroy(PARTS, [made.name]) == 0
    for held in (keys, beside):
        with pytest.raises(RefusedError) as refusal:
            held.key(PARTS, made.name)
        told = refusal.value.findings[0]
        assert all((told.where, told.what, told.rule, told.remedy))


def test_a_keyring_without_its_master_says_so_and_makes_no_new_one(keys: Keyring) -> None:
    keys.current()
    for path in (keys.folder / MASTERS).iterdir():
        path.unlink()
    with pytest.raises(RefusedError, match="密钥不在了"):
        Keyring(keys.folder).make(PARTS)


def test_an_address_lies_sealed_in_the_database_and_is_read_where_it_is_needed(city: City) -> None:
    set_address(actor("ducha"), ADDRESS)
    ((held,),) = _raw("SELECT email FROM reminders_preference")
    assert "xingzhou" not in held
    assert held.startswith("§a:")
    assert addresses(["ducha"]) == {"ducha": ADDRESS}
    assert isinstance(Preference.objects.values_list("email", flat=True).get(), Cipher)
    assert not any(ADDRESS in f"{one.detail} {one.reason}" for one in Entry.objects.all())


def test_a_cipher_text_opens_in_no_other_row(city: City) -> None:
    set_address(actor("ducha"), ADDRESS)
    set_address(actor("guanli"), "guanli@xingzhou.example")
    ((one, mine), (other, theirs)) = _raw("SELECT id, email FROM reminders_preference ORDER BY id")
    _swap = "UPDATE reminders_preference SET email = %s WHERE id = %s"
    with connection.cursor() as cursor:
        cursor.execute(_swap, [theirs, one])
        cursor.execute(_swap, [mine, other])
    for pk in (one, other):
        with pytest.raises(RefusedError, match="密文已改动"):
            _ = Preference.objects.get(pk=pk).email


def test_plain_words_are_never_written_past_the_seal(city: City) -> None:
    set_address(actor("ducha"), ADDRESS)
    with pytest.raises(TypeError, match="sealed"):
        Preference.objects.update(email="plain@xingzhou.example")
    with pytest.raises(TypeError, match="sealed"):
        Preference.objects.filter(email=ADDRESS).first()


def test_words_that_look_like_a_cipher_text_are_words(city: City) -> None:
    set_address(actor("ducha"), ADDRESS)
    row = Preference.objects.get()
    row.email = "§a:0001-000000000000:AAAA"
    row.save(update_fields=["email"])
    assert Preference.objects.get().email == "§a:0001-000000000000:AAAA"


@pytest.mark.usefixtures("_own_keys")
def test_keys_are_turned_and_everything_is_sealed_anew_a_piece_at_a_time(city: City) -> None:
    set_address(actor("ducha"), ADDRESS)
    with connection.cursor() as cursor:  # words from before columns were sealed
        cursor.execute(
            "INSERT INTO reminders_preference (person_id, email, token_at) "
            "SELECT id, 'old@xingzhou.example', NULL FROM people_person WHERE username = 'guanli'"
        )
    kept = keep(actor("ducha"), b"%PDF-1.4 " + b"x" * 100, "来文.pdf")
    before = keyring().current().name
    job = turn_keys(actor("anbao"))
    assert job is not None
    assert job.kind == KIND
    now = keyring().current().name
    assert now != before
    assert key_of(kept.digest) == before
    Job.objects.filter(pk=job.pk).update(state="running", worker="test")
    first = reseal_all(_step(job))
    assert reseal_all(_step(job, ["files", 0, 0])) != first, "the second time nothing was left to seal"
    sealed = [Cipher(held).key for (held,) in _raw("SELECT email FROM reminders_preference")]
    assert sealed == [now, now]
    assert addresses(["ducha", "guanli"]) == {"ducha": ADDRESS, "guanli": "old@xingzhou.example"}
    assert key_of(kept.digest) == now
    assert content(kept).startswith(b"%PDF")
    keyring().destroy(DATA, [before])
    assert content(File.objects.get()).startswith(b"%PDF")


def test_only_the_administrator_turns_keys(city: City) -> None:
    before = keyring().names(MASTERS)
    with pytest.raises(RefusedError, match="没有这项权限"):
        turn_keys(actor("ducha"))
    assert keyring().names(MASTERS) == before


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7])
@pytest.mark.django_db
def test_a_file_lies_sealed_under_the_digest_of_what_was_handed_in(size: int) -> None:
    plain = bytes(range(256)) * (size // 256) + b"z" * (size % 256)
    kept = keep(actor("ducha"), plain, "花名册.bin")
    held = place(kept.digest).read_bytes()
    assert held.startswith(MAGIC)
    assert kept.digest == digest(plain)
    assert len(plain) < PIECE - 1 or plain[:100] not in held
    assert content(kept) == plain
    with checked(kept) as opened:
        assert opened.read() == plain


@pytest.mark.django_db
def test_a_large_file_is_sealed_without_being_held_and_leaves_no_plain_copy(tmp_path: Path) -> None:
    made = tmp_path / "archive.zip"
    made.write_bytes(os.urandom(3 * PIECE + 5))
    plain = made.read_bytes()
    kept = keep_made(actor("ducha"), made, "封存包.zip", "application/zip")
    assert not made.exists()
    with checked(kept) as opened:
        assert opened.read() == plain
    assert not any(plain[:1000] in path.read_bytes() for path in Path(settings.HOME).rglob("*") if path.is_file())


@pytest.mark.django_db
def test_every_flipped_bit_and_every_cut_of_a_sealed_file_is_seen() -> None:
    kept = keep(actor("ducha"), b"name,phone\n" * 30, "名册.csv")
    path = place(kept.digest)
    whole = path.read_bytes()
    for at in range(0, len(whole), 7):
        spoiled = bytearray(whole)
        spoiled[at] ^= 1
        for held in (bytes(spoiled), whole[:at]):
            path.write_bytes(held)
            with pytest.raises(RefusedError):
                content(kept)
    path.write_bytes(whole)
    assert content(kept)


@pytest.mark.django_db
def test_a_file_from_before_is_read_as_it_is() -> None:
    kept = keep(actor("ducha"), b"plain of old", "旧.txt")
    place(kept.digest).write_bytes(b"plain of old")
    assert content(kept) == b"plain of old"


@pytest.mark.django_db
def test_a_small_picture_is_sealed_too() -> None:
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, "PNG")
    kept = keep(actor("ducha"), out.getvalue(), "照片.png")
    shown = thumbnail(kept)
    assert shown is not None
    assert shown.startswith(b"\xff\xd8")
    assert small(kept.digest).read_bytes().startswith(MAGIC)
    assert thumbnail(kept) == shown


@pytest.mark.skipif(not offered(Suite.SM4), reason="no SM4-GCM in this library")
def test_sm4_seals_by_setting_and_what_aes_sealed_still_opens(city: City, tmp_path: Path) -> None:
    with override_settings(KEYS=str(tmp_path / "sm4")):
        first = keep(actor("ducha"), b"by AES", "a")
        set_address(actor("ducha"), ADDRESS)
        with override_settings(SUITE="sm4-gcm"):
            second = keep(actor("ducha"), b"by SM4", "b")
            assert (content(first), content(second)) == (b"by AES", b"by SM4")
            assert addresses(["ducha"]) == {"ducha": ADDRESS}
            set_address(actor("ducha"), ADDRESS)
            assert _raw("SELECT email FROM reminders_preference")[0][0].startswith("§s:")
        assert content(second) == b"by SM4"


def test_a_cipher_that_is_not_there_is_refused_in_four_parts(tmp_path: Path) -> None:
    with override_settings(KEYS=str(tmp_path / "x"), SUITE="rot13"), pytest.raises(RefusedError, match="没有“rot13”"):
        keyring()
