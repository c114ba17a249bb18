"""The model files on this PC: which there are, which one is chosen, and how they come in and go."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import monotonic, sleep

from biseo_models import manifest
from biseo_models.engine import CancelFlag
from biseo_models.errors import ModelError, ModelForbiddenError
from biseo_models.folder_lock import FolderLock
from biseo_models.gguf import GgufHeader
from biseo_models.intake import (
    IntakeProgress,
    check_model_file,
    copy_hashed,
    disk_errors,
    hash_file,
    is_embedder,
    part_path,
    publish,
    require_space,
    sweep,
    wait_for,
)
from biseo_models.known import KnownModel, known_models
from biseo_models.machine import least_ram_gb
from biseo_models.manifest import EMBEDDER, WRITER, Manifest, Record

__all__ = ["IntakeProgress", "ModelEntry", "ModelStore"]

Intake = Generator[IntakeProgress, None, None]

_LOCK_PATIENCE = 10.0
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


@dataclass(frozen=True)
class ModelEntry:
    """A model file in the list. Sizes in bytes, context in tokens.

    Attributes:
        verified: the file has not changed since its hash was computed, and the hash is the pinned one if there is
            one. A file that is not verified is not run.
        licence: SPDX name, or what the file says, or nothing.
        min_ram_gb: memory a PC should have in all, in GB.
        active: it is the chosen one.
        note: Korean sentence about a limitation, or nothing.
        allowed: the policy of this PC does not forbid it.
        role: `writer`, or `embedder` for one that only tells what texts mean.
    """

    id: str
    name: str
    path: Path
    sha256: str
    verified: bool
    licence: str
    parameters: int
    quantization: str
    context: int
    size_bytes: int
    min_ram_gb: float
    active: bool
    architecture: str
    kv_bytes_per_token: int
    compute_bytes: int
    chat_template: bool
    note: str
    allowed: bool = True
    role: str = WRITER


class ModelStore:
    """The models folder. Several processes may use one folder at the same time.

    Args:
        folder: where the files are; made when the first one comes.
        known: the pinned models; the first is the default.
        allowed: SHA-256 of the files that may be used; None: any.
    """

    def __init__(
        self, folder: Path, known: tuple[KnownModel, ...] | None = None, allowed: frozenset[str] | None = None
    ) -> None:
        self._folder = folder
        self._allowed = allowed
        self._known = known_models() if known is None else known

    @property
    def default(self) -> KnownModel:
        """The model this program brings along."""
        return self._known[0]

    def default_available(self) -> bool:
        """Whether the default model can be prepared from the installed data packages, and may be used."""
        return self._allows(self.default.sha256) and len(self.default.part_paths()) == self.default.parts

    def entries(self) -> tuple[ModelEntry, ...]:
        """The models that can write, in the order they came. Looks at sizes and times only; takes milliseconds.

        Raises:
            ModelError: `store-unwritable`, the folder cannot be read.
        """
        return self._listed(WRITER)

    def embedders(self) -> tuple[ModelEntry, ...]:
        """The models that only tell what texts mean; `active` is the one by which the library is searched.

        Raises:
            ModelError: as for `entries`.
        """
        return self._listed(EMBEDDER)

    def find(self, model_id: str) -> ModelEntry:
        """The model of that id.

        Raises:
            ModelError: `unknown-model`.
        """
        for entry in (*self.entries(), *self.embedders()):
            if entry.id == model_id:
                return entry
        raise ModelError(
            "unknown-model", "그런 이름의 모델이 목록에 없습니다.", "설정 ▸ 모델의 목록에서 하나를 골라 주세요."
        )

    def active(self) -> ModelEntry:
        """The chosen model, fit to be run.

        Raises:
            ModelError: `no-model`, `model-missing`, `model-forbidden` or `model-changed`.
        """
        with disk_errors():
            listed = manifest.load(self._folder)
        record = listed.find(self._chosen(listed))
        if record is None or record.role != WRITER or not self.entries():
            raise ModelError(
                "no-model",
                "이 PC에 준비된 언어 모델이 없습니다.",
                "설정 ▸ 모델에서 기본 모델을 준비하거나 모델 파일(GGUF)을 추가해 주세요.",
            )
        if not (self._folder / record.file).is_file():
            raise ModelError(
                "model-missing",
                "고른 모델의 파일이 없어졌습니다.",
                "설정 ▸ 모델에서 모델을 다시 준비하거나 다른 모델을 골라 주세요.",
            )
        entry = self._entry(record, active=True)
        if not entry.allowed:
            raise forbidden()
        if not entry.verified:
            raise self._changed(record.id)
        return entry

    def use(self, model_id: str) -> None:
        """Choose a model.

        Raises:
            ModelError: `unknown-model`, `not-a-writer`, or `model-forbidden` or `model-changed` for a file that must
                not be run.
        """
        entry = self._usable(model_id)
        if entry.role != WRITER:
            raise ModelError(
                "not-a-writer",
                "글을 쓰는 모델이 아니라 뜻을 견주는 모델입니다.",
                "글쓰기용 모델을 골라 주세요. 이 모델은 biseo library encoder로 자료실에서 쓸 수 있습니다.",
            )
        with self._manifest() as listed:
            manifest.save(self._folder, replace(listed, active=model_id))

    def embedder(self) -> ModelEntry | None:
        """The model by which the library is searched, fit to be run; None for the built-in encoder.

        Raises:
            ModelError: `model-missing`, `model-forbidden`, `model-changed`, `store-unwritable`.
        """
        with disk_errors():
            listed = manifest.load(self._folder)
        if not listed.embedder:
            return None
        record = listed.find(listed.embedder)
        if record is None or not (self._folder / record.file).is_file():
            raise ModelError(
                "model-missing",
                "자료실에서 뜻으로 찾는 모델의 파일이 없어졌습니다.",
                "모델 파일을 biseo model add로 다시 넣거나 biseo library encoder built-in으로 기본 부품을 골라 주세요.",
            )
        return self._usable(record.id)

    def use_embedder(self, model_id: str) -> None:
        """Choose by what the library is searched; nothing for the built-in encoder.

        Raises:
            ModelError: `unknown-model`, `not-an-embedder`, `model-forbidden`, `model-changed`, `store-unwritable`.
        """
        if model_id:
            self.check_embedder(model_id)
        elif not manifest.load(self._folder).embedder:
            return  # nothing to change, perhaps not even a folder
        with self._manifest() as listed:
            manifest.save(self._folder, replace(listed, embedder=model_id))

    def check_embedder(self, model_id: str) -> ModelEntry:
        """The model of that id, where the library may be searched by it.

        Raises:
            ModelError: as for `use_embedder`.
        """
        entry = self._usable(model_id)
        if entry.role != EMBEDDER:
            raise ModelError(
                "not-an-embedder",
                "글을 쓰는 모델이어서 뜻으로 찾는 데는 쓸 수 없습니다.",
                "뜻을 견주는 모델(임베딩 GGUF)을 biseo model add로 넣은 뒤 골라 주세요.",
            )
        return entry

    def install_default(self, cancel: CancelFlag) -> Intake:
        """Join the parts of the default model into the folder; done at once when it is there and unchanged.

        When another process is at it, waits for that one and takes its result.

        Raises:
            Cancelled: `cancel` was set; nothing stays behind.
            ModelError: `parts-missing`, `parts-damaged`, `disk-full`, `store-unwritable`, `model-forbidden`.
        """
        return self.install(self.default.id, cancel)

    def install(self, model_id: str, cancel: CancelFlag) -> Intake:
        """Like `install_default`, for any model whose parts are installed."""
        known = next((model for model in self._known if model.id == model_id), None)
        if known is None:
            raise ModelError(
                "unknown-model", "그런 이름의 모델을 알지 못합니다.", "설정 ▸ 모델의 목록에서 하나를 골라 주세요."
            )
        if not self._allows(known.sha256):
            raise forbidden()
        return self._install(known, cancel)

    def add(self, file: Path, cancel: CancelFlag, *, embedders: bool = False) -> Intake:
        """Copy a GGUF of the user's into the folder. A file that is in the list already is only found there.

        Args:
            embedders: take one that only tells what texts mean, too.

        Raises:
            Cancelled: `cancel` was set; nothing stays behind.
            ModelError: the file cannot be run here (see `check_model_file`), the policy does not allow it
                (`model-forbidden`), or the disk refuses.
        """
        header = check_model_file(file, embedders=embedders)
        total = header.size_bytes
        with disk_errors():
            self._folder.mkdir(parents=True, exist_ok=True)
            inside = file.resolve().parent == self._folder.resolve()
            with FolderLock(self._folder / "intake.lock") as lock:
                yield from wait_for(lock, total, cancel)
                sweep(self._folder)
                if inside:
                    # the user has put it there by hand: it stays where it is
                    before = file.stat()
                    digest = yield from hash_file(file, "모델 파일을 확인하는 중", cancel)
                    self._require(digest)
                    model_id = self._register(file.name, digest, header, before.st_size, before.st_mtime_ns).id
                else:
                    require_space(self._folder, total)
                    with part_path(self._folder, "added") as part:
                        digest = yield from copy_hashed([file], part, total, "모델 파일을 가져오는 중", cancel)
                        self._require(digest)
                        model_id = self._keep(part, file, digest)
        yield IntakeProgress(total, total, "모델 파일을 가져왔습니다", model_id)

    def verify(self, model_id: str, cancel: CancelFlag) -> Intake:
        """Compute the hash again; a file whose content is the recorded one counts as verified afterwards.

        Raises:
            Cancelled: `cancel` was set.
            ModelError: `model-changed`, `unknown-model`.
        """
        entry = self.find(model_id)
        with disk_errors():
            before = entry.path.stat()
            digest = yield from hash_file(entry.path, "모델 파일을 확인하는 중", cancel)
            if digest != entry.sha256 or not self._as_pinned(model_id, digest):
                raise self._changed(model_id)
            with self._manifest() as listed:
                record = listed.find(model_id)
                if record is not None and record.sha256 == digest:
                    same = replace(record, size_bytes=before.st_size, mtime_ns=before.st_mtime_ns)
                    manifest.save(self._folder, listed.having(same))
        yield IntakeProgress(before.st_size, before.st_size, "모델 파일이 온전합니다", model_id)

    def remove(self, model_id: str) -> None:
        """Delete the file and forget it.

        Raises:
            ModelError: `unknown-model`, or `store-unwritable` while the model is in use.
        """
        entry = self.find(model_id)
        with disk_errors():
            entry.path.unlink(missing_ok=True)
            with self._manifest() as listed:
                manifest.save(self._folder, listed.without(model_id))

    def tidy(self) -> None:
        """Remove what a killed intake left behind, unless one is running. For the start of the program."""
        if not any(self._folder.glob(".*.part")):
            return
        with disk_errors(), FolderLock(self._folder / "intake.lock") as lock:
            if lock.acquire():
                sweep(self._folder)

    def _install(self, known: KnownModel, cancel: CancelFlag) -> Intake:
        total, label = known.size_bytes, "기본 모델을 준비하는 중"
        if self._is_ready(known):
            yield IntakeProgress(total, total, "기본 모델이 준비되어 있습니다", known.id)
            return
        with disk_errors():
            self._folder.mkdir(parents=True, exist_ok=True)
            with FolderLock(self._folder / "intake.lock") as lock:
                yield from wait_for(lock, total, cancel)
                sweep(self._folder)
                if not self._is_ready(known):  # another process may have finished it meanwhile
                    parts = known.part_paths()
                    if len(parts) < known.parts:
                        raise ModelError(
                            "parts-missing",
                            f"기본 모델의 조각 {known.parts}개 가운데 {len(parts)}개만 설치되어 있습니다.",
                            "프로그램을 다시 설치하거나 모델 파일(GGUF)을 직접 추가해 주세요.",
                        )
                    require_space(self._folder, total)
                    with part_path(self._folder, known.id) as part:
                        digest = yield from copy_hashed(parts, part, total, label, cancel)
                        if digest != known.sha256:
                            raise ModelError(
                                "parts-damaged",
                                "설치된 기본 모델이 원본과 달라서 쓰지 않았습니다.",
                                "프로그램을 다시 설치해 주세요.",
                            )
                        self._publish(part, f"{known.id}.gguf", self._record(known.id, known.id, digest, part))
        yield IntakeProgress(total, total, "기본 모델을 준비했습니다", known.id)

    def _is_ready(self, known: KnownModel) -> bool:
        return any(entry.id == known.id and entry.verified for entry in self.entries())

    def _keep(self, part: Path, source: Path, digest: str) -> str:
        """Give a copied file its place, unless the same content is in the list and whole; its id."""
        listed = manifest.load(self._folder)
        for entry in (*self.entries(), *self.embedders()):
            if entry.sha256 == digest and entry.verified:
                return entry.id
        again = next((record for record in listed.records if record.sha256 == digest), None)
        pinned = next((known for known in self._known if known.sha256 == digest), None)
        if again:
            model_id, name = again.id, again.file
        elif pinned:
            model_id, name = pinned.id, f"{pinned.id}.gguf"
        else:
            model_id = self._free_id(source)
            name = f"{model_id}.gguf"
        self._publish(part, name, self._record(model_id, source.stem, digest, part))
        return model_id

    def _register(self, name: str, digest: str, header: GgufHeader, size: int, mtime_ns: int) -> Record:
        """Put a file that is in the folder already on the list."""
        listed = manifest.load(self._folder)
        pinned = next((known for known in self._known if known.sha256 == digest), None)
        same = next((record for record in listed.records if record.file == name), None)
        model_id = same.id if same else pinned.id if pinned else self._free_id(Path(name))
        if not self._as_pinned(model_id, digest):
            raise self._changed(model_id)
        record = self._facts(model_id, Path(name).stem, name, digest, header, size, mtime_ns)
        with self._manifest() as listed:
            manifest.save(self._folder, listed.having(record))
        return record

    def _record(self, model_id: str, title: str, digest: str, part: Path) -> Record:
        # from the copy, not from the source: what was checked is what will be run
        header, status = check_model_file(part, embedders=True), part.stat()
        return self._facts(model_id, title, f"{model_id}.gguf", digest, header, status.st_size, status.st_mtime_ns)

    def _facts(
        self, model_id: str, title: str, file: str, digest: str, header: GgufHeader, size: int, mtime_ns: int
    ) -> Record:
        pinned = next((known for known in self._known if known.sha256 == digest), None)
        return Record(
            id=model_id,
            name=pinned.name if pinned else header.name or title,
            file=file,
            sha256=digest,
            size_bytes=size,
            mtime_ns=mtime_ns,
            licence=pinned.licence if pinned else header.licence,
            architecture=header.architecture,
            parameters=header.parameters,
            quantization=header.quantization,
            context=header.context,
            kv_bytes_per_token=header.kv_bytes_per_token,
            compute_bytes=header.compute_bytes,
            chat_template=header.chat_template,
            role=EMBEDDER if is_embedder(header) else WRITER,
        )

    def _publish(self, part: Path, name: str, record: Record) -> None:
        """Put the file under its name. The list comes first: a name in it without its file is simply not there,
        while a file that no list knows would take up the disk for ever."""
        final = self._folder / name
        record = replace(record, file=name)
        with self._manifest() as listed:
            manifest.save(self._folder, listed.having(record))
        publish(part, final)
        if final.stat().st_mtime_ns != record.mtime_ns:
            # some network drives set the time anew
            with self._manifest() as listed:
                record = replace(record, mtime_ns=final.stat().st_mtime_ns)
                manifest.save(self._folder, listed.having(record))

    @contextmanager
    def _manifest(self) -> Iterator[Manifest]:
        """The manifest, nobody else's to change meanwhile."""
        deadline = monotonic() + _LOCK_PATIENCE
        with disk_errors(), FolderLock(self._folder / "models.lock") as lock:
            while not lock.acquire():
                if monotonic() > deadline:
                    raise TimeoutError
                sleep(0.02)
            for left in self._folder.glob(".models-*.tmp"):
                left.unlink(missing_ok=True)
            yield manifest.load(self._folder)

    def _chosen(self, listed: Manifest) -> str:
        """Id of the chosen model; while nothing is chosen, the first one that is there, rather one that is allowed."""
        if listed.active:
            return listed.active
        there = [
            record for record in listed.records if record.role == WRITER and (self._folder / record.file).is_file()
        ]
        there.sort(key=lambda record: not self._allows(record.sha256))
        return there[0].id if there else ""

    def _listed(self, role: str) -> tuple[ModelEntry, ...]:
        with disk_errors():
            listed = manifest.load(self._folder)
        chosen = self._chosen(listed) if role == WRITER else listed.embedder
        return tuple(
            self._entry(record, record.id == chosen)
            for record in listed.records
            if record.role == role and (self._folder / record.file).is_file()
        )

    def _usable(self, model_id: str) -> ModelEntry:
        entry = self.find(model_id)
        if not entry.allowed:
            raise forbidden()
        if not entry.verified:
            raise self._changed(model_id)
        return entry

    def _entry(self, record: Record, active: bool) -> ModelEntry:
        path = self._folder / record.file
        try:
            status = path.stat()
            unchanged = (status.st_size, status.st_mtime_ns) == (record.size_bytes, record.mtime_ns)
        except OSError:
            unchanged = False
        shown = {name: value for name, value in asdict(record).items() if name not in ("file", "mtime_ns")}
        return ModelEntry(
            **shown,
            path=path,
            verified=unchanged and self._as_pinned(record.id, record.sha256),
            min_ram_gb=least_ram_gb(record),
            active=active,
            note=""
            if record.chat_template or record.role == EMBEDDER
            else "대화 형식이 들어 있지 않은 모델이어서 지시를 잘 따르지 않을 수 있습니다.",
            allowed=self._allows(record.sha256),
        )

    def _allows(self, digest: str) -> bool:
        return self._allowed is None or digest in self._allowed

    def _require(self, digest: str) -> None:
        if not self._allows(digest):
            raise forbidden()

    def _as_pinned(self, model_id: str, digest: str) -> bool:
        """Whether a hash is the one pinned for this id; ids that are not pinned may have any."""
        return all(known.sha256 == digest for known in self._known if known.id == model_id)

    def _changed(self, model_id: str) -> ModelError:
        pinned = any(known.id == model_id for known in self._known)
        return ModelError(
            "model-changed",
            "모델 파일이 처음 확인한 것과 달라져서 열지 않았습니다.",
            "설정 ▸ 모델에서 기본 모델을 다시 준비해 주세요."
            if pinned
            else "설정 ▸ 모델에서 파일을 다시 확인하거나 지운 뒤 다시 추가해 주세요.",
        )

    def _free_id(self, source: Path) -> str:
        """An id from the file name that neither the list, nor a file in the folder, nor a pinned model has."""
        taken = {record.id for record in manifest.load(self._folder).records} | {known.id for known in self._known}
        base = free = _slug(source.stem)
        count = 1
        while free in taken or (self._folder / f"{free}.gguf").exists():
            count += 1
            free = f"{base}-{count}"
        return free


def forbidden() -> ModelForbiddenError:
    """What is told of a model that the policy does not allow."""
    return ModelForbiddenError(
        "model-forbidden",
        "기관 정책에서 승인하지 않은 모델 파일이어서 쓸 수 없습니다.",
        "설정 ▸ 모델에서 승인된 모델을 고르거나 전산 담당자에게 승인된 모델 파일을 받아 주세요.",
    )


def _slug(stem: str) -> str:
    """A file name as an id: small letters, digits, Hangul and `. _ -`."""
    text = unicodedata.normalize("NFC", stem).lower()
    text = re.sub(r"[^0-9a-z가-힣._-]+", "-", text).strip("-._")[:80].rstrip("-._") or "model"
    return f"model-{text}" if _RESERVED.fullmatch(text) else text
