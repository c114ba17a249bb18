from __future__ import annotations

import hashlib
import importlib
import json
import os
import shutil
import subprocess
import sys
import textwrap
import threading
from collections import namedtuple
from pathlib import Path

import pytest
from tests.models.gguf_files import facts, gguf, write_gguf

from biseo_models.catalogue import ModelStore
from biseo_models.errors import Cancelled, ModelError
from biseo_models.folder_lock import FolderLock
from biseo_models.known import KnownModel, known_models, other_architectures, writer_architectures

NEVER = threading.Event()
PARTS = 3


def make_parts(folder: Path, content: bytes, prefix: str = "biseo_fake_part") -> KnownModel:
    """A pinned model whose data packages are in `folder`. Importing one of them would fail."""
    step = -(-len(content) // PARTS)
    for number in range(1, PARTS + 1):
        package = folder / f"{prefix}{number}"
        (package / "data").mkdir(parents=True)
        (package / "__init__.py").write_text("raise AssertionError('code of a data package ran')\n", encoding="utf-8")
        (package / "data" / f"part{number:02}.bin").write_bytes(content[(number - 1) * step : number * step])
    return KnownModel(
        id="fake-q4",
        name="가짜 모델",
        publisher="시험",
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        licence="Apache-2.0",
        context=4096,
        part_module=prefix + "{number}",
        part_file="data/part{number:02}.bin",
        parts=PARTS,
    )


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KnownModel:
    packages = tmp_path / "packages"
    model = make_parts(packages, gguf(weights=bytes(3 << 20)))
    monkeypatch.syspath_prepend(str(packages))
    importlib.invalidate_caches()
    return model


@pytest.fixture
def store(tmp_path: Path, known: KnownModel) -> ModelStore:
    return ModelStore(tmp_path / "사용자 이름" / "models", (known,))


def folder_of(store: ModelStore) -> Path:
    return store._folder


def leftovers(store: ModelStore) -> list[str]:
    folder = folder_of(store)
    return [path.name for path in folder.iterdir() if path.suffix in (".part", ".tmp")] if folder.exists() else []


def code_of(call: object, *arguments: object) -> str:
    with pytest.raises(ModelError) as caught:
        result = call(*arguments)  # type: ignore[operator]
        if result is not None and not isinstance(result, tuple):
            list(result)
    assert caught.value.message.endswith(".") and caught.value.advice.endswith(".")
    return caught.value.code


def test_an_empty_folder_has_no_model(store: ModelStore) -> None:
    assert store.entries() == ()
    assert code_of(store.active) == "no-model"
    assert not folder_of(store).exists()


def test_default_is_joined_from_its_parts(store: ModelStore, known: KnownModel) -> None:
    assert store.default_available()
    steps = list(store.install_default(NEVER))
    assert steps[-1].model_id == known.id
    assert all(step.total_bytes == known.size_bytes for step in steps)
    assert [step.done_bytes for step in steps] == sorted(step.done_bytes for step in steps)
    entry = store.active()
    assert (entry.id, entry.name, entry.licence, entry.verified, entry.active) == (
        known.id, "가짜 모델", "Apache-2.0", True, True,
    )  # fmt: skip
    assert hashlib.sha256(entry.path.read_bytes()).hexdigest() == known.sha256
    assert leftovers(store) == []
    assert len(list(store.install_default(NEVER))) == 1


def test_missing_and_damaged_parts(store: ModelStore, known: KnownModel, tmp_path: Path) -> None:
    part = tmp_path / "packages" / "biseo_fake_part2" / "data" / "part02.bin"
    whole = part.read_bytes()
    part.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert code_of(store.install_default, NEVER) == "parts-damaged"
    assert store.entries() == () and leftovers(store) == []
    part.unlink()
    assert not store.default_available()
    assert code_of(store.install_default, NEVER) == "parts-missing"
    part.write_bytes(whole)
    assert list(store.install_default(NEVER))[-1].model_id == known.id


def test_a_changed_file_is_never_run(store: ModelStore, known: KnownModel) -> None:
    list(store.install_default(NEVER))
    path = store.active().path
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(1, 1))
    assert not store.entries()[0].verified
    assert code_of(store.active) == "model-changed"
    assert code_of(store.use, known.id) == "model-changed"
    assert code_of(store.verify, known.id, NEVER) == "model-changed"
    list(store.install_default(NEVER))
    assert hashlib.sha256(store.active().path.read_bytes()).hexdigest() == known.sha256


def test_a_list_that_claims_another_hash_for_a_pinned_model_is_not_believed(
    store: ModelStore, known: KnownModel
) -> None:
    list(store.install_default(NEVER))
    manifest = folder_of(store) / "models.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace(known.sha256, "0" * 64), encoding="utf-8")
    assert code_of(store.active) == "model-changed"


def test_a_touched_file_is_good_again_after_verify(store: ModelStore, known: KnownModel) -> None:
    list(store.install_default(NEVER))
    os.utime(store.active().path, ns=(1, 1))
    assert code_of(store.active) == "model-changed"
    assert list(store.verify(known.id, NEVER))[-1].model_id == known.id
    assert store.active().verified


def test_own_file_is_added_once(store: ModelStore, tmp_path: Path) -> None:
    own = write_gguf(tmp_path / "Kanana 나노 (2.1B).gguf")
    assert list(store.add(own, NEVER))[-1].model_id == "kanana-나노-2.1b"
    other_name = tmp_path / "other.gguf"
    shutil.copy(own, other_name)
    assert list(store.add(other_name, NEVER))[-1].model_id == "kanana-나노-2.1b"
    same_name = write_gguf(tmp_path / "KANANA 나노 (2.1B).gguf", seed=1)
    assert list(store.add(same_name, NEVER))[-1].model_id == "kanana-나노-2.1b-2"
    first, second = store.entries()
    assert (first.name, first.licence, first.quantization, first.context) == ("시험 모델", "apache-2.0", "Q4_K_M", 4096)
    assert first.active and not second.active
    store.use(second.id)
    assert store.active().id == second.id
    store.remove(second.id)
    assert store.active().id == first.id and not second.path.exists()
    assert code_of(store.remove, second.id) == "unknown-model"
    assert code_of(store.use, "없는 이름") == "unknown-model"


def test_the_default_brought_as_a_file_is_the_default(store: ModelStore, known: KnownModel, tmp_path: Path) -> None:
    own = tmp_path / "download.gguf"
    own.write_bytes(gguf(weights=bytes(3 << 20)))
    assert list(store.add(own, NEVER))[-1].model_id == known.id
    assert store.active().name == known.name


def test_a_file_in_the_folder_is_listed_where_it_is(store: ModelStore) -> None:
    folder_of(store).mkdir(parents=True)
    own = write_gguf(folder_of(store) / "직접 넣은 모델.gguf")
    list(store.add(own, NEVER))
    assert store.active().path == own
    assert sorted(path.suffix for path in folder_of(store).iterdir()).count(".gguf") == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 not a model", "not-a-model"),
        (gguf()[:-1], "model-damaged"),
        (gguf(facts(general__architecture="sora9")), "unknown-architecture"),
        (gguf(facts(general__architecture="clip")), "not-a-writer"),
        (gguf(facts(split__count=3)), "split-model"),
        (gguf(facts(), weights=b"", shape=0), "model-damaged"),
    ],
)
def test_files_that_cannot_be_run_are_refused(store: ModelStore, tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "m.gguf").write_bytes(content)
    assert code_of(store.add, tmp_path / "m.gguf", NEVER) == code
    assert store.entries() == ()


def test_missing_file_folder_and_piece_are_refused(store: ModelStore, tmp_path: Path) -> None:
    assert code_of(store.add, tmp_path / "none.gguf", NEVER) == "file-missing"
    assert code_of(store.add, tmp_path, NEVER) == "file-missing"
    assert code_of(store.add, write_gguf(tmp_path / "m-00001-of-00002.gguf"), NEVER) == "split-model"


def test_a_model_without_chat_template_comes_with_a_note(store: ModelStore, tmp_path: Path) -> None:
    list(store.add(write_gguf(tmp_path / "base.gguf", tokenizer__chat_template=""), NEVER))
    assert "대화 형식" in store.active().note


def test_a_full_disk_is_seen_before_anything_is_written(
    store: ModelStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1 << 40, 1 << 40, 5 << 20))
    with pytest.raises(ModelError, match=r"0\.3GB가 비어 있어야 하는데 0\.0GB") as caught:
        list(store.install_default(NEVER))
    assert caught.value.code == "disk-full"
    assert code_of(store.add, write_gguf(tmp_path / "m.gguf"), NEVER) == "disk-full"
    assert leftovers(store) == []


def test_a_disk_that_fills_up_leaves_nothing(store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert code_of(store.install_default, NEVER) == "disk-full"
    assert store.entries() == () and leftovers(store) == []


def test_cancel_at_every_step_leaves_nothing(store: ModelStore) -> None:
    steps = 0
    while True:
        cancel, seen = threading.Event(), 0
        try:
            for step in store.install_default(cancel):
                if seen == steps and not step.model_id:
                    cancel.set()
                seen += 1
        except Cancelled:
            assert leftovers(store) == [] and store.entries() == ()
            steps += 1
        else:
            break
    assert steps > PARTS and store.active().verified


def test_a_dropped_generator_lets_go_of_everything(store: ModelStore) -> None:
    started = store.install_default(NEVER)
    next(started)
    assert leftovers(store)
    started.close()
    assert leftovers(store) == []
    list(store.install_default(NEVER))


def test_a_second_start_waits_for_the_first_and_takes_its_result(store: ModelStore, known: KnownModel) -> None:
    first, second = store.install_default(NEVER), ModelStore(folder_of(store), (known,)).install_default(NEVER)
    next(first)
    waiting = next(second)
    assert "기다리는" in waiting.label
    list(first)
    written = store.active().path.stat().st_mtime_ns
    assert list(second)[-1].model_id == known.id
    assert store.active().path.stat().st_mtime_ns == written


def test_waiting_can_be_cancelled(store: ModelStore, known: KnownModel) -> None:
    cancel = threading.Event()
    first, second = store.install_default(NEVER), store.install_default(cancel)
    next(first)
    next(second)
    cancel.set()
    with pytest.raises(Cancelled):
        next(second)
    first.close()


def test_tidy_removes_what_a_dead_process_left_but_not_what_a_living_one_writes(store: ModelStore) -> None:
    folder_of(store).mkdir(parents=True)
    (folder_of(store) / ".fake-q4.0123.part").write_bytes(b"half")
    running = store.install_default(NEVER)
    next(running)
    assert len(leftovers(store)) == 1
    store.tidy()
    assert len(leftovers(store)) == 1
    running.close()
    (folder_of(store) / ".fake-q4.0123.part").write_bytes(b"half")
    store.tidy()
    assert leftovers(store) == []


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", '{"models": 3}', '{"models": [{"id": "x"}, 5, null], "active": 7}', "[" * 100_000],
)
def test_a_broken_list_is_an_empty_list(store: ModelStore, content: str) -> None:
    folder_of(store).mkdir(parents=True)
    (folder_of(store) / "models.json").write_text(content, encoding="utf-8")
    assert store.entries() == ()
    list(store.install_default(NEVER))
    assert store.active().verified


def test_a_list_cannot_lead_out_of_the_folder(store: ModelStore, tmp_path: Path) -> None:
    list(store.install_default(NEVER))
    outside = write_gguf(tmp_path / "outside.gguf")
    manifest = folder_of(store) / "models.json"
    data = json.loads(manifest.read_text(encoding="utf-8"))
    for name in ("../../outside.gguf", str(outside), "..", ""):
        data["models"][0]["file"] = name
        manifest.write_text(json.dumps(data), encoding="utf-8")
        assert store.entries() == ()


def test_a_list_that_cannot_be_read_is_not_written_over(store: ModelStore) -> None:
    list(store.install_default(NEVER))
    manifest = folder_of(store) / "models.json"
    manifest.unlink()
    manifest.mkdir()
    assert code_of(store.entries) == "store-unwritable"
    assert code_of(store.active) == "store-unwritable"
    assert code_of(store.install_default, NEVER) == "store-unwritable"


DYING = """
    import sys, threading, os
    from pathlib import Path
    from biseo_models.catalogue import ModelStore
    from biseo_models.known import KnownModel
    import shutil, json, tempfile, uuid, importlib.resources
    sys.path.insert(0, sys.argv[1])
    store = ModelStore(Path(sys.argv[2]), (KnownModel(**json.loads(sys.argv[3])),))
    left = int(sys.argv[4])
    def hook(event, arguments):
        global left
        if event in ("open", "os.rename", "os.remove", "os.truncate", "os.mkdir"):
            left -= 1
            if left == 0:
                os._exit(77)
    sys.addaudithook(hook)
    for step in store.install_default(threading.Event()):
        pass
"""


def test_killed_at_any_file_operation_the_next_start_works(
    store: ModelStore, known: KnownModel, tmp_path: Path
) -> None:
    """The child kills itself before its n-th touch of the disk, for every n until it gets through."""
    description = json.dumps({name: getattr(known, name) for name in known.__dataclass_fields__})
    roots = [str(Path(sys.modules[name].__file__ or "").parents[1]) for name in ("biseo_models",)]
    roots += [str(Path(importlib.import_module("biseo_resources").__file__ or "").parents[1])]
    deaths = 0
    while True:
        folder = tmp_path / f"models {deaths}"
        command = [sys.executable, "-c", textwrap.dedent(DYING), str(tmp_path / "packages"), str(folder), description]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(roots), "PYTHONUTF8": "1"}
        ended = subprocess.run([*command, str(deaths + 1)], env=environment, timeout=60).returncode
        after = ModelStore(folder, (known,))
        for entry in after.entries():
            assert hashlib.sha256(entry.path.read_bytes()).hexdigest() == known.sha256
        finals = list(folder.glob("*.gguf")) if folder.exists() else []
        assert all(hashlib.sha256(path.read_bytes()).hexdigest() == known.sha256 for path in finals)
        if ended == 0:
            break
        assert ended == 77
        assert list(after.install_default(NEVER))[-1].model_id == known.id
        assert after.active().verified and leftovers(after) == []
        deaths += 1
    assert deaths > 8


def test_lock_is_free_again_when_its_holder_is_gone(tmp_path: Path) -> None:
    with FolderLock(tmp_path / "x.lock") as first, FolderLock(tmp_path / "x.lock") as second:
        assert first.acquire()
        assert not second.acquire()
        first.release()
        assert second.acquire()


def test_the_pinned_models_are_the_ones_this_project_was_built_with() -> None:
    default, small = known_models()
    assert default.sha256 == "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
    assert (default.size_bytes, default.parts, default.licence) == (1_117_320_768, 22, "Apache-2.0")
    assert small.sha256 == "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32"
    assert "qwen2" in writer_architectures() and not writer_architectures() & other_architectures()


def test_a_real_model_comes_out_of_its_packages(tmp_path: Path) -> None:
    store = ModelStore(tmp_path / "models")
    small = known_models()[1]
    if len(small.part_paths()) < small.parts:
        pytest.skip("the small model is not installed")
    *_, last = store.install(small.id, NEVER)
    assert last.model_id == small.id
    entry = store.active()
    assert (entry.architecture, entry.quantization, entry.context) == ("qwen2", "Q4_K_M", 32768)
    assert not any(name.startswith("pandas_sns") for name in sys.modules)
    entry.path.unlink()
