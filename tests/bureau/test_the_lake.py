"""The house has one lake, below its own folder, and makes nothing before something is handed in."""

from pathlib import Path

from luoshi.bureau import settings as as_written
from luoshi.bureau.lakes import lake


def test_the_lake_lies_in_the_folder_that_is_backed_up() -> None:
    assert as_written.LAKE == as_written.HOME / "lake"


def test_a_process_has_one_lake_and_opens_it_without_making_it(settings, tmp_path: Path) -> None:
    settings.LAKE = tmp_path / "lake"
    assert lake() is lake()
    assert not lake().exists
    assert lake().counting() == []
    assert list(tmp_path.iterdir()) == []
    settings.LAKE = tmp_path / "other"
    assert lake().folder == tmp_path / "other"
