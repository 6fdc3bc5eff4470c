"""What every test file may use: the hypothesis profiles, the fuzz marker, the folder of real ledgers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

# The suite must give the same answer twice and stay fast; `dev.py fuzz` looks further, at random.
# A failure there is told by its first example: finding the smallest one may take minutes, and is what fuzz is for.
settings.register_profile("suite", max_examples=50, deadline=None, derandomize=True,
                          phases=(Phase.explicit, Phase.generate),
                          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
settings.register_profile("fuzz", max_examples=2000, deadline=None, print_blob=True,
                          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "fuzz: a property test, run with many more examples by `dev.py fuzz`")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder that holds fec/ and ibm_late_payment/, named by CREDIT_MANAGER_DATA."""
    folder = os.environ.get("CREDIT_MANAGER_DATA")
    if not folder:
        pytest.skip("CREDIT_MANAGER_DATA names no folder with real ledgers")
    return Path(folder)
