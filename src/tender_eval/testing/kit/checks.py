"""Checks: each promise of a plugin by its name, as a test that can be called, and what all kinds promise alike."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tender_eval.model.diagnostics import Refused
from tender_eval.plugins.catalogue import PluginInfo
from tender_eval.testing.kit.elsewhere import elsewhere
from tender_eval.testing.kit.watching import EndsTheProcess, watching

UNDER_TEST = PluginInfo("kit", "the plugin under test", "0")


class Check:
    """A promise of a plugin, to be tried by calling it."""

    def __init__(self, plugin: type, name: str, promise: Callable[[], None], about: str) -> None:
        self.plugin, self.name, self._promise = plugin, name, promise
        self.__doc__ = about

    def __call__(self) -> None:
        """Try it.

        Raises:
            AssertionError: the promise is broken, in words that name the plugin and what it did.
        """
        named = getattr(self.plugin, getattr(self.plugin, "registered_by", "name"), self.plugin.__qualname__)
        try:
            if self.name not in ELSEWHERE and (fault := elsewhere(self.plugin).fault):
                raise AssertionError(f"not tried: it {fault}")
            self._promise()
        except AssertionError as e:
            said = str(e).partition("\nassert ")[0]  # without what pytest adds of how we found out
            raise AssertionError(f"{named}: {said}") from None
        except Refused as e:
            raise AssertionError(f"{named}: {e}") from None
        except EndsTheProcess:
            raise AssertionError(f"{named}: would end the process") from None
        except Exception as e:
            raise AssertionError(f"{named}: raised {type(e).__name__}: {e}") from e

    def __repr__(self) -> str:
        return f"<check of {self.plugin.__qualname__}: {self.name}>"


def raised(error: Exception, bids: str) -> Exception:
    """What to raise where a method raised something: in words that name the bids; what says enough stays as it is."""
    if isinstance(error, AssertionError | Refused):
        return error
    return AssertionError(f"raised {type(error).__name__}: {error}, for {bids}")


def comes_to_an_end(plugin: type) -> None:
    """It answers within a limit of time, and does not end the process."""
    found = elsewhere(plugin)
    assert not found.unknown, found.unknown
    assert not found.fault, found.fault


def the_same_in_every_process(plugin: type) -> None:
    """It gives the same in two processes, in which Python hashes text otherwise."""
    found = elsewhere(plugin)
    assert not found.unknown, found.unknown
    assert not found.fault, f"not tried: it {found.fault}"
    if found.replaced:
        return  # told by `changes_nothing_of_the_program`
    for first, second in zip(*found.answers, strict=True):
        assert first == second, (
            f"gives {first} in one process and {second} in another, as by the order of a set or a hash of text"
        )


def changes_nothing_of_the_program(plugin: type) -> None:
    """It puts nothing in the place of what tender-eval or Python works by."""
    found = elsewhere(plugin)
    assert not found.unknown, found.unknown
    assert not found.replaced, f"changes the program around it: {found.replaced}"


ELSEWHERE = {f.__name__: f for f in (comes_to_an_end, the_same_in_every_process, changes_nothing_of_the_program)}
"""The promises of every kind that are tried in processes of their own."""


def made(plugin: type, *promises: Callable[[], None]) -> list[Check]:
    """The checks of every kind, and then these: each is named as its function is."""
    alike = [Check(plugin, name, lambda f=f: f(plugin), f.__doc__ or "") for name, f in ELSEWHERE.items()]  # type: ignore[misc]
    return alike + [Check(plugin, p.__name__, p, p.__doc__ or "") for p in promises]


def watched(plugin: type, call: Callable[[], Any]) -> None:
    """Refuse what a plugin does beside giving an answer."""
    module = sys.modules.get(plugin.__module__)
    file = getattr(module, "__file__", None)
    with watching(Path(file).resolve().parent if file else None) as watch:
        try:
            call()
        except EndsTheProcess:
            pass
        except Exception:
            if not watch.seen:
                raise
    assert not watch.seen, f"{'; '.join(watch.seen)}, where it may only work out what it is asked"
