import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from crawler.errors import BadInput, RulesError
from scoring.editions import edition_path
from scoring.registry import registry
from scoring.ruleset.loading import default_rules_path, load_rules
from scoring.ruleset.model import RuleFile

# Broken rule files by name, each with all that is said of it after the count.
BROKEN = {
    # the file against the code
    "misspelt_indicator": ["line 24  days_since_updates: no such indicator. Did you mean days_since_update?"],
    "indicator_without_code": [
        "line 30  moon_phase: no such indicator. Write scoring/indicators/moon_phase.py, or remove the stanza",
        "social_accounts: has code but no stanza. Add one, or list it under `retired`",
    ],
    "code_without_stanza": ["undated_share: has code but no stanza. Add one, or list it under `retired`"],
    "retired_with_stanza": ["line 63  mailbox_form: has a stanza and is listed under `retired`. Remove one of both"],
    # sums
    "categories_short_of_100": ["line 8  categories add up to 95, not 100 (60 + 35), 5 too few"],
    "group_over_its_category": [
        "line 11  category disclosure: groups add up to 62.5, not 60 (40 + 22.5), 2.5 too many"
    ],
    "indicators_short_of_their_group": [
        "line 15  group news: indicators add up to 39.75, not 40 (25.5 + 14.25), 0.25 too few"
    ],
    # ids
    "misspelt_group": ["line 38  column_parity: no such group as `partiy`. Did you mean parity?"],
    "category_for_group": ["line 44  mailbox_form: `management` is a category. Name one of its groups"],
    "empty_group": ["line 17  group forms: no indicator belongs to it. Give it one, or remove it"],
    "duplicate_ids": [
        "line 22  news: stands here again, first on line 15. Remove one",
        "line 30  days_since_update: stands here again, first on line 24. Remove one",
        "line 44  mailbox_form: no such group as `links`. Known are news, parity",
        "social_accounts: has code but no stanza. Add one, or list it under `retired`",
    ],
    "bad_ids": [
        'line 30  Social-Accounts: `id` is "Social-Accounts"; an id is made of small letters, digits and _, '
        "and begins with a letter",
        "line 30  Social-Accounts: no such indicator. Did you mean social_accounts?",
    ],
    # keys and types
    "misspelt_key": ["line 27  days_since_update: unknown key `wieght`. Did you mean `weight`?"],
    "unknown_key": [
        "line 5  unknown key `author`. Known here: edition, title, note, method, minimum_coverage, ranked_version, "
        "split, categories, unspecified, indicators, bonus, cohorts, tiers, stages, gates, retired, frozen"
    ],
    "missing_keys": [
        "line 1  `edition` is missing: the year of the rule set",
        "line 23  days_since_update: `weight` is missing: its points out of 100",
    ],
    "duplicate_key": [
        "line 16  group parity: indicators add up to 10, not 20 (10), 10 too few",
        "line 40  key `weight` stands here again, first on line 39. Remove one",
    ],
    "number_in_quotes": [
        'line 1  `edition` is the text "2026". Write it without quotes: 2026',
        'line 27  days_since_update: `weight` is the text "25.5". Write it without quotes: 25.5',
    ],
    "weights_out_of_range": [
        "line 3  `minimum_coverage` is 50; it must be at most 1. Write 0.5 for 50 %",
        "line 27  days_since_update: `weight` is -25.5; it must be above 0",
        "line 33  social_accounts: `weight` is inf; it must be a finite number",
    ],
    "misspelt_choices": [
        'line 4  `ranked_version` is "mean". Write best or site '
        "(which version stands for a site; `site` where none is needed)",
        'line 12  category disclosure: `status` is "publshed". Did you mean published?',
        'line 47  mailbox_form: `error` is "zero". Write leave_out or review '
        "(an error of ours never takes a site's points)",
        'line 47  mailbox_form: `not_measured` is "none". Write leave_out, zero or review '
        "(the cost where we could not tell)",
    ],
    "published_without_source": [
        "line 9  category disclosure: status is published, but no `source` says where the figure was published. "
        "Add one, or write `status: proposed`"
    ],
    "title_without_chinese": [
        'line 37  column_parity: `title` is "Column parity"; it must be keys with values, like {en: ..., zh: ...}',
        "line 43  mailbox_form: `zh` is missing: the Chinese title",
    ],
    # scales
    "yes_for_true": [
        'line 46  mailbox_form: `boolean` is the text "yes". Write true: YAML 1.2 knows no other yes and no'
    ],
    "unknown_scale": [
        "line 40  column_parity: `scale` is {curve}. Write one of {full: 7, zero: 180}, "
        "{steps: [[1, 50], [3, 100]]}, {boolean: true}, {share: more}"
    ],
    "half_a_scale": ["line 28  days_since_update: unknown key `ful`. Did you mean `full`?"],
    "scale_without_slope": [
        "line 28  days_since_update: `full` and `zero` are the same value; the line between them needs two"
    ],
    "steps_that_turn": [
        "line 34  social_accounts: the scores of the steps must rise or fall throughout, so that better is never worse"
    ],
    "steps_out_of_order": ["line 34  social_accounts: the values of the steps must rise from step to step"],
    "steps_not_in_pairs": [
        "line 34  social_accounts: `steps` has a pair of fewer than two; each is [value, score]",
        "line 34  social_accounts: `steps` has a pair of more than two; each is [value, score]",
    ],
    "scale_of_another_unit": [
        "line 28  days_since_update: a boolean scale, but its unit is days. Write {full: 7, zero: 180}",
        "line 34  social_accounts: a share scale, but its unit is count. Write {full: 10, zero: 0}",
        "line 46  mailbox_form: its unit is boolean (yes or no). Write {boolean: true}",
    ],
    "percent_for_share": ["line 40  column_parity: a share is 0..1, `full` holds 90. Write 0.9 for 90 %"],
    # gates and tiers
    "gate_on_nothing": [
        "line 52  gate long_stale: no such indicator as `days_since_updat`. Did you mean days_since_update?"
    ],
    "gate_with_two_bounds": [
        "line 50  gate long_stale: needs one of `fires_above`, `fires_from`, `fires_below` and `fires_up_to`"
    ],
    "gate_on_percent": ["line 53  gate long_stale: a share is 0..1, `fires_below` holds 50. Write 0.5 for 50 %"],
    "tier_without_bound": [
        "line 60  tier leading of 县级: needs either `cut: 80` (a total) or `quota: 0.1` "
        "(a share of the ranked sites), one of both"
    ],
    "tier_never_reached": [
        "line 58  tier excellent of default: a site in it is always in an earlier one. "
        "Give it a larger quota than 0.1, or move it up"
    ],
    "tiers_of_unknown_cohort": ["line 59  tiers of provinces: no such cohort. Did you mean province?"],
    # cohorts, kinds, parameters, methods
    "band_outside_its_zero": [
        "line 28  days_since_update: the two values of `zero` must lie outside the `band`, as in {band: "
        "[20, 60], zero: [0, 120]}",
    ],
    "bonus_indicator_without_bonus": [
        "line 44  undated_share: a bonus indicator, but the file has no `bonus`. Add `bonus: {cap: 5}`",
    ],
    "bonus_without_indicator": [
        "line 49  bonus: no indicator is in group `bonus`. Give it one, or remove it",
    ],
    "category_without_groups": [
        "line 16  group parity: indicators add up to 60, not 20 (20 + 40), 40 too many",
        "line 17  category management: has no groups. Give it `groups`, or say how much is `unspecified`",
    ],
    "cohort_weight_of_nothing": [
        "line 6  cohort province: no such thing as `colum_parity`. Did you mean column_parity?",
    ],
    "cohort_weights_that_do_not_add_up": [
        "line 6  cohort province: category disclosure: groups add up to 50, not 60 (30 + 20), 10 too few",
    ],
    "deduction_in_points": [
        "line 28  days_since_update: `deduct` is a scale of `method: deduction`. Write {full: ..., "
        "zero: ...}, or add the method",
    ],
    "deduction_without_bound": [
        "line 29  days_since_update: `deduct` needs `each: 1` (so much for each), `above: 3` or `below: "
        "10` (so much, once)",
    ],
    "expert_without_rubric": [
        "line 42  visual_quality: an expert indicator without a `rubric`. Add one: a list such as "
        "[{mark: 0, en: ..., zh: ...}, {mark: 5, en: ..., zh: ...}]",
    ],
    "external_with_code": [
        "line 42  mailbox_form: scoring/indicators/mailbox_form.py measures it, but it is `kind: "
        "external`. Choose another id",
    ],
    "external_without_unit": [
        "line 42  influence_index: an external indicator without a `unit`. Write one of boolean, count, "
        "days, score or share",
    ],
    "frozen_and_changed": [
        "line 2  this edition was frozen and has been changed since (its content is ab93bd8a57a44f79). "
        "Take the change back, or leave `frozen` out and freeze it as an edition of its own",
    ],
    "indicator_in_a_group_that_is_split": [
        "line 49  mailbox_form: `links` is split. Name one of its subgroups: home_links",
    ],
    "parameter_of_another_type": [
        "line 48  mailbox_form: parameter `window_days` must be a whole number, like its default 90",
    ],
    "rubric_on_software": [
        "line 48  mailbox_form: `rubric` is the marks that reviewers give; this one is `kind: "
        "software`. Remove it, or write `kind: expert`",
        "line 48  mailbox_form: a `rubric` needs at least two marks, each higher than the one before",
    ],
    "site_ranked_by_software": [
        "line 24  days_since_update: measures a foreign version, but `ranked_version: site` ranks sites "
        "without one. Write `best`",
        "line 30  social_accounts: measures a foreign version, but `ranked_version: site` ranks sites "
        "without one. Write `best`",
        "line 36  column_parity: measures a foreign version, but `ranked_version: site` ranks sites "
        "without one. Write `best`",
        "line 42  mailbox_form: measures a foreign version, but `ranked_version: site` ranks sites "
        "without one. Write `best`",
    ],
    "split_that_disagrees": [
        "line 5  split: expert indicators weigh 0, the split says 30. Change one of both",
        "line 5  split: software indicators weigh 100, the split says 70. Change one of both",
    ],
    "unknown_parameter": [
        "line 48  mailbox_form: no such parameter as `window_day`. Did you mean window_days?",
    ],
    "unspecified_too_much": [
        "line 11  category disclosure: groups add up to 65, not 60 (40 + 20 + 5 unspecified), 5 too many",
    ],
    # YAML
    "broken_bracket": ["line 28  not valid YAML: a bracket opens here and is not closed, or a comma is missing in it"],
    "tab_indent": ["line 27  not valid YAML: a tab indents this line. YAML takes blanks only"],
    "full_width_colon": [
        "line 27  not valid YAML: a key without a colon and a blank behind it. Write `key: value`; "
        "a full-width ： is no colon"
    ],
    "two_documents": ["line 8  not valid YAML: a second document begins here with `---`. One file holds one rule set"],
    "list": ["line 1  the file holds a list, not keys. A rule file begins with `edition: 2026`"],
    "comments_only": ["line 1  the file is empty. Start from the rule file that comes with waiwen"],
    "gb18030": ["line 2  not UTF-8 text (byte 0xd0). Save the file as UTF-8"],
    # all at once, and no problem that only follows from another
    "all_at_once": [
        "line 8  categories add up to 105, not 100 (65 + 40), 5 too many",
        "line 11  category disclosure: groups add up to 60, not 65 (40 + 20), 5 too few",
        "line 24  days_since_updates: no such indicator. Did you mean days_since_update?",
        "line 33  social_accounts: unknown key `wieght`. Did you mean `weight`?",
        "line 38  column_parity: no such group as `partiy`. Did you mean parity?",
        "undated_share: has code but no stanza. Add one, or list it under `retired`",
    ],
}


def complaint(bench, path):
    with pytest.raises(RulesError) as caught:
        load_rules(path, bench.known(bench.small_units))
    return str(caught.value)


def complaint_about(bench, tmp_path, raw):
    path = tmp_path / "rules.yaml"
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    head, *problems = complaint(bench, path).split("\n  ")
    assert head == f"{path}: {len(problems)} problem" + ("" if len(problems) == 1 else "s")
    return problems


def sound(bench):
    return (bench.rule_files / "sound.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_file_is_told_with_every_line_and_what_to_do(bench, name):
    path = bench.rule_files / f"{name}.yaml"
    head, *problems = complaint(bench, path).split("\n  ")
    assert problems == BROKEN[name]
    assert head == f"{path}: {len(problems)} problem" + ("" if len(problems) == 1 else "s")


def test_every_broken_rule_file_is_tested(bench):
    assert {path.stem for path in bench.rule_files.glob("*.yaml")} == {*BROKEN, "sound"}


def test_a_missing_file_is_told_without_a_traceback(bench, tmp_path):
    told = complaint(bench, tmp_path / "nowhere.yaml")
    assert told.endswith("no such file. Check the path, or leave it out to use the rules that come with waiwen")


def test_a_directory_is_told_without_a_traceback(bench, tmp_path):
    assert complaint(bench, tmp_path).endswith("is a directory. Name the rule file in it")


def test_a_path_that_no_system_takes_is_told_without_a_traceback(bench, tmp_path):
    assert "cannot be read" in complaint(bench, tmp_path / ("x" * 5000))
    assert "cannot be read" in complaint(bench, tmp_path / "a\0b")


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "line 1  the file is empty"),
        (b"\n\n \n", "line 1  the file is empty"),
        (b"edition: 2026\n\x1f\x8b\x08\x00\x00", "line 2  not a text file (it holds a zero byte)"),
        (b"a: 1\nb: \x07\n", "line 2  a control character stands here"),
        (b"just words\n", "line 1  the file holds a single value, not keys"),
        (b"[" * 800, "line 1  lists or keys are nested too deep"),
        (b"edition: 2026\ntitle: @x\n", "line 2  not valid YAML: a value cannot begin with this character"),
        (b"edition: 2026\ntitle: 'x\n", "line 2  not valid YAML: a quote opens here and is not closed"),
        (b"edition: 2026\ntitle: *x\n", "line 2  not valid YAML: a value that begins with * is an alias"),
        (b"edition: 2026\ntitle: a: b\n", "line 2  not valid YAML: a colon or an indent is out of place"),
        (b"a: !!int x\n", "a value cannot be read: invalid literal"),
    ],
)
def test_what_is_no_rule_file_at_all_is_told_in_one_line(bench, tmp_path, raw, told):
    (problem,) = complaint_about(bench, tmp_path, raw)
    assert problem.startswith(told)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("edition: 2026", "edition: 2026\n? {a: 1}\n: 3", "line 2  a list or a mapping stands here for a key"),
        ("edition: 2026", "edition: 2026\n{{title}}: 3", "line 2  a list or a mapping stands here for a key"),
        ("edition: 2026", "edition: true", "line 1  `edition` is true; it must be a whole number"),
        ("edition: 2026", "edition:", "line 1  `edition` is empty; it must be a whole number"),
        ("edition: 2026", "edition: 26", "line 1  `edition` is 26; it must be at least 2000"),
        ("weight: 25.5", "weight: " + "9" * 400, "line 27  days_since_update: `weight` is 999"),
        ("{en: Accounts, zh: 账号数}", "{en: ' ', zh: 账号数}", "line 31  social_accounts: `en` is blank"),
        ("en: Accounts", "en: 5", 'line 31  social_accounts: `en` is 5, not text. Put quotes around it: "5"'),
        ("[[1, 50], [3, 100]]", "[[1, 50]]", "line 34  social_accounts: `steps` needs at least 2 in its list"),
        (
            "[[1, 50], [3, 100]]",
            "[[1, 50], [3, 120]]",
            "line 34  social_accounts: `steps` is 120; it must be at most 100",
        ),
        ("{share: more}", "more", 'line 40  column_parity: `scale` is "more". Write one of'),
        ("{share: more}", "{share: mor}", 'line 40  column_parity: `share` is "mor". Did you mean more?'),
        ("{share: more}", "{share: more, 7: 8}", "line 40  column_parity: the key 7 is not text"),
        (
            "retired: [undated_share]",
            "retired: undated_share",
            'line 61  `retired` is "undated_share"; it must be a list',
        ),
        (
            "县级:\n    - {",
            "县级:\n    - {cup: 3, ",
            "line 60  tier leading of 县级: unknown key `cup`. Did you mean `cut`?",
        ),
        # what an analyst's keyboard and habits put there
        ("weight: 25.5", "weight:25.5", "line 27  not valid YAML: a key without a colon and a blank behind it"),
        ("weight: 25.5", "weight:\u00a025.5", "line 27  not valid YAML: a key without a colon and a blank behind it"),
        (
            "    weight: 25.5",
            "\u3000\u3000weight: 25.5",
            "line 27  not valid YAML: a full-width blank indents",
        ),
        (
            "minimum_coverage: 0.5",
            "<<<<<<< HEAD\nminimum_coverage: 0.5",
            "line 3  not valid YAML: a key without a colon",
        ),
        (
            "scale: {share: more}",
            "scale: ｛share: more｝",
            "line 40  not valid YAML: a colon or an indent is out of place here. Quote a text that holds `: `. "
            "A full-width ｛ is no {",
        ),
        (
            "{full: 7, zero: 180}",
            "{full: 7，zero: 180}",
            "line 28  not valid YAML: a bracket opens here and is not closed, or a comma is missing in it. "
            "A full-width ， is no ,",
        ),
        (
            "{en: Mailbox, zh: 在线信箱}",
            "{en: “Mailbox, online”, zh: 在线信箱}",
            "line 43  mailbox_form: unknown key `online”`. Known here: en, zh. "
            "Put quotes around a text that holds a comma",
        ),
        (
            "weight: 25.5",
            "weight: 25.5%",
            'line 27  days_since_update: `weight` is "25.5%"; it must be a number. '
            "Write 0.255 for a share, 25.5 for points",
        ),
        (
            "minimum_coverage: 0.5",
            "minimum_coverage: 50％",
            'line 3  `minimum_coverage` is "50％"; it must be a number. Write 0.5 for a share, 50 for points',
        ),
        (
            "weight: 25.5",
            "weight: 25,5",
            'line 27  days_since_update: `weight` is "25,5"; it must be a number. Write 25.5',
        ),
        (
            "weight: 25.5",
            "weight: ２５.5",
            'line 27  days_since_update: `weight` is "２５.5"; it must be a number. Write 25.5',
        ),
        (
            "{full: 7, zero: 180}",
            "{full: 7, zero: 180, steps: [[1, 50], [3, 100]]}",
            "line 28  days_since_update: `full` does not go with the keys beside it: a scale is of one kind, such as",
        ),
        (
            "minimum_coverage: 0.5",
            "minimum_coverage: 0.5\nsplit: {software: 70, experts: 30}",
            "line 4  unknown key `experts`. Did you mean `expert`?",
        ),
        (
            "title: {en: Provinces, zh: 省级}",
            "title: {en: Provinces, zh: 省级}, weights: {新闻: 40}",
            'line 6  cohort province: a key is "新闻"; an id is made of small letters',
        ),
        (
            "retired: [undated_share]",
            "retired: [undated_shares]",
            "line 61  retired: no indicator `undated_shares` has code. Did you mean undated_share?",
        ),
        (
            "indicator: days_since_update",
            "indicator: [1]",
            "line 52  gate long_stale: `indicator` is a list; it must be text",
        ),
    ],
)
def test_one_slip_is_told_where_it_stands(bench, tmp_path, old, new, told):
    text = sound(bench)
    assert old in text
    problems = complaint_about(bench, tmp_path, text.replace(old, new, 1))
    assert any(problem.startswith(told) for problem in problems), problems


def test_a_misspelt_retired_indicator_is_told_once(bench, tmp_path):
    text = sound(bench).replace("retired: [undated_share]", "retired: [undated_shares]")
    assert len(complaint_about(bench, tmp_path, text)) == 1


def test_one_key_given_twice_in_one_line_is_told(bench, tmp_path):
    text = sound(bench).replace("{share: more}", "{share: more, share: less}")
    assert complaint_about(bench, tmp_path, text) == [
        "line 40  key `share` stands here again, first on line 40. Remove one"
    ]


def test_a_rules_error_is_bad_input(bench):
    with pytest.raises(BadInput):
        load_rules(bench.rule_files / "list.yaml", {})


def test_tenths_add_up_as_they_are_written(bench, tmp_path):
    group = "      - {id: news, title: {en: News, zh: 新闻}, weight: 40, status: proposed}\n"
    tenths = [("news", "39.4"), ("alerts", "0.1"), ("letters", "0.5")]
    text = sound(bench).replace(group, "".join(group.replace("news", n).replace("40", w) for n, w in tenths))
    stanza = text[text.index("  - id: social_accounts") : text.index("  - id: column_parity")]
    more = [
        stanza.replace("social_accounts", n).replace("group: news", f"group: {g}").replace("14.5", w)
        for n, g, w in [
            ("social_accounts", "news", "13.6"),
            ("one", "news", "0.1"),
            ("two", "news", "0.2"),
            ("three", "alerts", "0.1"),
            ("four", "letters", "0.1"),
            ("five", "letters", "0.4"),
        ]
    ]
    path = tmp_path / "rules.yaml"
    path.write_text(text.replace(stanza, "".join(more)), encoding="utf-8")
    units = {**bench.small_units, **dict.fromkeys(["one", "two", "three", "four", "five"], "count")}
    assert len(load_rules(path, bench.known(units)).indicators) == 9


@pytest.mark.parametrize("raw", ["\ufeff{}", "{}"])
def test_a_byte_order_mark_and_windows_line_ends_change_nothing_but_the_digest(bench, tmp_path, raw):
    path = tmp_path / "rules.yaml"
    text = raw.format(sound(bench)).replace("\n", "\r\n") if raw != "{}" else sound(bench)
    path.write_bytes(text.encode())
    rules = load_rules(path, bench.known(bench.small_units))
    assert rules.digest == hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    assert rules.model_copy(update={"digest": bench.rules().digest}) == bench.rules()


def test_a_rule_set_answers_what_the_engine_asks(bench):
    rules = bench.rules()
    assert (rules.edition, rules.unit("column_parity"), rules.category_of("column_parity")) == (
        2026,
        "share",
        "disclosure",
    )
    assert rules.rule("mailbox_form").when.not_measured == "review"
    assert [tier.id for tier in rules.tiers_for("县级")] == ["leading"]
    assert [tier.id for tier in rules.tiers_for("province")] == ["leading", "excellent"]
    with pytest.raises(KeyError):
        rules.rule("moon_phase")


def test_a_rule_set_is_frozen(bench):
    with pytest.raises(ValidationError):
        bench.rules().edition = 2027
    with pytest.raises(ValidationError):
        bench.rules().indicators[0].weight = 1.0


def test_stanzas_can_share_a_part_by_anchor_and_alias(bench, tmp_path):
    text = sound(bench).replace("when: {not_measured: review}", "when: *w")
    path = tmp_path / "rules.yaml"
    path.write_text(
        text.replace("scale: {share: more}", "scale: {share: more}\n    when: &w {not_measured: review}"),
        encoding="utf-8",
    )
    rules = load_rules(path, bench.known(bench.small_units))
    assert rules.rule("column_parity").when == rules.rule("mailbox_form").when


@settings(max_examples=60)
@given(st.data())
def test_no_damage_to_a_rule_file_ends_in_anything_but_a_rules_error(bench, tmp_path_factory, data):
    raw = sound(bench).encode()
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 40)))
    junk = data.draw(
        st.sampled_from(
            [
                b"",
                b"- ",
                b": ",
                b"{",
                b"]",
                b"\n",
                b"\t",
                b"*a",
                b"&a ",
                b"null",
                b"!!set {x}",
                b"<<: ",
                b"? ",
                b"1e999",
                b"2026-13-41",
                b"\xff",
            ]
        )
    )
    path = tmp_path_factory.getbasetemp() / "damaged.yaml"
    path.write_bytes(raw[:start] + junk + raw[end:])
    try:
        load_rules(path, bench.known(bench.small_units))
    except RulesError as told:
        assert "problem" in str(told).splitlines()[0]


# ---- the rule file that comes with waiwen


def test_the_shipped_rule_file_loads_and_its_path_needs_no_working_directory(bench, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert default_rules_path().is_absolute()
    assert [category.weight for category in bench.shipped().categories] == [30, 30, 15, 25]


def test_every_weight_that_was_published_in_2015_is_kept_and_no_other_is_called_published(bench):
    rules = bench.shipped()
    draft = {node.title.zh: node.weight for node in load_rules(edition_path(2015), registry()).nodes()}
    assert {node.title.zh: node.weight for node in rules.nodes() if node.status == "published"} == draft
    whole = {node.id: node for node in rules.nodes()}
    for rule in rules.indicators:
        if rule.status == "published":
            assert rule.weight == whole[rule.group].weight
        if rule.status != "proposed":
            assert whole[rule.group].status == "published"
            assert "2015 draft" in rule.source
    assert {tier.status for tier in rules.tiers_for("province")} == {"proposed"}


def test_the_shipped_edition_is_complete_for_every_cohort(bench):
    rules = bench.shipped()
    assert rules.unspecified_share == 0
    assert len(rules.indicators) >= 45
    for cohort in rules.cohorts:
        assert sum(category.weight for category in rules.for_cohort(cohort.id).categories) == pytest.approx(100)
    assert [rule.id for rule in rules.indicators if rule.group == "bonus"] == ["language_richness"]


def test_the_json_schema_for_editors_names_every_key_with_its_meaning():
    schema = RuleFile.model_json_schema()
    records = [schema, *schema["$defs"].values()]
    assert "digest" not in schema["properties"]
    assert all("description" in key for record in records for key in record["properties"].values())
