"""Lets Rasa 3.6 start without TensorFlow when no TensorFlow component is configured.

Rasa imports TensorFlow at start whatever its pipeline: 2.1 GB on disk, 350 MB of memory and
6.5 s of processor time for nothing when neither DIET nor TED is used. This module puts a finder
at the end of Python's list of finders; when the real package is missing, the finder serves empty
stand-ins whose classes can be inherited from and named in type hints, and that fail with a plain
message as soon as something tries to *use* them. Where TensorFlow is installed (`uv sync --extra
tensorflow`), the finder is never asked.

`no_tensorflow.pth` calls `install()` when Python starts, so that `rasa train`, `rasa shell` and
`rasa test` work too.
"""

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

REPLACED = ("tensorflow", "tensorflow_hub", "tensorflow_text", "keras")

MESSAGE = (
    "TensorFlow is not installed, but something in config.yml needs it ({name} was called). "
    "Install it with `uv sync --extra tensorflow`, or take DIET, TED and other TensorFlow "
    "components out of config.yml."
)


class TensorFlowMissingError(RuntimeError):
    """Something tried to use TensorFlow, which is not installed."""


class _StandInType(type):
    """Makes `tf.keras.layers.Layer` and the like names that exist but do nothing."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(f"{cls.__qualname__}.{name}")

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if getattr(cls, "_is_stand_in", False) and "_is_stand_in" in vars(cls):
            if cls.__qualname__.endswith(".function") and args and callable(args[0]):
                return args[0]  # @tf.function: the decorated function is never reached
            raise TensorFlowMissingError(MESSAGE.format(name=cls.__qualname__))
        return super().__call__(*args, **kwargs)


def _stand_in(qualified_name: str) -> _StandInType:
    name = qualified_name.rsplit(".", 1)[-1]
    return _StandInType(name, (), {"_is_stand_in": True, "__qualname__": qualified_name})


class _StandInModule(ModuleType):
    """A module every attribute of which exists."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value = _stand_in(f"{self.__name__}.{name}")
        setattr(self, name, value)
        return value


class _StandInFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Serves a stand-in for each missing module of the replaced packages."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        package = fullname.split(".", 1)[0]
        if package not in REPLACED:
            return None
        if fullname != package and not isinstance(sys.modules.get(package), _StandInModule):
            return None  # the real package is there; what it lacks is missing
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _StandInModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run: the stand-in is complete."""


def install() -> None:
    """Appends the finder, once. Finders before it find the real packages if they are there."""
    if not any(isinstance(finder, _StandInFinder) for finder in sys.meta_path):
        sys.meta_path.append(_StandInFinder())
