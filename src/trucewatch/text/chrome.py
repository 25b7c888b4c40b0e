"""Lines that every newsroom's page template prints: buttons, notices, credits, bylines. Known by their wording and shape.

Rules of the trade, no outlet's name: a line here is dropped whatever the learned judge says of it. Wordings of notices are
those that WordPress, Blogger and the consent tools print, in the languages they print them in most.
"""

from __future__ import annotations

import re
from functools import lru_cache

LETTERS = re.compile(r"[^\W\d_]")
WORD = re.compile(r"\w+(?:['’.-]\w+)*")
TERMINAL = re.compile(r"[.!?…]['\"’”»)\]]*$|[”»\"]$")
DECORATION = re.compile(r"^[\s\W_]+|[\s\W_]+$")

BUTTONS = re.compile(
    r"""(?:(?:read|see|show|load|view|learn|find\ out|discover|watch|more|click)\s+(?:more|also|next|all|here
    |full\ (?:story|article)|on\ this(?:\ story)?)
    |(?:leave|post|add|write|submit)\ (?:a|your)\ (?:reply|comment)s?(?:\ cancel\ reply)?|cancel\ reply
    |(?:\d[\d.,]*)?\ ?(?:comments?|replies|shares?|views?|likes?)
    |no\ comments?(?:\ yet)?|comments?\ (?:are\ )?(?:closed|off|policy)|(?:be\ the\ first\ to\ )?comment
    |view\ comments|join\ the\ conversation
    |share(?:\ (?:this|on|via|with|the|it)\b.{0,40})?|tweet|retweet|pin(?:\ it)?|print|e-?mail|save|like|follow
    |copy\ link|report\ (?:an?\ )?(?:error|typo)
    |advertis(?:e|ement|ements|ing)|sponsored(?:\ content)?|promoted|recommended(?:\ (?:for\ you|stories|articles))?
    |trending(?:\ now)?|most\ (?:read|popular|viewed)
    |related(?:\ (?:articles?|posts?|stories|topics?|news|content|links?))?|you\ (?:may|might)\ (?:also\ )?like
    |more\ (?:stories|news|from|on)\b.{0,40}
    |latest(?:\ (?:news|stories|articles|updates))?|top\ stories|breaking\ news|up\ next|editor'?s'?\ (?:picks?
    |choice)|don'?t\ miss
    |skip\ to\ (?:the\ )?(?:main\ )?content|back\ to\ (?:the\ )?top|(?:main\ )?menu|search|home|close|next|previous
    |prev|older|newer|loading
    |(?:next|previous|prev|older|newer)\ (?:post|article|story|page)s?|(?:sign|log)\ ?(?:in|up|out)|register
    |subscribe(?:\ now)?|newsletters?
    |about(?:\ us)?|contact(?:\ us)?|privacy(?:\ policy)?|cookie\ (?:policy|settings)|terms(?:\ (?:of|and)\ .{3,20})?
    |sitemap|careers|rss
    |(?:photo|image|picture|video|file\ photo|audio|gallery|graphic|map|infographic|caption|photos|images|pictures
    |pages?|source|via|credit|text|enlarge\ image)s?
    |play\ video|(?:video|image|photo)\ (?:caption|source|credit)|getty\ images|handout|tags?|categories|category
    |topics|filed\ under|posted\ in|author)""",
    re.I | re.X,
)
LABELS = re.compile(
    r"(?:read (?:more|also|next)|also read|see also|related(?: (?:story|article|news))?|more on this"
    r"|recommended(?: reading)?|tags?|topics|"
    r"categories|filed under|posted (?:in|by|on)|image credits?|photo credits?|photos? by|image source|picture source"
    r"|credits?|"
    r"share this|follow us|contact|e-?mail|watch|listen|video|gallery|in pictures|source)\s*[:|»>–—-]\s*\S",
    re.I,
)
# imperatives that a site addresses to its readers; not those of an army ("leave your homes", "stay in your shelters")
ASKS = re.compile(
    r"(?:please |to |don['’]t forget to )?(?:(?:follow|join|like|support|contact|find) (?:us|our)\b"
    r"|follow\b.{1,60}\bon (?:twitter|x|facebook|telegram|instagram|youtube|google)\b"
    r"|(?:subscribe|download|sign up|sign in|log in|register|click|tap|share|donate|enable|allow|accept|read|watch|listen)\b"
    r"(?=.{0,160}\b(?:our|your|here|newsletters?|app|channels?|javascript|cookies?|browser|inbox|account|notifications?)\b)"
    r"|(?:get|receive|find|stay|visit|check|contact|send)\b(?=.{0,120}\b(?:newsletters?|inbox|notifications?|app|google news|"
    r"our (?:page|site|website|channel|coverage|live)|on (?:facebook|twitter|youtube|instagram|telegram|whatsapp))\b))",
    re.I,
)
REPORTS = re.compile(r"\b(?:said|says|told|tells|added|wrote|warned|urged|ordered|according)\b", re.I)
VIEWS = re.compile(
    r"(?:view|watch|see|open|show|play) (?:this |the )?(?:full )?(?:interactive|video|post|gallery|tweet|photo|content)s?\b"
    r"(?: content)? (?:on|at|in)\b"
    r"|this (?:story|post|article|report|page|video|tweet|content) (?:has been|was|is|is being) (?:updated|corrected|removed|"
    r"edited|developing|unavailable|no longer available|not available)\b",
    re.I,
)
# no notice is without one of these: looking for them first spares every sentence the long search
NOTICE_HINTS = (
    "right", "©", "(c)", "cookie", "kakor", "kapsler", "publish", "reproduc", "republish", "copied", "required field", "save my",
    "akismet", "comment data", "logged in", "notify me", "privacy", "terms of", "recaptcha", "javascript", "html5", "adsbygoogle",
    "iframe", "function", "var ", "vorbehalten", "droits", "derechos", "diritti", "права", "edited by", "views expressed",
    "auto-generated", "syndicated feed",
)  # fmt: skip
NOTICES = re.compile(
    r"""\ball\ rights\ reserved\b|(?:^|\W)(?:copyright|©|\(c\))\s*(?:©|\(c\))?\s*(?:19|20)\d\d|^©|(?:19|20)\d\d\s*©
    |^copyright\b
    |\bmay\ not\ be\ (?:published|reproduced|republished|copied)\b|\b(?:e-?mail
    |email)\ address\ will\ not\ be\ published\b|\brequired\ fields\ are\ marked\b
    |\bsave\ my\ name,?\ (?:e-?mail|email)\b|\buses?\ akismet\b|\bcomment\ data\ is\ processed\b
    |\bmust\ be\ logged\ in\ to\b|\bnotify\ me\ of\b
    |\b(?:we|site|website|page|sito|seite|webseite|sitio|ce\ site)\b.{0,60}\b(?:cookies?|kakor|informasjonskapsler)\b
    |\bcookies?\b.{0,60}\b(?:accept|consent|privacy|browser|website|settings)\b
    |\b(?:privacy\ policy|terms\ of\ (?:use|service))\b.{0,80}\b(?:agree|apply|accept|read|acknowledge)|\b(?:agree
    |accept)\b.{0,60}\b(?:privacy\ policy|terms\ of\ (?:use|service))\b
    |\bprotected\ by\ recaptcha\b|\benable\ javascript\b|\bjavascript\ (?:is|must\ be)\b|\bsupports?\ html5\ video\b
    |adsbygoogle|^<iframe|\bfunction\s*\(|^var\s+\w+\s*=
    |\balle\ rechte\ vorbehalten\b|\btous\ droits\ réservés\b|\btodos\ los\ derechos\ reservados\b
    |\btutti\ i\ diritti\ riservati\b|все\ права\ защищены
    |\bstory\ has\ (?:not\ )?been\ edited\ by\b|\bviews\ expressed\ (?:in\ this|here|are)\b.{0,60}\b(?:author|own)
    |\bauto-generated\ from\b|\bsyndicated\ feed\b""",
    re.I | re.X,
)
COMMENTS = re.compile(
    r"(?:leave|post|add|write) (?:a|your) (?:reply|comment)\b.{0,30}|\d* ?(?:comments?|replies|responses"
    r"|thoughts)(?: (?:on|to) .{3,160})?|"
    r"join the (?:conversation|discussion)|comments? ?\(\d+\)|show comments|hinterlasse.{0,30}kommentar"
    r"|schreibe einen kommentar|kommentare?|"
    r"laisser un commentaire|commentaires?|deja un comentario|comentarios|комментарии|lascia un commento|commenti",
    re.I,
)
BYLINE = re.compile(
    r"(?i:(?:(?:written|reported|posted|edited|published|story|text|words|analysis|photos?) )?by:?) [^\W\d_a-z].{2,70}"
    r"|(?i:(?:additional )?(?:reporting|editing|writing)(?: and (?:reporting|editing|writing))? by) [^\W\d_a-z].{2,200}"
)
CREDIT = re.compile(
    r"[^\W\d_][\w&.’' -]{1,40}(?:\s*/\s*[^\W\d_][\w&.’' -]{1,40}){1,4}|(?:photo|image|picture|file photo|photograph"
    r"|credit)s?\s*[:/©-].{2,60}",
    re.I,
)
PICTURE = re.compile(r"(?:photo|image|picture|credit)\w*\s*[:/©]", re.I)
DESK = re.compile(r"(?:additional )?(?:reporting|editing|writing)\b", re.I)
ADDRESS = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/|t\.co/)\S+$|@\w+$|(?:#\w+\s*)+$")
SMALL_WORDS = frozenset("and of in the for at to de la le el von van der al bin".split())


@lru_cache(maxsize=4096)
def chrome_reason(line: str) -> str | None:
    """Why a line is part of the page and not of its text, in a word; None where nothing in it says so."""
    core = DECORATION.sub("", line)
    count = len(core.split())
    ends = TERMINAL.search(line[-12:]) is not None
    if not LETTERS.search(core):
        return "no-words"
    if ADDRESS.match(line):
        return "address"
    if BUTTONS.fullmatch(core) and (count <= 4 or (count <= 12 and not ends)):
        return "button"
    if count <= 14 and COMMENTS.fullmatch(core):
        return "comments"
    if count <= 30 and LABELS.match(core) and not ends:
        return "label"
    if count <= 45 and ASKS.match(core) and not line.startswith(('"', "“", "'", "‘", "«")) and not REPORTS.search(line):
        return "request"
    if count <= 16 and VIEWS.match(core):
        return "embed"
    if count <= 60 and has_notice(line):
        return "notice"
    if count <= 9 and not ends and (("/" in core and CREDIT.fullmatch(core)) or PICTURE.match(core)):
        return "credit"
    if count <= 24 and BYLINE.fullmatch(core) and _is_names(core):
        return "byline"
    return None


def has_notice(line: str) -> bool:
    """Whether a line holds the wording of a notice of rights, of cookies, of comments' rules, or a piece of script."""
    lower = line.lower()
    return any(hint in lower for hint in NOTICE_HINTS) and NOTICES.search(line) is not None


def is_comments_heading(line: str) -> bool:
    """Whether a line stands over the readers' comments."""
    core = DECORATION.sub("", line)
    return len(core) < 200 and COMMENTS.fullmatch(core) is not None and len(WORD.findall(core)) <= 14


def _is_names(core: str) -> bool:
    """A byline has nothing but names after its "by": every word but small ones is capitalised."""
    words = re.sub(r"^.*?\bby:?\s", "", core, count=1, flags=re.I).split()
    named = [word for word in words if word.lower().strip(",;|") not in SMALL_WORDS]
    return bool(DESK.match(core)) or (bool(named) and all(not word[0].islower() for word in named))
