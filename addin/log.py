"""The log file: what went wrong, where in the code, for whoever looks into it. No client stands in it.

It is in %LOCALAPPDATA%\\CreditManager\\logs on Windows, in ~/.local/state/credit-manager elsewhere, and never grows
beyond three files of half a megabyte. With CREDIT_MANAGER_LOG=DEBUG the messages of errors, which may name clients,
are written too.
"""

from __future__ import annotations

import logging
import os
import traceback
from functools import cache
from logging.handlers import RotatingFileHandler
from pathlib import Path

FILE = "credit-manager.log"
BYTES, FILES = 500_000, 2


def path() -> Path:
    """The file that is written to."""
    if os.name == "nt":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local or Path.home() / "AppData" / "Local") / "CreditManager" / "logs" / FILE
    state = os.environ.get("XDG_STATE_HOME")
    return Path(state or Path.home() / ".local" / "state") / "credit-manager" / FILE


def unexpected(where: str, error: BaseException) -> None:
    """Note an error that nobody foresaw: its type and its place in the code; its message only for DEBUG."""
    *_, last = traceback.extract_tb(error.__traceback__) or [traceback.FrameSummary("?", 0, "?")]
    place = "/".join(Path(last.filename).parts[-3:])
    _logger().error("%s: %s in %s, line %s (%s)", where, type(error).__name__, place, last.lineno, last.name)
    _logger().debug("%s: %s", where, error, exc_info=error)


class _QuietFile(RotatingFileHandler):
    """A log that cannot be written is no reason to fail."""

    def handleError(self, record: logging.LogRecord) -> None:  # the name that logging gives it
        """Say nothing: there is nowhere to say it."""


@cache
def _logger() -> logging.Logger:
    logger = logging.getLogger("credit_manager")
    logger.setLevel("DEBUG" if os.environ.get("CREDIT_MANAGER_LOG") == "DEBUG" else "INFO")
    logger.propagate = False
    logger.handlers = [_handler()]
    return logger


def _handler() -> logging.Handler:
    try:
        path().parent.mkdir(parents=True, exist_ok=True)
        handler = _QuietFile(path(), maxBytes=BYTES, backupCount=FILES, encoding="utf-8", delay=True)
    except (OSError, RuntimeError):
        return logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    return handler
