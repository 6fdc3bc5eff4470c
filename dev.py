#!/usr/bin/env python3
"""Run the project from a fresh copy: `python3 dev.py demo` (on Windows `py dev.py demo`).

Only Python 3.11 or later is needed. The first run makes a private environment in `.venv`, with the versions
of constraints.txt; later runs use it as long as neither pyproject.toml nor constraints.txt has changed. pip's
own environment variables and configuration (index, proxy, wheels folder) are honoured.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMPED = ("pyproject.toml", "constraints.txt")
MINIMUM = (3, 11)

COMMANDS = {
    "demo": "the demonstration portfolio: limits, ratings, decisions and the letters that are due",
    "test": "the tests (options go to pytest)",
    "fuzz": "the property tests, with many more examples",
    "bench": "the speed measurements",
    "check": "style, types, generated files up to date",
    "build": "write the generated files again, the workbooks among them",
    "install": "install for Excel: a private Python where the workbook looks for it",
}


def main(arguments: list[str]) -> int:
    """Run one command; the answer is its exit code."""
    if sys.version_info < MINIMUM:
        return refuse("Python {}.{} or later is needed; this is {}.{}. Install it from your system's packages"
                      " and run dev.py with it.".format(*MINIMUM, *sys.version_info))
    if not arguments or arguments[0] not in COMMANDS:
        print("usage: python3 dev.py COMMAND [options]\n")
        for name, purpose in COMMANDS.items():
            print(f"  {name:<6} {purpose}")
        return 0 if arguments and arguments[0] in ("-h", "--help", "help") else 2
    if arguments[0] == "install":
        return install(arguments[1:])
    problem = prepare()
    if problem:
        return refuse(problem)
    codes = [run(command) for command in steps(arguments[0], arguments[1:])]
    return next((code for code in codes if code), 0)


def steps(name: str, options: list[str], windows: bool = os.name == "nt") -> list[list[str]]:
    """The command lines of one command."""
    python = str(interpreter(VENV, windows))
    return {
        "demo": [[str(script(VENV, "credit-manager", windows)), "demo", *options]],
        # A file's tests stay together: many share a workbook that is opened once.
        "test": [[python, "-m", "pytest", "-n", "auto", "--dist", "loadfile", *options]],
        "fuzz": [[python, "-m", "pytest", "tests", "-m", "fuzz", "--hypothesis-profile=fuzz", *options]],
        "bench": [[python, "-m", "bench", *options]],
        "check": [[python, "-m", "ruff", "check", "."], [python, "-m", "mypy"],
                  [python, "-m", "addin.build", "--check"]],
        "build": [[python, "-m", "addin.build", *options]],
    }[name]


def run(command: list[str]) -> int:
    """Run in the project's folder; a child ended by a signal gives 128 + its number, as shells do."""
    try:
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:
        return 130
    return code if code >= 0 else 128 - code


def install(options: list[str]) -> int:
    """Make the Python that the workbook asks for: the packages without the sources, tests and build tools."""
    if options:
        return refuse("install takes no options. The workbook looks for its Python in one place only: "
                      f"{installed()}")
    problem = prepare(installed(), ["."])
    if problem:
        return refuse(problem)
    print(f"Installed in {installed()}. Now open workbook/credit_manager.xlsm (English) or "
          "workbook/gestion_credit.xlsm (French).")
    return 0


def installed(windows: bool = os.name == "nt") -> Path:
    """Where the workbook's sheet xlwings.conf looks for Python; elsewhere than on Windows for the command line only."""
    home = os.environ.get("LOCALAPPDATA" if windows else "XDG_DATA_HOME")
    return Path(home or Path.home() / ("AppData/Local" if windows else ".local/share")) / "CreditManager" / "python"


def prepare(venv: Path | None = None, wanted_packages: Sequence[str] = ("-e", ".[build,test]")) -> str:
    """Make an environment unless it is there and up to date; the answer is what is wrong, or nothing.

    The stamp is written last, so that an interrupted run leaves no environment that looks whole.
    """
    venv = venv or VENV
    editable = "-e" in wanted_packages
    wanted, found = stamp(ROOT, sys.version), venv / "stamp"
    # A copy of the sources has to be renewed each time, an editable install follows them.
    if editable and found.is_file() and found.read_text(encoding="ascii").strip() == wanted and (
            interpreter(venv).exists()):
        return ""
    print(f"Preparing {venv.name} (once; about a minute) ...", flush=True)
    try:
        if venv.exists():
            found.unlink(missing_ok=True)
            shutil.rmtree(venv)
    except OSError:
        return f"{venv} is in use and cannot be renewed. Close the programs that use it, then try again."
    maker = environment_maker(venv)
    if not maker:
        return ("This Python cannot make environments: its venv module is not complete. "
                "Install the Debian package python3-venv, then try again.")
    if run(maker):
        return f"The environment {venv} could not be made; the lines above say why."
    if run([str(interpreter(venv)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
            "-c", "constraints.txt", *wanted_packages]):
        return ("The packages could not be installed; the lines above say why. Behind a proxy or without "
                "network, set pip's variables (PIP_INDEX_URL, PIP_FIND_LINKS, PIP_PROXY), then try again.")
    found.write_text(wanted, encoding="ascii")
    return ""


def environment_maker(venv: Path) -> list[str]:
    """The command that makes an environment with pip in it: venv, else virtualenv, else uv; else nothing."""
    # Run from inside .venv, sys.executable would be deleted with it.
    python = getattr(sys, "_base_executable", None) or sys.executable
    if has_module("venv") and has_module("ensurepip"):
        return [python, "-m", "venv", str(venv)]
    if has_module("virtualenv"):
        return [sys.executable, "-m", "virtualenv", "--quiet", "--python", python, str(venv)]
    virtualenv, uv = shutil.which("virtualenv"), shutil.which("uv")
    if virtualenv:
        return [virtualenv, "--quiet", "--python", python, str(venv)]
    return [uv, "venv", "--quiet", "--seed", "--python", python, str(venv)] if uv else []


def has_module(name: str) -> bool:
    """Whether this Python has the module."""
    return importlib.util.find_spec(name) is not None


def stamp(root: Path, version: str) -> str:
    """What an environment was made from: the project's requirements and the Python that made it."""
    content = hashlib.sha256(version.encode())
    for name in STAMPED:
        # Line ends differ between a checkout on Windows and one on Linux, the requirements do not.
        content.update((root / name).read_bytes().replace(b"\r\n", b"\n"))
    return content.hexdigest()


def interpreter(venv: Path, windows: bool = os.name == "nt") -> Path:
    """The Python of an environment."""
    return script(venv, "python", windows)


def script(venv: Path, name: str, windows: bool = os.name == "nt") -> Path:
    """A program of an environment."""
    return venv / "Scripts" / f"{name}.exe" if windows else venv / "bin" / name


def refuse(sentence: str) -> int:
    """Say why nothing was done."""
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
