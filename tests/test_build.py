"""Generated files are what their sources give: texts, templates, the demo portfolio, the function reference."""

import re
from pathlib import Path

import pytest

from addin.build import __main__ as build
from udfs.texts import FOLDER, LANGUAGES

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("generate", build.GENERATED, ids=lambda one: f"{one.__module__.split('.')[-1]}.{one.__name__}")
def test_committed_files_equal_a_rebuild(generate):
    stale = [str(path.relative_to(ROOT)) for path, content in generate().items() if not build.same(path, content)]
    assert stale == [], "run: python3 dev.py build"


def entries(path):
    """Code -> texts of one catalogue, as written."""
    found = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        code = re.search(r'^msgid "(.+)"$', block, re.M)
        if code:
            found[code[1]] = re.findall(r'^(?:msgstr(?:\[\d\])?) "(.*)"$', block, re.M) or [block]
    return found


def test_both_languages_have_the_same_texts_and_placeholders():
    english = sorted(path.name for path in (FOLDER / "en").glob("*.po"))
    assert english == sorted(path.name for path in (FOLDER / "fr").glob("*.po"))
    for name in english:
        texts = {language: entries(FOLDER / language / name) for language in LANGUAGES}
        assert texts["en"].keys() == texts["fr"].keys(), name
        for code in texts["en"]:
            used = {language: set(re.findall(r"\{(\w+)", " ".join(texts[language][code]))) for language in LANGUAGES}
            assert used["en"] == used["fr"], code


def test_no_text_is_empty():
    for path in FOLDER.glob("*/*.po"):
        for code, texts in entries(path).items():
            assert all(text.strip() for text in texts), code
