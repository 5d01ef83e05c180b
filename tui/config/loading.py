"""From the file to the settings: everything that is wrong is gathered and reported at once.

The program does not start on half a config.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from tui.characters import clipped
from tui.config import checks
from tui.config.definition import ANNOTATOR, THEME, TITLE, TOP
from tui.config.reader import Entry, SettingsReader
from tui.config.values import DEFAULT, FORMAT, Config, UserConfig
from tui.disk import open_regular
from tui.errors import ConfigError, Place
from tui.strict_yaml import read_yaml_file

MAX_BYTES = 4 * 1024**2
_NOT_SHARED = {
    "annotator": "who reads can't be set here, because this file is shared: use --annotator, VARIORUM_ANNOTATOR, "
    "`git config variorum.annotator` or your own config",
    "theme": "the theme can't be set here, because this file is shared: it belongs in your own config",
    "keys": "keys can't be set here, because this file is shared: they belong in your own config",
}
_SNIFFED_BYTES = 64 * 1024
# A file of ours says so in its first line, or was meant to: “fromat: variorum/1”, “format: variorium/1”.
_OUR_FORMAT = re.compile(
    rb"""^(?:\xef\xbb\xbf)?["']?(?:[Ff]\w{3,8}["']? *: *["']?variorum/|format["']? *: *["']?vari)""", re.MULTILINE
)
_OUR_KEY = re.compile(rb"""^(?:\xef\xbb\xbf)?["']?(tags|kinds|folders|size_limit|articles)["']? *:""", re.MULTILINE)
_OURS_BESIDE = (".variorum", DEFAULT.annotations_folder)


def is_config(path: Path) -> bool:
    """Whether the file at `path` is meant as a config.yaml of ours, right or wrong, and not some other program's.

    Its format tells. Where that is missing, two of our keys do, or one where a store or annotations lie beside it.
    """
    try:
        with open_regular(Path(os.path.realpath(path))) as file:
            begin = file.read(_SNIFFED_BYTES)
    except (OSError, ValueError):
        return False
    if _OUR_FORMAT.search(begin):
        return True
    keys = set(_OUR_KEY.findall(begin))
    return len(keys) > 1 or (len(keys) == 1 and any((path.parent / name).is_dir() for name in _OURS_BESIDE))


def load_config(path: Path) -> Config:
    """The settings in the config.yaml at `path`.

    Raises:
        ConfigErrors: keys or values are wrong; they are all named.
        ConfigError: the file is not of a format this version reads, or too large.
        YamlError: it can't be read, or is not the YAML read here.
    """
    root = _read(path, path.name)
    _check_format(root, path.name)
    reader = SettingsReader(path.name)
    entries = reader.mapping(root, path.name, TOP, _NOT_SHARED)
    config = DEFAULT
    if "title" in entries and (title := reader.text(entries["title"], "title", TITLE)):
        config = replace(config, title=title)
    if "tags" in entries:
        config = replace(config, tags=checks.tags(reader, entries["tags"]))
    if "kinds" in entries:
        config = replace(config, kinds=checks.kinds(reader, entries["kinds"]))
    if "folders" in entries:
        articles, annotations = checks.folders(reader, entries["folders"])
        config = replace(config, articles_folder=articles, annotations_folder=annotations)
    if "size_limit" in entries:
        config = replace(config, size_limit=checks.size(reader, entries["size_limit"]))
    if "articles" in entries:
        config = replace(config, corrections=checks.corrections(reader, entries["articles"]))
    reader.finish()
    return config


def load_user_config(path: Path) -> UserConfig:
    """The reader's own settings in the file at `path`, which may be a link; without a file there are none.

    Raises:
        ConfigErrors, ConfigError, YamlError: as for `load_config`; they name the whole path.
    """
    try:
        file = path.resolve(strict=True)  # people keep such files elsewhere and link to them
    except (OSError, RuntimeError):
        return UserConfig()
    root = _read(file, str(path))
    reader = SettingsReader(str(path))
    if root.node.value is None:
        return UserConfig()
    entries = reader.mapping(root, "your own config", ("format", "annotator", "theme", "keys"))
    if "format" in entries:
        _check_format(root, str(path))
    annotator = reader.text(entries["annotator"], "annotator", ANNOTATOR) if "annotator" in entries else None
    theme = reader.text(entries["theme"], "theme", THEME) if "theme" in entries else None
    keys = checks.keys(reader, entries["keys"]) if "keys" in entries else ()
    reader.finish()
    return UserConfig(annotator, theme, keys)


def user_config_path(environ: Mapping[str, str], home: Path) -> Path:
    """Where the reader's own settings lie, whether there are any or not."""
    base = Path(environ.get("XDG_CONFIG_HOME", ""))
    return (base if base.is_absolute() else home / ".config") / "variorum" / "config.yaml"


def _read(path: Path, source: str) -> Entry:
    try:
        size = path.lstat().st_size
    except OSError:
        size = 0  # reading it says what is wrong
    if size > MAX_BYTES:
        raise ConfigError(Place(source), f"the file is larger than {MAX_BYTES // 1024**2} MB: it is no config")
    root = read_yaml_file(path, source)
    return Entry(root, root.line)


def _check_format(root: Entry, source: str) -> None:
    """Nothing else is looked at in a file of another format: what its keys mean is not known."""
    entries = root.node.value if isinstance(root.node.value, dict) else {}
    found = entries["format"].value if "format" in entries else None
    if found == FORMAT:
        return
    place = Place(source, root.node.key_line("format"))
    if found is None:
        raise ConfigError(place, f"the file must begin with the line “format: {FORMAT}”")
    kind, _, version = str(found).partition("/")
    if kind == "variorum" and version.isdecimal() and int(version[:9]) > 1:
        raise ConfigError(place, f"this is {clipped(str(found))}, made for a newer Variorum than this one: update it")
    raise ConfigError(place, f"“{clipped(str(found))}” is no format this version reads: “{FORMAT}” is expected")
