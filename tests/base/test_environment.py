import platform
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path

import pytest

from tender_eval.base import environment as module
from tender_eval.base.environment import differences, environment
from tender_eval.engine.catalogue import load_catalogue


@pytest.mark.slow
def test_what_is_recorded() -> None:
    catalogue = load_catalogue()
    found = environment(catalogue)
    python = {"implementation": platform.python_implementation(), "version": platform.python_version()}
    assert found["python"] == python
    own = found["distributions"]["tender-eval"]  # type: ignore[index,call-overload]
    assert own["plugins"] == ["rules", "scorers"]  # type: ignore[index,call-overload]
    assert len(own["sha256"]) == 64  # type: ignore[index,call-overload,arg-type]
    assert found == environment(catalogue)


def installed(folder: Path, editable: bool) -> Distribution:
    """A distribution as pip leaves it, from a wheel or editable; both import the same package."""
    info = folder / "te_digest_demo-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: te-digest-demo\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[tender_eval]\ndemo = te_digest_demo.plugin\n", encoding="utf-8")
    files = "te_digest_demo/__init__.py,,\nte_digest_demo/plugin.py,,\n"
    if editable:
        files = "_editable_impl_te_digest_demo.pth,,\n"
    (info / "RECORD").write_text(files + "../../bin/demo,,\n", encoding="utf-8")
    return PathDistribution(info)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found = tmp_path / "src" / "te_digest_demo"
    found.mkdir(parents=True)
    (found / "__init__.py").write_text("", encoding="utf-8")
    (found / "plugin.py").write_text("x = 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "src"))
    return found


def test_a_wheel_and_an_editable_install_have_one_digest(package: Path, tmp_path: Path) -> None:
    wheel, editable = installed(tmp_path / "a", False), installed(tmp_path / "b", True)
    first = module._digest(wheel)
    assert module._digest(editable) == first
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "plugin.pyc").write_bytes(b"x")
    assert module._digest(wheel) == first
    (package / "bare.pyc").write_bytes(b"x")  # Python runs it where there is no source
    assert module._digest(wheel) != first
    (package / "bare.pyc").unlink()
    (package / "table.json").write_text("{}", encoding="utf-8")
    second = module._digest(wheel)
    assert second != first
    (package / "plugin.py").write_text("x = 22\n", encoding="utf-8")
    assert module._digest(wheel) not in (first, second)


def test_a_module_alone_is_digested_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "te_single_demo.py").write_text("x = 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert [file.name for file in module._files("te_single_demo")] == ["te_single_demo.py"]
    assert list(module._files("te_nothing_demo")) == []


def test_differences_are_told_in_words() -> None:
    def env(python: str, **versions: tuple[str, str]) -> dict[str, object]:
        dists = {name.replace("_", "-"): {"version": v, "sha256": s} for name, (v, s) in versions.items()}
        return {"python": {"implementation": "CPython", "version": python}, "distributions": dists}

    before = env("3.11.1", a=("1", "x"), b=("1", "x"), c=("1", "x"))
    after = env("3.12.0", a=("2", "y"), b=("1", "y"), d=("1", "z"))
    assert differences(before, after) == (  # type: ignore[arg-type]
        "Python was CPython 3.11.1, now CPython 3.12.0",
        "a was 1, now 2",
        "b 1 has other files than it had",
        "c 1 was loaded, now it is not",
        "d 1 is loaded, then it was not",
    )
    assert differences(before, before) == ()  # type: ignore[arg-type]
