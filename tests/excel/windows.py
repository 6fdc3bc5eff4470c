"""The Windows engine of xlwings (udfs.py, _xlwindows.py, com_server.py), imported on any system.

xlwings chooses its engine while it is imported: by sys.platform, and by whether pywin32 is there. So pywin32 is
stood in for by what xlwings takes from it, xlwings is imported anew while sys.platform says win32, and the truth
is put back at once. Other tests may have imported xlwings before; nothing of the project holds on to that one,
because the project imports xlwings inside functions.
"""

from __future__ import annotations

import atexit
import ctypes
import datetime as dt
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest import mock

RANGE = "{00020846-0000-0000-C000-000000000046}"
OTHER = "{00000000-0000-0000-0000-000000000000}"
WINDOW = 1234  # the only one on the desktop
DESKTOP = SimpleNamespace(GetTopWindow=lambda parent: WINDOW, GetWindow=lambda window, order: 0,
                          GetForegroundWindow=lambda: WINDOW, SetForegroundWindow=lambda window: 1)


class com_error(Exception):  # noqa: N801 - pywin32's name
    """What pywin32 raises: hresult, text, (wcode, source, text, help file, help id, scode), argument."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.hresult, self.strerror, self.excepinfo, self.argerror = (*args, None, None, None, None)[:4]


class Dispatch:
    """The base of every object that a Python program uses across COM; pywin32 calls it CDispatch."""


class Pointer:
    """An object as it arrives inside arguments: pywin32's PyIDispatch, useless until Dispatch() has wrapped it."""

    def __init__(self, target: Any) -> None:
        self.target = target

    def GetTypeInfo(self) -> Pointer:
        return self

    def GetTypeAttr(self) -> SimpleNamespace:
        return SimpleNamespace(iid=RANGE if self.target.vba_type_name == "Range" else OTHER)

    def GetDocumentation(self, member: int) -> tuple[str, str, int, None]:
        return self.target.vba_type_name, "", 0, None

    def GetIDsOfNames(self, *names: Any) -> int:
        raise com_error(-2147352570, "Unknown name.", None, None)


class Gateway:
    """A Python object handed to VBA."""

    def __init__(self, wrapped: Any) -> None:
        self.wrapped = wrapped


def install() -> ModuleType:
    """xlwings with its Windows engine; imported once a process, the same on every later call."""
    known = sys.modules.get("xlwings")
    if known is not None and hasattr(sys.modules.get("pythoncom"), "stands_in"):
        return known
    # Everything that xlwings imports is imported under the true platform first: only xlwings is told otherwise.
    importlib.import_module("xlwings")
    _stand_in()
    for name in [name for name in sys.modules if name.split(".")[0] == "xlwings"]:
        del sys.modules[name]
    with _as_windows():
        xlwings = importlib.import_module("xlwings")
        for part in ("udfs", "com_server", "_xlwindows"):
            importlib.import_module(f"xlwings.{part}")
    # At the end of the process it would ask Windows for its list of tasks.
    atexit.unregister(xlwings._xlwindows.cleanup)
    xlwings._xlwindows.WindowsError = OSError
    assert "excel" in [engine.name for engine in xlwings.engines]
    return xlwings


@contextmanager
def _as_windows() -> Iterator[None]:
    with mock.patch.object(sys, "platform", "win32"), \
            mock.patch.object(ctypes, "PyDLL", mock.MagicMock()), \
            mock.patch.object(ctypes, "windll", SimpleNamespace(user32=DESKTOP), create=True), \
            mock.patch.object(ctypes, "oledll", mock.MagicMock(), create=True):
        yield


def _stand_in() -> None:
    """pywin32 as far as xlwings asks for it while it is imported and while it serves a workbook."""
    from tests.excel.com import Com

    def dispatch(target: Any, *names: Any, **options: Any) -> Any:
        return Com(target.target) if isinstance(target, Pointer) else target

    def unwrap(value: Any) -> Any:
        if isinstance(value, Gateway):
            return value.wrapped
        raise ValueError("argument is not a COM object")

    time = type("TimeType", (dt.datetime,), {})
    _module("pywintypes", com_error=com_error, error=OSError, TimeType=time, HANDLE=int, IID=str.upper)
    _module("pythoncom", __file__="pythoncom.dll", stands_in=True, com_error=com_error, ole_error=com_error,
            IID_IDispatch="IDispatch", IID_IEnumVARIANT="IEnumVARIANT", TypeIIDs={"IDispatch": Pointer},
            CoInitialize=lambda: None, CoUninitialize=lambda: None,
            CoMarshalInterThreadInterfaceInStream=lambda kind, value: value,
            CoGetInterfaceAndReleaseStream=lambda stream, kind: stream)
    _module("win32api", GetCurrentThreadId=lambda: 1)
    _module("win32con", MB_OK=0, MB_OKCANCEL=1, MB_YESNO=4, MB_YESNOCANCEL=3, MB_ICONINFORMATION=64,
            MB_ICONWARNING=48, MB_ICONERROR=16, MB_TASKMODAL=8192)
    _module("win32event", INFINITE=-1, QS_ALLEVENTS=1, WAIT_OBJECT_0=0)
    _module("win32gui", FindWindowEx=lambda *window: WINDOW)
    _module("win32process", GetWindowThreadProcessId=lambda window: (0, 4711))
    _module("win32timezone", TimeZoneInfo=type("TimeZoneInfo", (), {"utc": staticmethod(lambda: dt.UTC)}))
    bare = {name: type(name, (), {}) for name in ("CoClassBaseClass", "DispatchBaseClass")}
    _module("win32com.client", CDispatch=Dispatch, Dispatch=dispatch, DispatchEx=dispatch,
            gencache=SimpleNamespace(EnsureModule=lambda *arguments, **options: None), dynamic=None, **bare)
    _module("win32com.server.util", wrap=lambda value, iid=None: Gateway(value), unwrap=unwrap)
    _module("win32com.server.dispatcher")
    _module("win32com.server.policy", DefaultPolicy=object)
    _module("win32com.server.exception", COMException=com_error)


def _module(name: str, **contents: Any) -> None:
    """A module in sys.modules, and in the packages above it."""
    module = ModuleType(name)
    module.__dict__.update(contents)
    sys.modules[name] = module
    above, _, last = name.rpartition(".")
    if above:
        if above not in sys.modules:
            _module(above, __path__=[])
        setattr(sys.modules[above], last, module)
