"""Remarks on colleagues' records: a comment or a disagreement, kept among one's own records."""

from dataclasses import replace

from tui.annotator import owner_of
from tui.errors import NothingChangedError, RefusedError
from tui.model.changes import Change
from tui.model.records import Claim, Link, Remark, Stance
from tui.session.gestures import Gesture
from tui.session.session import Session


def remark(session: Session, record: Claim | Link, stance: Stance, words: str) -> Gesture:
    """Say something about a colleague's record.

    Raises:
        RefusedError: nothing is said, or the record is one's own.
    """
    if record.annotator == session.annotator:
        raise RefusedError("this record is yours: a memo says what you want to say about it")
    desk = session.desk
    made = Remark(
        id=desk.new_id("r"),
        annotator=desk.annotator,
        on=f"{owner_of(record.annotator)}/{record.id}",
        exact=_words(session, record),
        stance=stance,
        memo=_said(words),
        created=desk.now(),
    )
    return Gesture(_label(stance, record), (Change(None, made),))


def set_words(remark: Remark, words: str) -> Gesture:
    """Say something else.

    Raises:
        RefusedError: nothing is said.
        NothingChangedError: it is the same.
    """
    after = replace(remark, memo=_said(words))
    if after == remark:
        raise NothingChangedError
    return Gesture("remark written", (Change(remark, after),))


def set_stance(remark: Remark, stance: Stance) -> Gesture:
    """Make it a comment or a disagreement."""
    what = "a disagreement" if stance is Stance.DISAGREE else "a comment"
    return Gesture(f"the remark is {what} now", (Change(remark, replace(remark, stance=stance)),))


def delete(remark: Remark) -> Gesture:
    return Gesture("deleted the remark", (Change(remark, None),))


def _said(words: str) -> str:
    memo = words.strip("\n")
    if not memo.strip():
        raise RefusedError("a remark says something: write it, or delete the remark")
    return memo


def _label(stance: Stance, record: Claim | Link) -> str:
    return f"{'disagreed with' if stance is Stance.DISAGREE else 'commented on'} {record.annotator}'s record"


def _words(session: Session, record: Claim | Link) -> str | None:
    """What the record says, for who reads the file: a claim's words, a link's gist or those of its first end."""
    if isinstance(record, Claim):
        return record.exact
    ends = session.ends_of(record)
    return record.gist or (ends[0].exact if ends else None)
