import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from scoring.scale import Band, Boolean, Deduct, Linear, Saturation, Scale, Share, Steps

NUMBERS = st.floats(min_value=-1e6, max_value=1e6)
SCALES = st.one_of(
    st.tuples(NUMBERS, NUMBERS).filter(lambda p: p[0] != p[1]).map(lambda p: Linear(full=p[0], zero=p[1])),
    st.builds(Boolean, boolean=st.booleans()),
    st.builds(Share, share=st.sampled_from(["more", "less"])),
    st.tuples(
        st.lists(NUMBERS, min_size=2, max_size=6, unique=True).map(sorted),
        st.lists(st.floats(min_value=0, max_value=100), min_size=6, max_size=6, unique=True),
        st.booleans(),
    ).map(lambda p: Steps(steps=tuple(zip(p[0], sorted(p[1], reverse=p[2]), strict=False)))),
)


@pytest.mark.parametrize(
    ("value", "score"), [(7, 100), (180, 0), (93.5, 50), (0, 100), (1000, 0), (-5, 100), (30, 100 * 150 / 173)]
)
def test_a_line_where_fewer_is_better_is_level_beyond_its_ends(value, score):
    assert Linear(full=7, zero=180).scores(value) == pytest.approx(score, abs=1e-12)


@pytest.mark.parametrize(("value", "score"), [(0, 0), (13, 50), (26, 100), (40, 100), (-1, 0)])
def test_a_line_where_more_is_better_rises(value, score):
    assert Linear(full=26, zero=0).scores(value) == score


@pytest.mark.parametrize(("value", "score"), [(0, 0), (0.9, 0), (1, 50), (2.9, 50), (3, 100), (99, 100)])
def test_rising_steps_are_met_from_below_and_nothing_is_earned_under_the_first(value, score):
    assert Steps(steps=((1, 50), (3, 100))).scores(value) == score


@pytest.mark.parametrize(("value", "score"), [(0, 100), (7, 100), (7.1, 50), (30, 50), (31, 10), (90, 10), (91, 0)])
def test_falling_steps_are_met_from_above_and_nothing_is_earned_beyond_the_last(value, score):
    assert Steps(steps=((7, 100), (30, 50), (90, 10))).scores(value) == score


def test_a_boolean_can_reward_a_no():
    assert [Boolean(boolean=True).scores(value) for value in (0, 1)] == [0, 100]
    assert [Boolean(boolean=False).scores(value) for value in (0, 1)] == [100, 0]


def test_a_share_counts_as_it_stands_or_its_rest():
    assert Share(share="more").scores(0.25) == 25
    assert Share(share="less").scores(0.25) == 75


@pytest.mark.parametrize(
    ("written", "shape"),
    [
        ({"full": 7, "zero": 180}, Linear),
        ({"steps": [[0, 0], [1, 100]]}, Steps),
        ({"boolean": False}, Boolean),
        ({"share": "less"}, Share),
    ],
)
def test_a_scale_is_known_by_its_keys(written, shape):
    assert type(TypeAdapter(Scale).validate_python(written)) is shape


@pytest.mark.parametrize("written", [{}, {"full": 7}, {"full": 1, "zero": 0, "boolean": True}, {"boolean": 1}, 5, None])
def test_what_is_no_scale_or_two_at_once_is_refused(written):
    with pytest.raises(ValidationError):
        TypeAdapter(Scale).validate_python(written)


@given(SCALES, NUMBERS)
def test_every_score_lies_in_0_to_100(scale, value):
    assert 0 <= scale.scores(value) <= 100


@given(SCALES, NUMBERS, NUMBERS, NUMBERS)
def test_every_scale_runs_one_way(scale, low, middle, high):
    low, middle, high = sorted((low, middle, high))
    scores = [scale.scores(value) for value in (low, middle, high)]
    assert scores in (sorted(scores), sorted(scores, reverse=True))


def test_saturation_earns_half_of_what_is_left_with_each_half():
    scale = Saturation(half=3.0)
    assert [scale.scores(value) for value in (-1, 0, 3, 6, 9)] == [0, 0, 50, 75, 87.5]


def test_a_band_is_full_within_and_falls_to_zero_on_both_sides():
    scale = Band(band=(20.0, 60.0), zero=(0.0, 120.0))
    assert [scale.scores(value) for value in (-5, 0, 10, 20, 40, 60, 90, 120, 500)] == [
        0,
        0,
        50,
        100,
        100,
        100,
        50,
        0,
        0,
    ]


@pytest.mark.parametrize(
    ("scale", "lost"),
    [
        (Deduct(deduct=5.0, each=0.01), [(0, 0), (0.01, 5), (0.03, 15)]),
        (Deduct(deduct=1.0, each=1.0, above=3.0), [(3, 0), (4, 1), (6, 3)]),
        (Deduct(deduct=5.0, below=10.0), [(9, 5), (10, 0)]),
        (Deduct(deduct=5.0, each=0.01, below=1.0), [(1, 0), (0.97, 15)]),
        (Deduct(deduct=5.0, above=180.0), [(180, 0), (181, 5)]),
    ],
)
def test_a_deduction_takes_points_for_each_or_once_beyond_a_bound(scale, lost):
    assert [(value, pytest.approx(scale.lost(value))) for value, _ in lost] == lost


def test_a_deduction_is_capped():
    assert Deduct(deduct=5.0, each=0.01).kept(0.5, cap=20) == 0
    assert Deduct(deduct=5.0, each=0.01).kept(0.01, cap=20) == 75
