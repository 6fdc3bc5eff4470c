"""The Python process behind a workbook: xlwings' own COM server, in this process, that can be missing or die."""

from __future__ import annotations

import sys
import traceback
from collections import Counter
from typing import Any
from unittest import mock

from pyopenvba.exceptions import VBARuntimeError, VBAUnsupportedError
from pyopenvba.interpreter import MISSING, VBAObject
from pyopenvba.interpreter._objects import MemberSpec
from pyopenvba.interpreter._values import error

from tests.excel import com
from tests.excel.windows import install

CALL_FAILED = -2147023170  # the process ended during the call
NO_SERVER = 462  # it ended before: the remote server machine does not exist or is unavailable
E_FAIL = -2147467259  # an exception in Python


class Python:
    """The Python of the machine, as the DLL of xlwings finds it.

    `commands` are the command lines of the processes started. `hops` are the calls that reached one, (name,
    arguments): of CallUDF the name of the function called; `opened` what they opened in the user's shell.
    """

    def __init__(self, missing: bool = False) -> None:
        install()
        self.missing = missing
        self.process: Server | None = None
        self.commands: list[str] = []
        self.opened: list[str] = []
        self.hops: list[tuple[str, tuple[Any, ...]]] = []

    @property
    def calls(self) -> Counter[str]:
        """How often each function was called in the process."""
        return Counter(name for name, _ in self.hops)

    @property
    def starts(self) -> int:
        """How many processes were started."""
        return len(self.commands)

    def activate(self, command: str) -> Server:
        """The running process, or a new one, as the DLL does."""
        if self.process is None:
            self.process = Server(self)
            self.commands.append(command)
            _forget_everything()
        return self.process

    def dies(self, *, before_it_answers: bool = False) -> None:
        """The process ends now, or while it answers the next call: what that one wrote is written."""
        assert self.process is not None, "no Python is running yet"
        self.process.last_call, self.process.dead = before_it_answers, not before_it_answers
        if not before_it_answers:
            self.process = None


class Server(VBAObject):
    """One Python process; dead, it answers every call with an error."""

    vba_type_name = "XLPython"

    def __init__(self, python: Python) -> None:
        from xlwings.com_server import XLPython

        self._python, self._served = python, XLPython()
        self.dead = self.last_call = False

    def vba_member(self, name: str) -> MemberSpec | None:
        """A method of xlwings' server by its name in any case."""
        method = next((one for one in self._served._public_methods_ if one.lower() == name.lower()), None)
        if method is None:
            return None
        return MemberSpec(name=method, kind="method", varargs=True,
                          getter=lambda server, *arguments: server._call(method, arguments))

    def _call(self, method: str, given: tuple[Any, ...]) -> Any:
        if self.dead:
            raise error(NO_SERVER)
        arguments = tuple(com.to_python(one) for one in given if one is not MISSING)
        self._python.hops.append((arguments[1], arguments[2]) if method == "CallUDF" else (method, arguments))
        try:
            with mock.patch("addin.hosts.user.open_in_shell", lambda path: self._python.opened.append(str(path))):
                answer = getattr(self._served, method)(*arguments)
        except (com.NotCarried, VBAUnsupportedError, VBARuntimeError):
            raise
        except Exception as failure:
            raise error(E_FAIL, _backwards(traceback.format_exc())) from failure
        if self.last_call:
            self.dead, self._python.process = True, None
            raise error(CALL_FAILED, "Automation error")
        return com.to_vba(answer)


def _backwards(told: str) -> str:
    """The description of a Python exception as the DLL hands it on: without its first line, the last line first."""
    return "\n".join(reversed(list(filter(None, told.split("\n")[1:]))))


def _forget_everything() -> None:
    """A new process knows no Book, and has not imported the workbook's functions."""
    from xlwings import udfs

    from udfs.book import cache

    cache.forget()
    for name in {*udfs.udf_modules, "addin.server"}:
        sys.modules.pop(name, None)
    udfs.udf_modules.clear()
