"""
XML as it comes: each element of a kind as soon as it is whole, and text made fit to be written.

Nothing is fetched and no entity is expanded: a file that declares one is refused.
"""

import codecs
import re
from collections.abc import Collection, Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from bitext.errors import InputError
from bitext.formats.codes import SENTENCE_END, parts
from bitext.formats.encodings import encoding_called

NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CHUNK = 1 << 16
LONGEST_TAG = 10_000_000  # bytes, as in libxml2; expat before 2.6 is quadratic in a tag's length
LONGEST_UNIT = 5_000_000  # bytes; what is not whole yet is held in memory
XML_LANG = "http://www.w3.org/XML/1998/namespace lang"

# The longer marks first: that of UTF-32 begins as that of UTF-16 does.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")


def legal(text: str) -> str:
    """The text with U+FFFD for each character that XML 1.0 cannot hold."""
    return NOT_XML.sub("\ufffd", text)


def escaped(text: str) -> str:
    """
    Text as XML writes it between tags.

    >>> escaped("R&D <b>")
    'R&amp;D &lt;b&gt;'
    """
    text = legal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")


def quoted(text: str) -> str:
    r"""
    Text as the value of an attribute, with its quotes.

    >>> print(quoted('"R&D"\n'))
    "&quot;R&amp;D&quot;&#10;"
    """
    text = escaped(text).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;")
    return f'"{text}"'


def elements(
    file: BinaryIO,
    name: str,
    *,
    kind: str,
    root: str,
    whole: Collection[str],
    opened: Collection[str] = (),
) -> Iterator[tuple[Element, int]]:
    """
    Each element named in `whole` once it is whole, and those in `opened`, still empty, when they
    open, with the line they begin on; raises InputError.

    `kind` is how messages call such a file. Elements of the root's namespace go by their bare
    name, others, and xml:lang, by "namespace name".
    """
    tags = _Tags(name, kind, root, frozenset(whole), frozenset(opened))
    fed = 0
    try:
        for chunk in in_utf8(file):
            tags.parser.Parse(chunk, False)
            yield from tags.finished()
            fed += len(chunk)
            tags.check_size(fed)
        tags.parser.Parse(b"", True)
        yield from tags.finished()
    except InputError:
        yield from tags.finished()
        raise
    except expat.ExpatError as error:
        yield from tags.finished()
        problem = f"not well-formed XML ({expat.errors.messages[error.code]}); export it anew"
        raise InputError(name, problem, line=error.lineno) from error
    except (ValueError, LookupError) as error:  # from Python's codecs
        yield from tags.finished()
        line = tags.parser.CurrentLineNumber
        problem = f"encoding not read ({error}); save it as UTF-8"
        raise InputError(name, problem, line=line) from error


def in_utf8(file: BinaryIO) -> Iterator[bytes]:
    """The file in pieces, in UTF-8 whatever its encoding; raises ValueError or LookupError."""
    head = file.read(CHUNK)
    decoder = codecs.getincrementaldecoder(encoding_of(head))()
    while head:
        yield decoder.decode(head).encode("utf-8", "surrogatepass")
        head = file.read(CHUNK)
    yield decoder.decode(b"", True).encode("utf-8", "surrogatepass")


def encoding_of(head: bytes) -> str:
    """
    The encoding that the first bytes of an XML file tell; raises LookupError if it is none.

    >>> encoding_of(b'<?xml version="1.0" encoding="windows-1252"?>')
    'cp1252'
    """
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding
    declared = DECLARED.match(head)
    encoding = encoding_called(declared[1].decode()) if declared else "utf-8"
    # Some tools keep the words "utf-16" in a file that they save as UTF-8.
    return "utf-8" if encoding.startswith(("utf-16", "utf-32")) else encoding


class _Tags:
    """What expat calls. expat fetches nothing, and a declared entity ends the reading at once."""

    def __init__(
        self, name: str, kind: str, root: str, whole: frozenset[str], opened: frozenset[str]
    ) -> None:
        self.name, self.kind, self.root_tag = name, kind, root
        self.whole, self.opened = whole, opened
        self.done: list[tuple[Element, int]] = []
        self.builder: TreeBuilder | None = None
        self.begun = (0, 0)  # the line and the byte that the element being built begins on
        self.own = ""
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.root
        self.parser.EntityDeclHandler = self.entity
        self.parser.SkippedEntityHandler = self.entity

    def finished(self) -> list[tuple[Element, int]]:
        done, self.done = self.done, []
        return done

    def refusal(self, problem: str) -> InputError:
        return InputError(self.name, problem, line=self.parser.CurrentLineNumber)

    def check_size(self, fed: int) -> None:
        """Raise InputError if what is not whole yet has grown out of bounds."""
        if fed - self.parser.CurrentByteIndex > LONGEST_TAG:
            raise self.refusal("a single tag or comment goes on for more than 10 MB")
        if self.builder is not None and fed - self.begun[1] > LONGEST_UNIT:
            problem = "a single unit goes on for more than 5 MB"
            raise InputError(self.name, problem, line=self.begun[0])

    def root(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, found = tag.rpartition(" ")
        if found != self.root_tag:
            problem = f"<{found}> where <{self.root_tag}> should be; is this {self.kind} file?"
            raise self.refusal(problem)
        self.own = f"{namespace} " if namespace else ""
        self.parser.StartElementHandler = self.start
        self.start(tag, attributes)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        known = tag.removeprefix(self.own)
        if known in self.whole:
            # Within, expat calls the builder's own functions: these are C, and much is within.
            self.builder = builder = TreeBuilder()
            self.begun = self.parser.CurrentLineNumber, self.parser.CurrentByteIndex
            builder.start(tag, attributes)
            self.parser.StartElementHandler = builder.start
            self.parser.CharacterDataHandler = builder.data

            def end(closed: str) -> None:
                builder.end(closed)
                if closed == tag:
                    self.close(builder)

            self.parser.EndElementHandler = end
        elif known in self.opened:
            self.done.append((Element(known, attributes), self.parser.CurrentLineNumber))

    def close(self, builder: TreeBuilder) -> None:
        self.parser.StartElementHandler = self.start
        self.parser.CharacterDataHandler = self.parser.EndElementHandler = None
        self.builder = None
        element = builder.close()
        if self.own:
            for each in element.iter():
                each.tag = each.tag.removeprefix(self.own)
        self.done.append((element, self.begun[0]))

    def entity(self, entity: str, *_: object) -> None:
        raise self.refusal(f"uses the XML entity {entity!r}; write out the text it stands for")


# What stands between texts that a code keeps apart: a space in any case, or between words only.
# NUL cannot stand in XML.
APART, WORDS_APART = "\0 ", "\0-"
# Looking back keeps a megabyte of spaces from being tried at each of them.
AROUND_APART = re.compile(r"(?<!\s)\s*+\0 \s*+")
CODES = re.compile(r"(?:\0-)++(\s?)")


def text_of(parent: Element, around: Collection[str]) -> str:
    """
    The text of an element without the codes in it.

    `around` names the elements that mark a stretch of text, and whose content is text. What a
    code says in <sub> (a footnote, a title) is text too, set off by spaces; a break is a space,
    and so is what stands between two words, or sentences, and nothing else does.
    """
    if not len(parent):
        return parent.text or ""
    text = "".join(pieces(parent, around))
    return CODES.sub(joint, AROUND_APART.sub(gap, text)) if "\0" in text else text


def gap(found: re.Match[str]) -> str:
    """The space in place of what sets texts off; none at the ends of a text."""
    return " " if 0 < found.start() and found.end() < len(found.string) else ""


def joint(found: re.Match[str]) -> str:
    """What stands in place of codes and the space behind them."""
    text, space = found.string, found[1]
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    if space or not before or not after:
        return "" if before.isspace() else space
    words = before.isalnum() and after.isalnum()
    return " " if words or (before in SENTENCE_END and after.isupper()) else ""


def pieces(parent: Element, around: Collection[str]) -> Iterator[str]:
    """The stretches of text; with a stack of its own, for elements may be nested without end."""
    stack: list[str | Element] = [parent]
    while stack:
        top = stack.pop()
        if isinstance(top, str):
            yield top
            continue
        inside: list[str | Element] = [top.text or ""]
        for child in top:
            if child.tag in around:
                inside.append(child)
            elif child.tag == "cp":  # XLIFF 2: a character that XML cannot hold
                inside.append(character(child.get("hex", "")))
            else:
                said = [each for sub in child.iterfind("sub") for each in (APART, sub, APART)]
                inside += said or [between(child)]
            inside.append(child.tail or "")
        stack += reversed(inside)


def between(code: Element) -> str:
    """What stands for a code in a text."""
    return {"": "", "words": WORDS_APART, "lines": APART}[
        parts(code.tag, code.attrib, code.text or "")
    ]


def character(code: str) -> str:
    """
    >>> character("001B")
    '\\x1b'
    """
    value = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,6}", code) else 0
    return chr(value) if 0 < value <= 0x10FFFF else "\ufffd"
