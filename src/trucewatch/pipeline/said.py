"""What a page says, as a digest: two fetches with one digest are one version of it, whatever their bytes."""

from __future__ import annotations

import hashlib
import re

from trucewatch.errors import ParseError
from trucewatch.sources.original import Original
from trucewatch.stages.clean import clean_body, decode_original

NUMBER = r"[\d][\d.,\u202f\u00a0 ]*\s?(?:k|m|thousand|million)?"
COUNTED = (
    r"(?:views?|reads?|readers?|comments?|shares?|likes?|followers?|subscribers?|votes?|replies|retweets?|reposts?"
    r"|downloads?|visitors?|visits?|clicks?|reactions?)"
)
AGO = r"(?:a|an|one|\d+)\s?(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|months?|years?)\s?ago|just\ now"
# what a page's own clock and counters print; never a number of anything but readers
TICKING = re.compile(
    rf"""(?:this\ (?:article|story|page|post|video)\ (?:has\ been|was)\ )?
    (?:(?:read|viewed|seen|shared)\ {NUMBER}\ times
    |{NUMBER}\ {COUNTED}(?:\ (?:so\ far|today|this\ (?:week|month)))?
    |{COUNTED}\s?[:(]?\s?{NUMBER}\)?
    |{NUMBER}\ (?:people|users|visitors|guests|readers)\ (?:are\ )?(?:online|reading\ (?:this|now)|here).{{0,20}}
    |(?:(?:last\ )?(?:updated|published|posted|modified)\W*)?(?:{AGO})
    |(?:\d+\s?min(?:ute)?s?\ read))""",
    re.I | re.X,
)
EDGES = re.compile(r"^[\W_]+|[\W_]+$")


def said_digest(original: Original) -> str | None:
    """Digest of an original's cleaned text, less counters and clocks that stand on lines of their own.

    None where nothing can be read of it: then only its bytes tell versions apart.
    """
    try:
        cleaned = clean_body(decode_original(original.original, original.media_type))
    except ParseError:
        return None
    lines = (line.text for line in cleaned.paragraphs)
    said = "\n".join(line for line in lines if not TICKING.fullmatch(EDGES.sub("", line)))
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
