"""Specs from files: what is read, and that every mistake is told where it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tender_eval.files.source import Source
from tender_eval.lots.catalogue import load_catalogue
from tender_eval.model.diagnostics import Diagnostic, Refused
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.loading.load import load_spec
from tender_eval.simulation.spec.parameters import SETTINGS
from tender_eval.simulation.spec.records import Spec

HEAD = "format: tender-eval/lots-spec/1\n"
AREAS = "areas: {north: 2, south: 1, west: 1}\n"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})


class Folder:
    """A spec and the files beside it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.files: dict[str, str] = {}

    def read(self, name: str) -> Source:
        if name not in self.files:
            raise Refused([Diagnostic("TE001", f"cannot read {name}")])
        return Source(name, self.files[name].encode())

    def spec(self, text: str) -> Spec:
        return load_spec(Source("my/spec.yaml", (HEAD + text).encode()), self.catalogue, self.read)

    def faults(self, text: str) -> list[str]:
        with pytest.raises(Refused) as refused:
            self.spec(text)
        return [str(d) + (f" [{d.hint}]" if d.hint else "") for d in refused.value.diagnostics]

    def fault(self, text: str) -> str:
        (only,) = self.faults(text)
        return only


@pytest.fixture
def folder(catalogue: Catalogue) -> Folder:
    return Folder(catalogue)


def test_all_but_the_lots_has_a_default(folder: Folder) -> None:
    spec = folder.spec("lots: [1, 8]\n")
    assert [d.label for d in spec.designs] == ["1 lot", "8 lots"]
    assert spec.designs[1].partition == tuple((n,) for n in range(8))
    assert spec.designs[0].settings.value == 4_000_000
    assert [t.name for t in spec.types] == ["by_and_for", "local", "regional", "national"]
    assert spec.area_weights == (1 / 8,) * 8
    assert spec.stated == {}
    assert spec.designs[0].scheme.id == "light-touch-60-40"


def test_parameters_are_stated_under_their_names(folder: Folder) -> None:
    spec = folder.spec("lots: [1]\nparameters: {value: 1000000, capacity_share: 50%, rerun: false, lots_awarded: 2}\n")
    settings = spec.designs[0].settings
    assert (settings.value, settings.capacity_share, settings.rerun, settings.lots_awarded) == (1e6, 0.5, False, 2)
    assert spec.stated == {"value": 1e6, "capacity_share": 0.5, "rerun": False, "lots_awarded": 2}


def test_areas_with_names_and_weights(folder: Folder) -> None:
    spec = folder.spec(AREAS + "designs: [{name: two, partition: [[west, north], [south]]}]\n")
    assert spec.area_names == ("north", "south", "west")
    assert spec.area_weights == (0.5, 0.25, 0.25)
    assert spec.designs[0].partition == ((2, 0), (1,))
    assert spec.designs[0].settings.areas == 3


def test_a_design_can_change_any_parameter_the_scheme_and_the_types(folder: Folder) -> None:
    folder.files["my/other.yaml"] = Path("schemes/price-heavy-70-30.yaml").read_text(encoding="utf-8")
    spec = folder.spec(
        "designs:\n  - {lots: 2}\n"
        "  - {name: slow, lots: 2, parameters: {timetable_days: 70}, types: {local: {quality: 0.8}},\n"
        "     scheme: other.yaml}\n"
    )
    plain, slow = spec.designs
    assert (plain.label, plain.changed, plain.types) == ("2 lots", {}, ())
    assert slow.settings.timetable_days == 70
    assert slow.scheme.id == "price-heavy-70-30"
    assert [t.quality for t in slow.types] == [0.74, 0.8, 0.66, 0.66]
    assert slow.changed == {"timetable_days": 70, "local.quality": 0.8}


def test_facts_that_a_design_alone_states_are_told_of_it(folder: Folder) -> None:
    spec = folder.spec(
        "designs:\n  - {lots: 2}\n  - {name: known, lots: 2, types: {local: {facts: {supplier.years_in_area: 20}}}}\n"
    )
    assert spec.designs[1].changed == {"local.facts.supplier.years_in_area": 20}


def test_a_market_of_ones_own(folder: Folder) -> None:
    spec = folder.spec("lots: [1]\nmarket: {types: {local: {}, vast: {count: 2, facts: {values.hours: 3}}}}\n")
    assert [(t.name, t.count) for t in spec.types] == [("local", 8), ("vast", 2)]
    assert spec.types[1].facts == {"values.hours": 3}


def test_providers_from_a_table(folder: Folder) -> None:
    folder.files["my/providers.csv"] = "name,type,income,home,quality\nA,local,120000,north; west,\nB,national,,,81%\n"
    spec = folder.spec(AREAS + "lots: [1, 3]\nmarket: {providers: providers.csv}\n")
    first, second = spec.providers
    assert (first.name, first.type, first.income, first.home, first.quality) == ("A", "local", 120000, (0, 2), None)
    assert (second.home, second.quality) == (None, 0.81)
    assert [t.count for t in spec.types] == [0, 1, 0, 1]


def test_the_digest_covers_every_file(folder: Folder) -> None:
    folder.files["my/s.yaml"] = Path("schemes/light-touch-60-40.yaml").read_text(encoding="utf-8")
    before = folder.spec("lots: [1]\nscheme: s.yaml\n").sha256
    folder.files["my/s.yaml"] += "# another byte\n"
    assert folder.spec("lots: [1]\nscheme: s.yaml\n").sha256 != before


def test_a_sweep(folder: Folder) -> None:
    spec = folder.spec("lots: [1]\nsweep: {timetable_days: [14, 70], local.quality: [60%]}\n")
    assert spec.sweep == {"timetable_days": (14, 70), "local.quality": (0.6,)}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "where", "told"),
    [
        ("lots: [1]\nparameters: {timetable_day: 9}\n", "3:14", 'TE010: unknown key "timetable_day"'),
        ("lots: [1]\nparameters: {timetable_days: 0}\n", "3:30", "TE015: timetable_days is 0"),
        ("lots: [1]\nparameters: {lots_awarded: 1.5}\n", "3:28", "TE015: lots_awarded is 1.5; it must be a whole"),
        ("lots: [1]\nparameters: {capacity_share: 60}\n", "3:30", "TE015: capacity_share is 60"),
        ("lots: [1]\nparameters: {mechanism: lot_ordr}\n", "3:25", 'TE044: no award mechanism is called "lot_ordr"'),
        ("lots: [1, 3]\n", "2:11", "TE511: 8 areas cannot be cut into 3 equal lots"),
        ("lots: [1, 16]\n", "2:11", "TE511: 16 lots of 8 areas: no lot is smaller than an area"),
        ("lots: [1, 1]\n", "2:11", 'TE020: two designs are called "1 lot"'),
        ("lots: [1]\nsweep: {years: [4, 2, 4.0]}\n", "3:16", "TE020: the sweep has a value of years twice"),
        ("title: nothing to compare\n", "1:1", "TE011"),
        ("lots: [1]\ndesigns: [{lots: 2}]\n", "1:1", "TE012: the spec has both lots and designs"),
        (AREAS + "designs: [{partition: [[north], [south]]}]\n", "3:11", 'TE510: the partition leaves out "west"'),
        (AREAS + "designs: [{partition: [[north, west], [south, north]]}]\n", "3:47", 'TE510: the area "north" stands'),
        (AREAS + "designs: [{partition: [[north, west], [sauth]]}]\n", "3:40", 'TE021: there is no area "sauth"'),
        ("designs: [{lots: 2, partition: [[1]]}]\n", "2:11", "TE012: a design has both lots and a partition"),
        ("lots: [1]\nmarket: {types: {local: {qualty: 1}}}\n", "3:26", 'TE010: unknown key "qualty"'),
        ("lots: [1]\nmarket: {types: {local: {quality: 74}}}\n", "3:35", "TE015: quality is 74"),
        ("lots: [1]\nmarket: {types: {}}\n", "3:9", "TE018: the market has no types"),
        ("lots: [1]\nmarket: {types: {local: {count: 0}}}\n", "3:9", "TE018: the market has no providers"),
        ("designs: [{lots: 1, types: {locl: {quality: 1}}}]\n", "2:29", 'TE021: the market has no type "locl"'),
        ("designs: [{lots: 1, types: {local: {count: 1}}}]\n", "2:36", "TE028: the providers are the same"),
        ("designs: [{lots: 1, parameters: {areas: 4}}]\n", "2:33", "TE028: the areas are the same in every design"),
        ("lots: [1]\nscheme: missing.yaml\n", "3:9", "TE001: cannot read my/missing.yaml"),
        ("lots: [1]\nscheme: /etc/scheme.yaml\n", "3:9", "TE012"),
        ("lots: [1]\nscheme: scheme.json\n", "3:9", "TE006"),
        ("lots: [1]\nsweep: {timetable_dys: [1]}\n", "3:9", 'TE010: unknown parameter "timetable_dys"'),
        ("lots: [1]\nsweep: {areas: [1]}\n", "3:9", 'TE010: unknown parameter "areas"'),
        ("lots: [1]\nsweep: {timetable_days: [0]}\n", "3:26", "TE015: timetable_days is 0"),
        ("lots: [1]\nsweep: {timetable_days: 14}\n", "3:25", "TE012: timetable_days must be a list"),
        ("lots: [1]\nsources: {valu: us}\n", "3:11", 'TE021: there is no parameter "valu"'),
        ("lots: [1]\ndraws: 0\n", "3:8", "TE015"),
        ("lots: [1]\nseed: -1\n", "3:7", "TE015"),
        (AREAS + "lots: [1]\nparameters: {areas: 4}\n", "2:1", "TE028: 3 areas are named"),
        ("areas: {}\nlots: [1]\n", "2:1", "TE018: no areas are named"),
        ("areas: {a: 1, b: 1e300, c: 1}\nlots: [1, 3]\n", "2:18", 'TE013: "1e300" is not a number'),
        ("lots: [1]\nmarket: {types: {a.b: {}}}\n", "3:18", 'TE019: "a.b" is not an id'),
        ("lots: [1]\nmarket: {types: {types: {}}}\n", "3:18", 'TE016: a type cannot be called "types"'),
        ("lots: [1]\nparameters: {value: 1e400}\n", "3:21", 'TE013: "1e400" is not a number'),
        ("lots: [1]\nparameters: {value: .nan}\n", "3:21", 'TE013: ".nan" is not a number'),
        ("lots: [1]\nparameters: {value: 50%}\n", "3:21", 'TE014: "50%" is a share; money is written in digits'),
        ("lots: [1]\nscheme: ../../x.yaml\n", "3:9", "TE001: cannot read my/../../x.yaml"),
        ("lots: [1]\nsweep: {mechanism: [foo]}\n", "3:21", 'TE044: no award mechanism is called "foo"'),
        ("lots: [2]\nparameters: {mechanism: independent, lots_awarded: 1}\n", "2:8", "TE028: the mechanism"),
        ("lots: [2]\nparameters: {lots_awarded: 1}\nsweep: {mechanism: [independent]}\n", "4:9", "TE028: the mech"),
        (
            f"lots: [1]\nmarket: {{types: {{{', '.join(f't{n}: {{count: 500}}' for n in range(5))}}}}}\n",
            "3:9",
            "TE015: the market has 2,500 providers",
        ),
        (
            "lots: [1]\nparameters: {areas: 400}\nmarket: {types: {a: {count: 500}}}\n",
            "4:9",
            "TE015: 500 providers in 400 areas: 200,000 cells",
        ),
    ],
)
def test_each_mistake_is_told_where_it_is(folder: Folder, text: str, where: str, told: str) -> None:
    found = folder.fault(text)
    assert found.startswith(f"my/spec.yaml:{where}: error {told}")


@pytest.mark.slow
def test_the_ends_of_a_range_may_be_written(folder: Folder) -> None:
    """0.05 is not the float64 beside it."""
    for p in SETTINGS:
        if isinstance(p.default, float):
            for end in (p.least, p.most):
                assert p.name in folder.spec(f"lots: [1]\nparameters: {{{p.name}: {end:.6f}}}\n").stated


def test_figures_of_a_type_that_the_scheme_cannot_score_are_told_at_once(folder: Folder) -> None:
    folder.files["my/level.yaml"] = Path("schemes/level-playing-field.yaml").read_text(encoding="utf-8")
    facts = "{supplier.years_in_area: -5, supplier.networks_count: -1}"
    text = f"lots: [1, 2]\nscheme: level.yaml\nmarket: {{types: {{by_and_for: {{facts: {facts}}}}}}}\n"
    told = folder.faults(text)
    assert len(told) >= 4
    assert all(line.startswith("my/spec.yaml:2:") and "error TE054: the column" in line for line in told)


def test_bombs_and_broken_files(folder: Folder) -> None:
    for text, code in (
        ("a: &a [x, x]\nlots: [*a, *a]\n", "TE008"),
        ("lots: " + "[" * 500 + "]" * 500 + "\n", "TE004"),
        ("lots: [" + "9" * 5000 + "]\n", "TE013"),
        ("lots: [1\n", "TE003"),
    ):
        assert any(f"error {code}" in line for line in folder.faults(text)), text[:40]


@pytest.mark.slow
def test_the_years_of_the_scheme_are_those_of_the_contract(folder: Folder) -> None:
    folder.files["my/level.yaml"] = Path("schemes/level-playing-field.yaml").read_text(encoding="utf-8")
    assert "TE062: the scheme makes the price over 4 years" in folder.fault(
        "lots: [1]\nscheme: level.yaml\nparameters: {years: 3}\n"
    )
    swept = folder.faults("lots: [1]\nscheme: level.yaml\nsweep: {years: [3, 5]}\n")
    assert all("TE062" in line for line in swept)


BY_LOT = """
format: tender-eval/scheme/1
id: by-lot
title: By lot
lots: [town, country]
weights_by_lot: {country: {quality: 70, price: 30}}
criteria:
  - {id: quality, weight: 60, scorer: {name: mark, out_of: 5}}
  - {id: price, weight: 40, scorer: ratio_to_lowest}
award: {rule: highest_score, on_rejection: recompute}
"""


def test_a_spec_says_of_which_lot_of_the_scheme_the_criteria_are(folder: Folder) -> None:
    folder.files["my/by-lot.yaml"] = BY_LOT
    text = "lots: [1]\nscheme: by-lot.yaml\n"
    assert "[state scheme_lot beside the scheme: town or country]" in folder.fault(text)
    assert '[did you mean "town"?]' in folder.fault(text + "scheme_lot: twon\n")
    assert "[remove scheme_lot]" in folder.fault("lots: [1]\nscheme_lot: town\n")
    designs = "designs: [{lots: 1}, {lots: 1, name: town, scheme_lot: town}]\n"
    spec = folder.spec("scheme: by-lot.yaml\nscheme_lot: country\nareas: {a: 1}\n" + designs)
    weights = [[criterion.weight for criterion in design.scheme.criteria] for design in spec.designs]
    assert weights == [[70, 30], [60, 40]]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("lots: [1]\nsweep: {local.quality: [0.5, 0.8]}\n", "3:9"),
        ("lots: [1]\nsweep: {timetable_days: [14], local.count: [3, 4]}\n", "3:31"),
        ("designs: [{lots: 1}, {lots: 2, types: {local: {quality: 0.8}}}]\n", "2:40"),
    ],
)
def test_a_figure_that_a_file_of_providers_stands_in_place_of_cannot_be_tried(
    folder: Folder, text: str, where: str
) -> None:
    folder.files["my/p.csv"] = "name,type,quality\nA,local,0.6\nB,national,\n"
    told = folder.fault(text + "market: {providers: p.csv}\n")
    assert told.startswith(f"my/spec.yaml:{where}: error TE028: ")
    assert "so it does nothing" in told
    folder.spec(text.replace("local", "national").replace("national.count", "national.income") + "market: {}\n")


def test_what_every_design_sets_itself_cannot_be_swept(folder: Folder) -> None:
    slow = "{name: slow, lots: 2, parameters: {timetable_days: 70}}"
    swept = "sweep: {timetable_days: [14, 30]}\n"
    assert "TE028: " in folder.fault(f"designs: [{slow}]\n{swept}")
    assert folder.spec(f"designs: [{{lots: 1}}, {slow}]\n{swept}").sweep == {"timetable_days": (14, 30)}


def test_a_percentage_without_its_sign_is_guessed_in_the_mend(folder: Folder) -> None:
    folder.files["my/p.csv"] = "name,type,quality,home\nA,local,80,\nB,local,101,\n"
    first, second = folder.faults("lots: [1]\nmarket: {providers: p.csv}\n")
    assert first.endswith("[write 80%, if that is meant]")
    assert second.endswith("[write a number from 0 to 1]")
    over = folder.fault("lots: [1]\nmarket: {types: {local: {quality: 120%}}}\n")
    assert over.endswith("[write a number from 0 to 1]")  # and not 1.2%


def test_areas_in_a_row_of_commas_are_told_apart_by_semicolons(folder: Folder) -> None:
    folder.files["my/p.csv"] = 'name,type,home\nA,local,"1, 2"\n'
    assert "[separate areas by semicolons" in folder.fault("lots: [1]\nmarket: {providers: p.csv}\n")


def test_a_heading_in_capitals_is_told_once(folder: Folder) -> None:
    folder.files["my/p.csv"] = "Name,TYPE\nA,local\n"
    told = folder.faults("lots: [1]\nmarket: {providers: p.csv}\n")
    assert ["TE010" in line for line in told] == [True, True]


def test_a_sweep_cannot_run_for_ever(folder: Folder) -> None:
    days = ", ".join(str(n) for n in range(1, 66))
    assert "TE015: the sweep has 65 points" in folder.fault(f"lots: [1]\nsweep: {{timetable_days: [{days}]}}\n")


def test_a_file_of_another_kind(folder: Folder) -> None:
    with pytest.raises(Refused, match="the format line is missing"):
        load_spec(Source("x.yaml", b"lots: [1]\n"), folder.catalogue)
    with pytest.raises(Refused, match="this is a bids file, where a spec of a simulation should be"):
        load_spec(Source("x.yaml", b"format: tender-eval/bids/1\n"), folder.catalogue)


def test_all_mistakes_are_told_at_once(folder: Folder) -> None:
    folder.files["my/p.csv"] = "name,type,income\nA,locl,-5\nA,local,5\n"
    found = folder.faults(
        "lots: [1, 3]\nscheme: no.yaml\nparameters: {valu: 1, years: x}\n"
        "market: {types: {local: {size: tiny}}, providers: p.csv}\n"
    )
    codes = {line.partition("error ")[2][:5] for line in found}
    assert codes == {"TE511", "TE001", "TE010", "TE013", "TE016", "TE021", "TE015", "TE020"}
    assert len(found) == 8


@pytest.mark.parametrize(
    ("table", "where", "told"),
    [
        ("name,typ\nA,local\n", "1:6", 'TE010: unknown heading "typ"'),
        ("name\nA\n", "1:1", 'TE011: the heading "type" is missing'),
        ("name,type,type\nA,local,local\n", "1:11", "TE007"),
        ("name,type\n", "", "TE018: the file holds no providers"),
        ("name,type\nA,local,4\n", "2:1", "TE012: this row has 3 fields"),
        ("name,type\nA,locl\n", "2:3", 'TE021: there is no type "locl"'),
        ("name,type,home\nA,local,9\n", "2:9", 'TE021: there is no area "9"'),
        ('name,type,income\nA,local,"1,000"\n', "2:9", "TE014"),
        ("name,type,quality\nA,local,2\n", "2:9", "TE015"),
        ("name,type\nA,local\nA,local\n", "3:1", "TE020: two providers"),
        ("name,type,income\nA,local,1e400\n", "2:9", "TE013"),
        ("name,type,quality\nA,local,nan\n", "2:9", "TE013"),
        ("name,type,days\nA,local,-1\n", "2:9", "TE015"),
        ("name,type\n,local\n", "2:1", 'TE011: "name" is missing in this row'),
    ],
)
def test_each_mistake_in_a_table_of_providers(folder: Folder, table: str, where: str, told: str) -> None:
    folder.files["my/p.csv"] = table
    found = folder.faults("lots: [1]\nmarket: {providers: p.csv}\n")
    assert any(line.startswith(f"my/p.csv{where and ':'}{where}: error {told}") for line in found)


@pytest.mark.slow
def test_a_table_of_more_providers_than_can_be_simulated(folder: Folder) -> None:
    folder.files["my/p.csv"] = "name,type\n" + "".join(f"P{n},local\n" for n in range(10_000))
    told = folder.fault("lots: [1]\nmarket: {providers: p.csv}\n")
    assert told.startswith("my/spec.yaml:3:9: error TE015: the market has 10,000 providers; at most 2,000")


def test_what_a_csv_holds_is_never_taken_for_a_path_or_a_formula(folder: Folder) -> None:
    folder.files["my/p.csv"] = "name,type\n=HYPERLINK(1),local\n../../etc,local\n"
    spec = folder.spec("lots: [1]\nmarket: {providers: p.csv}\n")
    assert [p.name for p in spec.providers] == ["=HYPERLINK(1)", "../../etc"]


def test_a_number_of_a_type_that_is_counted(folder: Folder) -> None:
    folder.files["my/p.csv"] = "name,type\nA,local\n"
    found = folder.fault("lots: [1]\nmarket: {types: {local: {count: 3}}, providers: p.csv}\n")
    assert "my/spec.yaml:3:26: error TE028" in found
    text = "lots: [1]\nmarket:\n  types:\n    local:\n      small: true\n      count: 3\n  providers: p.csv\n"
    assert "my/spec.yaml:7:7: error TE028" in folder.fault(text)


def test_a_scheme_that_reads_what_nobody_gives(folder: Folder) -> None:
    folder.files["my/hours.yaml"] = (
        "format: tender-eval/scheme/1\nid: hours\ntitle: Befriending\nconditions:\n"
        "  - {id: reserves, reads: values.reserves, at_least: 1000}\ncriteria:\n"
        "  - {id: hours, title: Hours, weight: 60, scorer: {name: ratio_to_highest, field: values.hours}}\n"
        "  - {id: price, title: Price, weight: 40, scorer: ratio_to_lowest}\naward: {rule: highest_score}\n"
    )
    told = folder.faults("lots: [1]\nscheme: hours.yaml\nmarket: {types: {local: {facts: {values.hours: 10}}}}\n")
    assert [line.split(": ")[0] + line.split("error")[1][:7] for line in told] == ["my/hours.yaml:5:5 TE052:"]
    assert "reads values.reserves, which is not known of local" in told[0]
    facts = "{values.hours: 10, values.reserves: 2000}"
    spec = folder.spec(f"lots: [1]\nscheme: hours.yaml\nmarket: {{types: {{local: {{facts: {facts}}}}}}}\n")
    assert spec.types[0].facts["values.reserves"] == 2000


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        ("criteria:\n  - {id: q, title: Q, weight: 60, scorer: {name: ratio_to_highest, field: values.hours}}\n", "1"),
        ("conditions: [{id: form, reads: supplier.legal_form, must_be: charity}]\ncriteria:\n", "1"),
        ("criteria:\n  - {id: s, title: S, weight: 60, scorer: {name: ratio_to_lowest, field: prices.start}}\n", "0.5"),
    ],
)
def test_the_mend_for_what_nobody_states_can_be_written_as_it_stands(folder: Folder, scheme: str, value: str) -> None:
    rest = "40" if "60" in scheme else "100"
    folder.files["my/s.yaml"] = (
        f"format: tender-eval/scheme/1\nid: s\ntitle: Befriending\n{scheme}"
        f"  - {{id: price, title: Price, weight: {rest}, scorer: ratio_to_lowest}}\naward: {{rule: highest_score}}\n"
    )
    (told, *_) = folder.faults("lots: [1]\nscheme: s.yaml\n")
    mend = told.partition("such as ")[2].removesuffix("]").removesuffix(", or take another scheme")
    spec = folder.spec(f"lots: [1]\nscheme: s.yaml\n{mend}\n")
    assert [t.name for t in spec.types] == ["by_and_for", "local", "regional", "national"]
    assert all(float(value) in t.facts.values() for t in spec.types)


def test_partners_are_named_once_and_by_their_lead_alone(folder: Folder) -> None:
    table = "name,type,partners\nA,local,B; C\nB,local,D\nC,local,\nD,local,D; X\nE,local,C\nF,local,G;G\nG,local,\n"
    folder.files["my/p.csv"] = table
    told = folder.faults("lots: [1]\nmarket: {providers: p.csv}\n")
    for line, says in (
        ("my/p.csv:2:9", '"B" is named as a partner, and names partners itself'),
        ("my/p.csv:3:9", '"D" is named as a partner, and names partners itself'),
        ("my/p.csv:5:9", '"D" is named as its own partner'),
        ("my/p.csv:5:9", 'there is no provider "X"'),
        ("my/p.csv:6:9", '"C" is named as a partner of "E" and of "A"'),
        ("my/p.csv:7:9", '"G" is named as a partner of "F" twice'),
    ):
        assert any(found.startswith(line) and says in found for found in told), says
    folder.files["my/p.csv"] = "name,type,partners\nA,local,B; C\nB,local,\nC,national,\n"
    assert folder.spec("lots: [1]\nmarket: {providers: p.csv}\n").providers[0].partners == ("B", "C")
