"""What was wrong with a file is a problem until a sound one lies there, in that run or a later one, and of no other place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from camcensus.tasks.rollup import taking as tasks
from rollup_estate import NOW, ROOT, knowledge, make_estate, write_estate


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("given")
    estate = make_estate(7, 1, 3)
    write_estate(estate, folder)
    return (folder / estate.bodies[0].paths[0].name).read_bytes()


def give(national: Path, *contents: tuple[Path, bytes]) -> tuple[list[str], set[str]]:
    """Write files and take them in: their states, and the names of those that are problems afterwards."""
    for path, content in contents:
        path.write_bytes(content)
        os.utime(path, (4e9, 4e9))  # nothing shows whether such a file was touched, so it is read every time
    with tasks.open_for_taking(national, ROOT, knowledge(), NOW) as rollup:
        done = tasks.take_in(rollup, [path for path, _ in contents], knowledge(), NOW)
        return [one.state for one in done.files], {
            Path(one).name for (one,) in rollup.file.connection.execute("SELECT path FROM file WHERE state = 'refused'")
        }


def test_a_sound_file_where_a_wrong_one_lay_ends_that_problem_alone(tmp_path: Path, sound: bytes) -> None:
    national, here, there = (tmp_path / name for name in ("n.camcensus-rollup", "a.camcensus", "b.camcensus"))
    assert give(national, (here, b"no file"), (there, b"no file either")) == (["refused", "refused"], {here.name, there.name})
    assert give(national, (here, sound)) == (["accepted"], {there.name})
    assert give(national, (there, b"")) == (["refused"], {there.name})
    assert give(national, (here, b"spoilt again")) == (["refused"], {here.name, there.name})
    assert give(national, (here, sound)) == (["accepted"], {there.name}), "one that is in already"
