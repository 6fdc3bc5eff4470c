"""dev.py: what it needs to know before it makes an environment; nothing here installs anything."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def dev(tmp_path, monkeypatch):
    """dev.py as a module, with a project of its own in an empty folder."""
    spec = importlib.util.spec_from_file_location("dev_under_test", ROOT / "dev.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    (tmp_path / "pyproject.toml").write_bytes(b"[project]\nname = 'x'\n")
    (tmp_path / "constraints.txt").write_bytes(b"numpy==2.4.6\n")
    return module


def made(dev, commands):
    """Stands for running commands: notes them, and lets the first one make the interpreter."""

    def run(command):
        commands.append(command)
        dev.interpreter(dev.VENV).parent.mkdir(parents=True, exist_ok=True)
        dev.interpreter(dev.VENV).touch()
        return 0

    return run


def test_the_stamp_follows_requirements_and_python_but_not_line_ends(dev, tmp_path):
    first = dev.stamp(tmp_path, "3.11.7")
    assert dev.stamp(tmp_path, "3.12.1") != first
    (tmp_path / "constraints.txt").write_bytes(b"numpy==2.4.6\r\n")
    assert dev.stamp(tmp_path, "3.11.7") == first
    (tmp_path / "constraints.txt").write_bytes(b"numpy==2.5.0\n")
    assert dev.stamp(tmp_path, "3.11.7") != first


def test_programs_are_found_on_windows_and_elsewhere(dev):
    assert dev.interpreter(Path("v"), windows=True) == Path("v/Scripts/python.exe")
    assert dev.interpreter(Path("v"), windows=False) == Path("v/bin/python")
    assert dev.script(Path("v"), "credit-manager", windows=True) == Path("v/Scripts/credit-manager.exe")


def test_options_go_to_the_program(dev):
    python = str(dev.interpreter(dev.VENV))
    parallel = ["-n", "auto", "--dist", "loadfile"]
    assert dev.steps("test", ["-k", "fec"]) == [[python, "-m", "pytest", *parallel, "-k", "fec"]]
    assert dev.steps("demo", ["--json"], windows=False)[0][1:] == ["demo", "--json"]
    assert [command[2] for command in dev.steps("check", [])] == ["ruff", "mypy", "addin.build"]


def test_an_environment_is_made_once(dev, monkeypatch):
    commands: list[list[str]] = []
    monkeypatch.setattr(dev, "run", made(dev, commands))
    assert dev.prepare() == ""
    assert commands[1][1:] == ["-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                               "-c", "constraints.txt", "-e", ".[build,test]"]
    assert dev.prepare() == ""
    assert len(commands) == 2


def test_changed_requirements_make_a_new_environment(dev, tmp_path, monkeypatch):
    commands: list[list[str]] = []
    monkeypatch.setattr(dev, "run", made(dev, commands))
    dev.prepare()
    (dev.VENV / "old.txt").touch()
    (tmp_path / "constraints.txt").write_bytes(b"numpy==2.5.0\n")
    assert dev.prepare() == ""
    assert len(commands) == 4
    assert not (dev.VENV / "old.txt").exists()


def test_a_failed_installation_leaves_no_environment_that_looks_whole(dev, monkeypatch):
    run = made(dev, [])
    monkeypatch.setattr(dev, "run", lambda command: run(command) or ("pip" in command))
    assert "packages could not be installed" in dev.prepare()
    assert not (dev.VENV / "stamp").exists()


def test_without_ensurepip_virtualenv_or_uv_serve(dev, monkeypatch):
    monkeypatch.setattr(dev, "has_module", lambda name: name == "venv")
    monkeypatch.setattr(dev.shutil, "which", lambda name: "/opt/uv" if name == "uv" else None)
    assert dev.environment_maker(dev.VENV)[:3] == ["/opt/uv", "venv", "--quiet"]
    monkeypatch.setattr(dev, "has_module", lambda name: name == "virtualenv")
    assert dev.environment_maker(dev.VENV)[1:3] == ["-m", "virtualenv"]


def test_without_any_of_them_one_sentence_names_the_package(dev, monkeypatch, capsys):
    monkeypatch.setattr(dev, "has_module", lambda name: False)
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)
    assert dev.main(["test"]) == 1
    assert "Debian package python3-venv" in capsys.readouterr().err


def test_an_old_python_is_told_so(dev, monkeypatch, capsys):
    monkeypatch.setattr(dev.sys, "version_info", (3, 9, 2, "final", 0))
    assert dev.main(["test"]) == 1
    assert "Python 3.11 or later is needed; this is 3.9." in capsys.readouterr().err


def test_the_exit_code_is_that_of_the_first_step_that_fails(dev, monkeypatch):
    monkeypatch.setattr(dev, "prepare", lambda: "")
    codes = iter([0, 3, 2])
    monkeypatch.setattr(dev, "run", lambda command: next(codes))
    assert dev.main(["check"]) == 3


@pytest.mark.parametrize(("code", "expected"), [("raise SystemExit(7)", 7),
                                                ("import os; os.kill(os.getpid(), 15)", 143)])
def test_a_child_gives_its_code(dev, code, expected):
    if sys.platform == "win32" and expected == 143:
        pytest.skip("Windows has no signals")
    assert dev.run([sys.executable, "-c", code]) == expected


def test_no_command_shows_the_usage():
    found = subprocess.run([sys.executable, str(ROOT / "dev.py")], capture_output=True, text=True,
                           check=False)
    assert found.returncode == 2
    assert "bench" in found.stdout


def test_the_install_for_excel_goes_where_the_workbook_looks(dev, tmp_path, monkeypatch):
    monkeypatch.setenv("LOCALAPPDATA", "C:/Users/Zoé/AppData/Local")
    assert dev.installed(windows=True) == Path("C:/Users/Zoé/AppData/Local/CreditManager/python")
    place = tmp_path / "CreditManager" / "python"
    monkeypatch.setattr(dev, "installed", lambda: place)
    commands: list[list[str]] = []

    def run(command):
        place.mkdir(parents=True, exist_ok=True)
        commands.append(command)

    monkeypatch.setattr(dev, "run", run)
    assert dev.install([]) == 0
    assert commands[1][0].startswith(str(place))
    assert commands[1][-3:] == ["-c", "constraints.txt", "."]
    assert dev.install(["--here"]) == 1
