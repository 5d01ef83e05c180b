"""Record ids: a letter for the kind and twelve random characters.

The alphabet is Crockford's base 32 in lower case: no i, l, o or u, so that ids are easy to read aloud, and with a
letter in front they are always plain scalars in YAML. Sixty random bits collide at a million records with a
chance below one in a million.
"""

import re
import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PATTERN = f"[{ALPHABET}]{{12}}"
"""What follows the letter."""
_PATTERN = re.compile(f"[a-z]{PATTERN}")


def new_id(letter: str) -> str:
    """A fresh id of the kind `letter` stands for (`c` claim, `x` contradiction, `d` duplicate group, `r` remark, `s`
    decision on a suggestion)."""
    # Thirty-two characters: each byte gives one, all equally often.
    return letter + "".join(ALPHABET[byte % 32] for byte in secrets.token_bytes(12))


def is_id(text: str, letter: str) -> bool:
    """Whether `text` has the form of an id of that kind."""
    return text.startswith(letter) and _PATTERN.fullmatch(text) is not None
