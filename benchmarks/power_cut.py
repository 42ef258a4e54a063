"""What a power cut may leave of a folder: only what was flushed is sure, the rest is a matter of luck.

A model of a careful but unkind disk. The bytes of a file are sure once the file was flushed, a name in
a folder once the folder was flushed. Everything else may be there or not, each by itself.
"""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path
from random import Random

Names = dict[str, int]  # name -> inode


class Disk:
    """Watches what a process flushes below a folder, and can take away what it did not."""

    def __init__(self, folder: Path, graveyard: Path) -> None:
        """Everything that is in the folder now is sure; hard links in `graveyard` keep what is removed."""
        self.folder, self.graveyard = folder, graveyard
        self.sure_bytes: set[int] = set()
        self.sure_names: dict[int, Names] = {}
        self.held: list[int] = []  # open folders: a number in use is not given to another folder
        for path in [folder, *folder.rglob("*")]:
            inode = path.stat().st_ino
            if path.is_dir():
                self.sure_names[inode] = _names(path)
                self.held.append(os.open(path, os.O_RDONLY))
            else:
                self.sure_bytes.add(inode)
                os.link(path, graveyard / str(inode))

    def flushed(self, handle: int) -> None:
        """A file or folder was flushed."""
        status = os.fstat(handle)
        self.held.append(os.dup(handle))
        if stat.S_ISDIR(status.st_mode):
            self.sure_names[status.st_ino] = _names(Path(os.readlink(f"/proc/self/fd/{handle}")))
        else:
            self.sure_bytes.add(status.st_ino)

    def cut(self, rng: Random) -> None:
        """Leave what is sure, and of the rest what chance leaves."""
        for path in [path for path in self.folder.rglob("*") if path.is_file()]:
            if path.stat().st_ino not in self.sure_bytes:
                os.truncate(path, rng.randrange(path.stat().st_size + 1))
        for folder in sorted((p for p in [self.folder, *self.folder.rglob("*")] if p.is_dir()), reverse=True):
            self._undo_names(folder, rng)

    def _undo_names(self, folder: Path, rng: Random) -> None:
        sure, now = self.sure_names.get(folder.stat().st_ino, {}), _names(folder)
        for name in sorted(sure.keys() | now.keys()):
            if sure.get(name) != now.get(name) and rng.random() < 0.5:
                self._put_back(folder / name, sure.get(name))

    def _put_back(self, path: Path, inode: int | None) -> None:
        """The name as it surely was; a folder that was removed is not brought back."""
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        if inode is not None and (self.graveyard / str(inode)).exists():
            os.link(self.graveyard / str(inode), path)


def _names(folder: Path) -> Names:
    return {entry.name: entry.inode() for entry in os.scandir(folder)}
