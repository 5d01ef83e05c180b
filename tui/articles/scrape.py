"""What scraping leaves around an article: the words of buttons and menus, notices, picture credits.

General rules and a short list of phrases that any news site may show; nothing here knows a single site.
"""

import re

_PHRASE_LIST = """
    top of page; bottom of page; back to top; skip to content; skip to main content; skip to navigation; menu;
    main menu; toggle navigation; search; home; breadcrumb; related; related posts; related articles; related stories;
    related topics; related news; related content; you may also like; you might also like; recommended;
    recommended for you; more stories; more news; trending; trending now; most read; most popular; popular posts;
    recent posts; latest news; editor's picks; read more; read also; also read; read next; read full article;
    continue reading; see also; see more; show more; load more; view all; watch now; play video; video; photos; gallery;
    leave a comment; leave a reply; post a comment; add a comment; write a comment; comment; comments; no comments;
    no comments yet; view comments; show comments; comments are closed; join the conversation; comentarios; comentários;
    commentaires; kommentare; commenti; reacties; share; share this; share this article; share this post;
    share this story; share this page; tweet; email; print; facebook; twitter; whatsapp; telegram; linkedin; reddit;
    pinterest; copy link; link copied; bookmark; save; reply; like; advertisement; advertisements; advertising; ad;
    sponsored; sponsored content; promoted; story continues below advertisement;
    article continues below advertisement; article continues after ad; anuncio; publicidad; anzeige; werbung; publicité;
    subscribe; subscribe now; subscribe to our newsletter; sign up; sign up for our newsletter; sign in; log in; login;
    register; newsletter; newsletters; follow us; loading; now loading; please wait; listen; listen to this article;
    previous; next; previous post; next post; previous article; next article; close; cancel; submit; privacy policy;
    terms of use; terms of service; terms and conditions; cookie policy; accept cookies; accept all cookies;
    manage cookies; contact us; about us; all rights reserved; tags; topics; filed under
"""
_PHRASES = frozenset(" ".join(phrase.split()) for phrase in _PHRASE_LIST.split(";"))
_LONGEST_PHRASE = max(map(len, _PHRASES)) + 12
_COUNTER = re.compile(
    r"\d+ (?:comments?|shares?|views?|likes?|repl(?:y|ies)|retweets?)|(?:\d+|one) min(?:ute)?s?(?: of)? read(?:ing)?"
    r"|page \d+(?: of \d+)?|\d+ ?/ ?\d+|(?:share|follow)(?: us| this)?(?: article| post| story)? (?:on|via|by) [\w+]+"
)
_DURATION = re.compile(r"\d{1,2}:\d\d(?::\d\d)?")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_COPYRIGHT = re.compile(r"(?:copyright:? ?)?(?:©|\(c\) ?\d{4}).{0,200}|copyright:? \d{4}\b.{0,200}", re.IGNORECASE)

_NOTICE_LONGEST = 400
_OPINIONS = re.compile(
    r"\b(?:views?|opinions?)\b.{0,60}\bexpressed\b|\bexpressed\b.{0,40}\b(?:views?|opinions?)\b", re.IGNORECASE
)
_DISOWNED = re.compile(
    r"\b(?:do|does) not (?:\w+ )?(?:share|reflect|represent|endorse|support)\b"
    r"|\bthose of\b|\bnot necessarily\b|['’]s own\b",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"\W*((?:[A-Z][\w’'&.-]*|of|the|and|&)(?: (?:[A-Z][\w’'&.-]*|of|the|and|&)){0,5}) do(?:es)? not "
    r"(?:always |necessarily )?(?:share|reflect|represent|endorse|support)\b"
)
_NO_OWNER = re.compile(
    r"(?:The )?(?:Views?|Opinions?|It|This|They|We|That|These|Contents?|Articles?|Publications?|Authors?|Editors?"
    r"|Publishers?|Sites?|Website|Blog)\b",
    re.IGNORECASE,
)

_CREDIT_LONGEST = 500
_LABEL = r"(?:file )?(?:photo|photograph|picture|image|video)s?"
_CREDIT_START = re.compile(
    rf"{_LABEL}(?: ?credits?)? ?: |{_LABEL} (?:by|courtesy of) |FILE (?:PHOTO|[-–—])[\s:]*", re.IGNORECASE
)
# A credit at the end stands in brackets, after a bar or dash, or as a sentence of its own.
_CREDIT_END = re.compile(
    rf"(?:(?<=[.!?])\s+|\s*[|(\[–—]\s*)(?:{_LABEL}(?: ?credits?| courtesy(?: of)?| by)? ?: ?\S.{{0,80}}|file photo"
    r"|AP photo\b.{0,80}|[^.|()]{0,60}\bgetty images|[^.|()]{1,60}/ ?(?:Reuters|AFP|AP|EPA|Xinhua|Bloomberg)"
    r"|[^.|()]{0,60}\bvia (?:Reuters|AFP|AP))\.?[\])]?$",
    re.IGNORECASE,
)

_CREDITING = ("photo", "picture", "image", "video", "via ", "/")
"""One of these is in every credit at the end of a line."""


def is_duration(line: str) -> bool:
    """Whether `line` is the length of a video: “02:49”."""
    return _DURATION.fullmatch(line) is not None


def is_debris(line: str) -> bool:
    """Whether `line`, which has no white space around it, can be nothing but a leaving of the page it came from."""
    if is_duration(line):
        return True
    if len(line) <= _LONGEST_PHRASE:
        words = " ".join(_EDGES.sub("", line).casefold().replace("’", "'").split())
        # A line without a letter or digit, such as “* * *”, has no words.
        if not words or words in _PHRASES or _COUNTER.fullmatch(words):
            return True
    return _COPYRIGHT.fullmatch(line) is not None or _is_notice(line)


def owner_of_notice(line: str) -> str | None:
    """The outlet that disowns in `line` what its authors say: “The Daily Post does not always share the views …”."""
    found = _OWNER.match(line) if _is_notice(line) else None
    return found[1] if found and not _NO_OWNER.match(found[1]) else None


def without_credit(line: str) -> str | None:
    """The caption that `line` is, without the credit that shows it to be one; None where it isn't a caption."""
    if len(line) > _CREDIT_LONGEST:
        return None
    if start := _CREDIT_START.match(line):
        return line[start.end() :].strip()
    # The pattern goes through the whole line; most have none of its words.
    if any(map(line.lower().__contains__, _CREDITING)) and (end := _CREDIT_END.search(line)):
        return line[: end.start()].strip()
    return None


def _is_notice(line: str) -> bool:
    """Whether the site disowns here what its authors say."""
    return (
        len(line) <= _NOTICE_LONGEST and "xpressed" in line and bool(_OPINIONS.search(line) and _DISOWNED.search(line))
    )
