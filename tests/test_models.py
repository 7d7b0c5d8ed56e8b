"""Checkpoints: found on disk, in the hub's cache, converted once; never fetched unasked."""

import json
import shutil

import pytest

from bitext import models
from bitext.engines.opening import choose, open_engine
from bitext.errors import EngineError, OutputError
from bitext.models import conversion


@pytest.fixture
def hub(tmp_path, monkeypatch):
    """An empty hub cache, and a function that puts the built-in checkpoint in it."""
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.delenv("HF_HUB_CACHE", raising=False)

    def put(name, *, without=()):
        folder = tmp_path / "hf" / "hub" / f"models--{name.replace('/', '--')}" / "snapshots" / "1a"
        shutil.copytree(models.builtin_path(), folder)
        for part in without:
            (folder / part).unlink()
        return folder

    return put


def test_auto_is_the_builtin_model_where_no_other_was_fetched(hub):
    assert "builtin" == models.find("auto").name


def test_auto_is_the_hub_model_once_it_is_there(hub):
    folder = hub(models.HUB_NAME)
    found = models.find("auto")
    assert (models.HUB_NAME, folder) == (found.name, found.path)


def test_a_half_fetched_model_is_passed_over(hub):
    hub(models.HUB_NAME, without=["model.safetensors"])
    assert "builtin" == models.find("auto").name
    with pytest.raises(EngineError, match="bitext models get"):
        models.find(models.HUB_NAME)


def test_a_hub_name_is_found_by_its_name(hub):
    hub("someone/opus-mt-fr-en-law")
    assert "someone/opus-mt-fr-en-law" == models.find("someone/opus-mt-fr-en-law").name


def test_a_revision_changes_with_the_files(tmp_path):
    folder = tmp_path / "model"
    shutil.copytree(models.builtin_path(), folder)
    before = models.find(str(folder))
    assert models.find("builtin").revision == before.revision
    (folder / "vocab.json").write_text("{}")
    assert before.revision != models.find(str(folder)).revision


@pytest.mark.parametrize(
    "settings",
    ['{"longest": "x"}', "{", "[]", '{"longest": 2}', "{}", '{"longest": 99, "terms": 1}'],
)
def test_unusable_settings_are_named(tmp_path, settings):
    folder = tmp_path / "model"
    shutil.copytree(models.builtin_path(), folder)
    (folder / "bitext.json").write_text(settings)
    with pytest.raises(EngineError, match=r"bitext\.json"):
        models.find(str(folder))


def test_fetching_without_a_hub_is_one_line(monkeypatch):
    def refused(*args, **options):
        raise OSError("Connection refused\nand much more")

    monkeypatch.setattr("huggingface_hub.snapshot_download", refused)
    with pytest.raises(EngineError, match=r"cannot be fetched.*Connection refused") as error:
        models.fetch("Helsinki-NLP/opus-mt-fr-en")
    assert "\n" not in str(error.value)


def test_fetching_what_is_no_name_is_one_line():
    with pytest.raises(EngineError, match="not a hub name"):
        models.fetch("a/b/c")


@pytest.mark.weights
def test_a_checkpoint_is_converted_once(tmp_path, monkeypatch):
    monkeypatch.setenv("BITEXT_CACHE", str(tmp_path))
    checkpoint = models.find("builtin")
    place = conversion.converted(checkpoint)
    before = (place / "model.bin").stat().st_mtime_ns
    assert place == conversion.converted(checkpoint)
    assert before == (place / "model.bin").stat().st_mtime_ns
    assert [place] == list(place.parent.iterdir())  # no scratch folder is left


def test_a_cache_that_cannot_be_written_is_one_line(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("BITEXT_CACHE", str(tmp_path / "file"))
    with pytest.raises(OutputError, match="BITEXT_CACHE"):
        conversion.converted(models.find("builtin"))


DAMAGE = {
    "config.json": ("{", "ct2"),
    "source.spm": ("nothing", "ct2"),
    "vocab.json": ("[", "ct2"),
    "model.safetensors": ("nothing", "transformers"),
}


@pytest.mark.weights
@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_checkpoint_is_one_line(tmp_path, monkeypatch, name):
    content, engine = DAMAGE[name]
    monkeypatch.setenv("BITEXT_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "model"
    shutil.copytree(models.builtin_path(), folder)
    (folder / name).write_text(content)
    with pytest.raises(EngineError) as error:
        open_engine(choose(engine, model=str(folder)))
    assert str(folder) in str(error.value)
    assert "\n" not in str(error.value)


def test_the_builtin_model_is_whole_and_small():
    files = list(models.builtin_path().iterdir())
    assert [] == models.missing(models.builtin_path())
    assert sum(f.stat().st_size for f in files) < 70 * 1024 * 1024
    assert "marian" == json.loads((models.builtin_path() / "config.json").read_text())["model_type"]
