"""What `check` says of files that nobody reads: what lies beside the files of annotations."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

_STRAY = "this is not read: files of annotations end in .yaml and lie in the folder of their reader"
_LINK = "this is a link, and links are not followed here: put the folder itself here"


def strays(annotations: Path, names: Iterable[str]) -> Iterator[tuple[Path, str]]:
    """What lies among the folders of these annotators, or in them, and is not read: where, and a sentence."""
    for entry in _entries(annotations):
        if not entry.is_dir(follow_symlinks=False) and not entry.is_symlink():
            yield annotations / entry.name, _STRAY
    for name in names:
        for root, folders, files in os.walk(annotations / name, followlinks=False):
            folders[:] = [folder for folder in folders if not folder.startswith(".")]
            # Path.is_symlink raises where a folder may be listed but not gone into.
            links = [folder for folder in folders if os.path.islink(Path(root) / folder)]  # noqa: PTH114
            for link in links:
                yield Path(root) / link, _LINK
            for file in files:
                if not file.startswith(".") and not file.endswith(".yaml"):
                    path = Path(root) / file
                    yield path, _LINK if os.path.islink(path) else _STRAY  # noqa: PTH114


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in a folder, hidden things aside; nothing where it can't be read, which is said elsewhere."""
    try:
        with os.scandir(folder) as entries:
            return sorted((each for each in entries if not each.name.startswith(".")), key=lambda each: each.name)
    except OSError:
        return []
