r"""What was never said: mark-up, addresses, file names, parts of uploads, subtitle times.

>>> [(found.code, found.start) for found in markup("see <b>here</b>: www.example.com/a?b=c")]
[('web-address', 17), ('markup', 4), ('markup', 11)]
>>> [found.replacement for found in markup("ask **first**: info@example.org")]
['info at example dot org', 'first']
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from sttprep.corpora.lint_found import SAME_LINE, Found, delete, mended
from sttprep.corpora.verbalize import ADDRESS

__all__ = ["CANDIDATES", "markup"]

CANDIDATES = (
    r"[<>@\\`*~{]|==|\[\[|\]\(|'''|(?:^|\W)_+\S|^\s*#|^\s*\|-|&[A-Za-z#]|^\s*--\S|^\s*WEBVTT"
    r"|[0-9]:[0-9]|\$[^$]*[\\^_=]|://|(?i:www\.|Content-)|10\.\d{4}"
    r"|\.(?i:xml|s?htm|txt|json|csv|tsv|pdf|docx?|xlsx?|pptx?|jpe?g|png|gif|php|wav|mp3)"
)
"""A line that none of the rules here can be about does not match this."""

_BLOCKS = (
    "article|blockquote|body|br|center|div|footer|form|h[1-6]|head|header|hr|html|li|main|nav|ol|"
    "option|pre|script|section|style|table|tbody|td|th|thead|title|tr|ul"
)
_LONG_TAGS = (
    rf"{_BLOCKS}|abbr|code|em|font|iframe|img|input|label|link|meta|nowiki|ref|references|small|"
    "span|strike|strong|sub|sup|tt"
)
_TAGS = rf"{_LONG_TAGS}|[abipu]|big|dl|dt|dd|del|ins|svg|form|button|cite|var|video|audio"
_MARKUP = re.compile(
    rf"</?(?P<tag>{_TAGS})(?:\s[^<>]*)?/?>|<!--.*?-->|<!--|-->|<!DOCTYPE[^<>]*>|<\?xml[^<>]*>"
    r"|(?P<entity>&(?:[a-zA-Z]{2,8}|\#\d+|\#x[0-9a-fA-F]+);)",
    re.I,
)
_BLOCK = re.compile(_BLOCKS, re.I)
_COMPLETE_BRACKET = re.compile(r"<[^<>]*>")
# A known tag that has lost a bracket; "x<y", "n>30" and "p>0.05" are comparisons.
_ILL_FORMED = re.compile(
    rf"</(?:\w+|(?!\S))|(?<!\w)<(?:{_TAGS})\b|(?<=\w)<(?:{_LONG_TAGS})\b"
    rf"|(?<![\w/])/?(?:{_TAGS})\b/?>(?!\s*[\d.=])",
    re.I,
)
_BOUNDARY = re.compile(
    r"--[-=]*+(?:WebKitFormBoundary\w+(?:--)?|(?=\D*+\d)[\w.=-]{8,})"
    r"|Content-(?:Disposition|Type|Transfer-Encoding|Length):.*",
    re.I,
)
_UPLOAD = ("--", "Co", "co", "CO")
_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_CUE = re.compile(rf"(?:\d+\s+)?{_TIME}\s*-+>\s*{_TIME}.*|WEBVTT\b.*")
_TIMESTAMP = re.compile(
    rf"[\[(]\s*{_TIME}(?:\s*[-–]+>?\s*{_TIME})?\s*[\])]"
    r"|^\s*\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,3})?(?=\s+[^\W\d_])"
)
_ADDRESS = re.compile(ADDRESS)
_LETTER = re.compile(r"\w")
_FILE = re.compile(r"(?!www\.|10\.\d+/)[\w/-]+(?:\.[\w-]+)+", re.I)  # among the addresses
_SAYABLE = re.compile(r"(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+){1,3})/?", re.I)
_END = ".,;:!?'\"”’)]}*"  # what follows an address belongs to the sentence

# Each alternative with what is left of it: the text of group "keep" + its number.
_LIGHT = re.compile(
    r"""
     ^\s*\#{1,6}\s+(?P<keep1>\S.*?)(?:\s+\#+)?\s*$          # Markdown heading
    |!?\[(?P<keep2>[^\[\]]*)\]\([^()]*\)   # Markdown link or picture
    |(?<![\w*])(?P<stars>\*{1,3})(?=[^\s*])(?P<keep3>[^*]*[^\s*])(?P=stars)(?![\w*])   # *emphasis*
    |(?<![\w_])(?P<lines>_{1,3})(?=[^\s_])(?P<keep4>[^_]*[^\s_])(?P=lines)(?![\w_])    # _emphasis_
    |`{1,2}(?P<keep5>[^`]+)`{1,2}                        # `code`
    |^\s*(?:```|~~~).*$                                     # fence of a code block
    |^\s*>\s+(?=[^\W\d_])                                   # Markdown quotation
    |\[\[(?:[^\[\]|]*\|)*(?P<keep6>[^\[\]|]*)\]\]           # wiki link
    |'''(?P<keep7>[^']+)'''                             # wiki bold
    |^\s*={2,6}\s*(?P<keep8>[^=]*[^=\s])\s*={2,6}\s*$          # wiki heading
    |\{\{[^{}]*\}\}                                         # wiki template
    |^\s*(?:\{\|.*|\|\}|\|-+)\s*$                           # wiki table
    |(?<![\w:\\])\\(?:cite\w*|ref|label|begin|end|usepackage|documentclass|includegraphics|footnote
        |input|include|vspace|hspace)\*?(?:\[[^\]]*\])*(?:\{[^{}]*\})*   # LaTeX, nothing to say
    |(?<![\w:\\])\\[A-Za-z]+\*?(?:\[[^\]]*\])?(?:\{(?P<keep9>[^{}]*)\})? # LaTeX \emph{text}
    """,
    re.VERBOSE,
)
_FORMULA = re.compile(r"\$[^$\s](?:[^$]*?[^$\s\\])?\$(?!\d)")
_FORMULA_SIGN = re.compile(r"[\\^_=]")
_QUICK_LIGHT = re.compile(r"[*`\\~]|\[\[|\]\(|'''|(?:^|\W)_|^\s*[#>=|{]|\{\{").search


def markup(text: str) -> Iterator[Found]:
    """The findings about what is in a line but was never said."""
    stripped = text.strip()
    start = text.find(stripped)
    if stripped[:2] in _UPLOAD and _BOUNDARY.fullmatch(stripped):
        yield delete(
            text, start, start + len(stripped), "warning", "multipart-boundary",
            "this line belongs to an HTTP upload, not to the text; its pieces become words.",
            "Delete it, and upload the text itself: --data-binary @corpus.txt",
            title="Delete the line",
        )  # fmt: skip
        return
    if ("->" in text or stripped.startswith("WEBVTT")) and _CUE.fullmatch(stripped):
        yield _timestamp(text, start, start + len(stripped), "Delete the line")
        return
    if ":" in text:
        for match in _TIMESTAMP.finditer(text):
            yield _timestamp(text, *match.span(), "Delete the time")
    addresses = list(_addresses(text))
    yield from addresses
    if addresses:
        text = _ADDRESS.sub(lambda match: _blanked(match[0]), text)
    tags = "<" in text or ">" in text
    for match in _MARKUP.finditer(text) if tags or "&" in text else ():
        yield _tag(text, match)
    text = _COMPLETE_BRACKET.sub(lambda match: " " * len(match[0]), text) if tags else text
    for match in _ILL_FORMED.finditer(text) if tags else ():
        yield delete(
            text, *match.span(), "warning", "ill-formed-markup",
            "a piece of a mark-up tag; its letters become words.", "Delete the whole tag.",
            title="Delete the piece of a tag",
        )  # fmt: skip
    if _QUICK_LIGHT(text):
        for match in _LIGHT.finditer(text):
            yield _light(text, match)
    if "$" in text:
        for match in _FORMULA.finditer(text):
            if _FORMULA_SIGN.search(match[0]):
                yield Found(
                    *match.span(), "warning", "markup", "a formula is not spoken as it is written.",
                    "Write it as it is spoken: x squared", SAME_LINE,
                )  # fmt: skip


def _blanked(address: str) -> str:
    kept = address.rstrip(_END)
    return " " * len(kept) + address[len(kept) :]


def _timestamp(text: str, start: int, end: int, title: str) -> Found:
    return delete(
        text, start, end, "warning", "timestamp",
        "the time of a subtitle or a recording was not spoken.", "Delete it.", title=title,
    )  # fmt: skip


def _addresses(text: str) -> Iterator[Found]:
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(_END)
        start, end = match.start(), match.start() + len(address)
        if _FILE.fullmatch(address):
            found = Found(
                start, end, "note", "file-name", "a file name becomes a word of the model.",
                "Delete it, or write it as it is spoken: report dot pdf",
            )  # fmt: skip
            name = re.sub(r"[/_-]+", " ", address.rpartition("/")[2])
            if _alone(text, start, end) or re.search(r"\d{3}", name):  # nobody says 33559169.xml
                yield delete(
                    text, *_with_punctuation(text, start, end), found.severity, found.code,
                    found.message, found.hint, title="Delete it",
                )  # fmt: skip
            else:
                yield mended(found, _dotted(name), "Write it as it is spoken")
            continue
        mail = "@" in address and "://" not in address
        code = "e-mail-address" if mail else "web-address"
        what = "an e-mail address" if mail else "a web address"
        if address.startswith("10."):
            what = "a document identifier (DOI)"
        message = f"{what} becomes a word of the model."
        hint = "Delete it, or write it as it is spoken: example dot com"
        sayable = _SAYABLE.fullmatch(address)
        if (mail or sayable) and not _alone(text, start, end):
            spoken = _spoken_mail(address) if mail else _dotted(sayable[1] if sayable else "")
            found = Found(start, end, "warning", code, message, hint)
            yield mended(found, spoken, "Write it as it is spoken")
        else:
            yield delete(
                text, *_with_punctuation(text, start, end), "warning", code, message, hint,
                title="Delete it",
            )  # fmt: skip


def _alone(text: str, start: int, end: int) -> bool:
    """Whether nothing but punctuation stands beside an address on its line."""
    return not (_LETTER.search(text, 0, start) or _LETTER.search(text, end))


def _with_punctuation(text: str, start: int, end: int) -> tuple[int, int]:
    """The place of an address; with what else is on the line, if that is punctuation only."""
    if not _alone(text, start, end):
        return start, end
    bare = text.strip()
    return text.index(bare), text.index(bare) + len(bare)


def _dotted(name: str) -> str:
    return name.strip(".").replace(".", " dot ")


def _spoken_mail(address: str) -> str:
    user, _, host = address.removeprefix("mailto:").rpartition("@")
    user = re.sub(r"[_+-]+", " ", user).strip()
    return f"{_dotted(user)} at {_dotted(host)}"


def _tag(text: str, match: re.Match[str]) -> Found:
    message, hint = "mark-up is not spoken.", "Export the page as plain text."
    start, end = match.span()
    if match["entity"]:
        character = html.unescape(match["entity"])
        found = Found(start, end, "warning", "markup", message, hint)
        if character == match["entity"]:  # no entity of HTML
            return found
        blank = not character.isprintable() or character.isspace()
        return mended(found, " " if blank else character, f"Write {character.strip() or 'a blank'}")
    glued = start and end < len(text) and not text[start - 1].isspace() and not text[end].isspace()
    if glued and match["tag"] and _BLOCK.fullmatch(match["tag"]):
        found = Found(start, end, "warning", "markup", message, hint)
        return mended(found, " ", "Write a blank instead of the tag")
    return delete(
        text, start, end, "warning", "markup", message, hint, title="Delete the tag"
    )  # fmt: skip


def _light(text: str, match: re.Match[str]) -> Found:
    kept = next(
        (kept for name, kept in match.groupdict().items() if name[0] == "k" and kept is not None),
        "",
    )
    message = "mark-up of Markdown, a wiki or LaTeX is not spoken."
    hint = "Export the page as plain text."
    if not kept.strip():
        return delete(
            text, *match.span(), "warning", "markup", message, hint, title="Delete the mark-up"
        )
    found = Found(*match.span(), "warning", "markup", message, hint)
    return mended(found, kept, "Keep the text without its mark-up")
