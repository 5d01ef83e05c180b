"""config.yaml, the settings a team shares, and the reader's own settings: checked, or refused with file and line.

`definition` and `values` say what can be set, `reader` and `checks` what is wrong, `loading` reads the files,
`template` writes the first one.
"""

from tui.config.definition import config_schema
from tui.config.loading import is_config, load_config, load_user_config, user_config_path
from tui.config.template import config_text
from tui.config.values import COLOURS, DEFAULT, DETAILS, Config, KeySetting, LinkKind, Tag, UserConfig

__all__ = [
    "COLOURS",
    "DEFAULT",
    "DETAILS",
    "Config",
    "KeySetting",
    "LinkKind",
    "Tag",
    "UserConfig",
    "config_schema",
    "config_text",
    "is_config",
    "load_config",
    "load_user_config",
    "user_config_path",
]
