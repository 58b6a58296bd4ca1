"""What shares say of organisations that were not asked: Wilson's interval where they were drawn at random, else a warning."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camcensus.model.errors import IntakeError
from camcensus.tasks.reports.rollup import write_rollup_pdf
from camcensus.tasks.rollup import taking as tasks
from camcensus.tasks.rollup.figures import Figures, lists_of, read_figures
from camcensus.tasks.rollup.files import write_csv
from camcensus.tasks.rollup.sampling import Z_95, interval_rows, interval_section, sampling_words, set_chosen_how, wilson
from rollup_estate import NOW, ROOT, knowledge, make_estate, write_estate


@pytest.mark.parametrize(
    ("part", "of", "low", "high"),
    # Newcombe 1998, Two-sided confidence intervals for the single proportion, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_the_published_one(part: int, of: int, low: float, high: float) -> None:
    assert wilson(part, of) == pytest.approx((low, high), abs=0.00005)


@given(st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_its_ends_are_as_far_from_the_share_as_the_score_says(pair: tuple[int, int]) -> None:
    part, of = pair
    low, high = wilson(part, of)
    assert 0 <= low <= part / of <= high <= 1
    for end in (low, high):
        if 0 < end < 1:
            assert abs(end - part / of) == pytest.approx(Z_95 * (end * (1 - end) / of) ** 0.5)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sampling")
    write_estate(make_estate(7, 8, 160, double_share=0), folder / "files", processes=1)
    with tasks.open_for_taking(folder / "n", ROOT, knowledge(), NOW) as rollup:
        tasks.take_in(rollup, [folder / "files"], knowledge(), NOW)
    return folder / "n.camcensus-rollup"


def _chosen(path: Path, how: str | None) -> Figures:
    with tasks.open_for_taking(path, ROOT, knowledge(), NOW) as rollup:
        if how is not None:
            set_chosen_how(rollup, how)
        return read_figures(rollup, lists_of(rollup), "2026-11-24")


def test_without_a_random_draw_there_is_a_warning_and_no_interval(path: Path, tmp_path: Path) -> None:
    for how, warning in ((None, "Nobody said"), ("otherwise", "not drawn at random"), ("all", "may be different")):
        figures = _chosen(path, how)
        assert interval_section(figures, "by_body_type") is None
        assert warning in sampling_words(figures)
        write_csv(figures, tmp_path)
        assert not (tmp_path / "intervals.csv").exists()


def test_of_a_random_draw_each_kind_has_its_interval_with_the_method_said(path: Path, tmp_path: Path) -> None:
    figures = _chosen(path, "random")
    rows = list(interval_rows(figures, "by_body_type"))
    table = next(one for one in figures.tables if one.name == "by_body_type")
    assert [row[0] for row in rows] == [row[0] for row in table.rows]
    for _, counted, bodies, first, last, _ in rows:
        assert (float(first), float(last)) == pytest.approx([100 * end for end in wilson(bodies, counted)], abs=0.05)
    section = interval_section(figures, "by_body_type")
    assert section is not None
    assert "Wilson" in section.intro
    write_csv(figures, tmp_path)
    assert (tmp_path / "intervals.csv").read_text(encoding="utf-8-sig").count("\n") == len(rows) + 1
    with tasks.open_for_reading(path, ROOT) as rollup:
        assert write_rollup_pdf(rollup, figures, tmp_path / "r.pdf", data_dir=ROOT, now=NOW).pages


def test_another_word_is_refused(path: Path) -> None:
    with tasks.open_for_taking(path, ROOT, knowledge(), NOW) as rollup, pytest.raises(IntakeError, match="all, random"):
        set_chosen_how(rollup, "mostly")
