"""Tests write into folders of their own, the log too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from addin import log


@pytest.fixture(autouse=True, scope="session")
def log_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        log._logger.cache_clear()
        yield
    log._logger.cache_clear()
