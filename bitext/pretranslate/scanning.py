"""
XML as text with places: where each element begins and ends, so that a file can be changed there
and nowhere else.

expat finds the places. It fetches nothing, and a file that declares an entity is refused.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from bitext.errors import InputError
from bitext.formats.encodings import encoding_called

TAG = re.compile(r"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")
DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DEEPEST = 100


@dataclass(slots=True)
class Element:
    """
    An element; `text[start:end]` is the whole of it, `text[inner:outer]` what is between its tags.

    `name` has no prefix; `children` are elements and, as str, the texts between them.
    """

    name: str
    attributes: dict[str, str]
    start: int
    inner: int
    outer: int = -1
    end: int = -1
    children: list["Element | str"] = field(default_factory=list)

    def elements(self, name: str = "") -> list["Element"]:
        return [c for c in self.children if isinstance(c, Element) and name in ("", c.name)]

    def first(self, name: str) -> "Element | None":
        return next(iter(self.elements(name)), None)

    def walk(self) -> Iterator["Element"]:
        """Itself and all elements in it, in their order."""
        yield self
        for child in self.elements():
            yield from child.walk()

    @property
    def empty(self) -> bool:
        return not any(isinstance(c, Element) or c.strip() for c in self.children)


def decoded(content: bytes, name: str) -> tuple[str, str]:
    """The text of an XML file, its byte order mark included, and its encoding."""
    encoding = next((marked for mark, marked in MARKS if content.startswith(mark)), "")
    if not encoding:
        declared = DECLARED.match(content[:200].lstrip())
        encoding = declared[1].decode("ascii") if declared else "utf-8"
    try:
        return content.decode(encoding_called(encoding)), encoding
    except (UnicodeError, LookupError) as error:
        problem = f"is not encoded as it says ({encoding}); save it as UTF-8"
        raise InputError(name, problem, line=1) from error


def scanned(text: str, name: str) -> Element:
    """The root element; raises InputError with the line of the damage."""
    return Scanner(text, name).root()


class Scanner:
    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.content = text.encode("utf-8", "surrogatepass")
        self.open: list[Element] = []
        self.top: Element | None = None
        # Where the last question about a place was answered, in bytes and in characters.
        self.at = (0, 0)
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.EntityDeclHandler = self.entity
        self.parser.SkippedEntityHandler = self.entity

    def root(self) -> Element:
        try:
            self.parser.Parse(self.content, True)
        except expat.ExpatError as error:
            problem = f"not well-formed XML ({expat.errors.messages[error.code]}); export it anew"
            raise InputError(self.name, problem, line=error.lineno) from error
        assert self.top
        return self.top

    def place(self) -> int:
        """Where expat stands, in characters; places are asked for in their order."""
        bytes_, characters = self.at
        now = self.parser.CurrentByteIndex
        characters += len(self.content[bytes_:now].decode("utf-8", "surrogatepass"))
        self.at = now, characters
        return characters

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        start = self.place()
        found = TAG.match(self.text, start)
        assert found
        element = Element(tag.rpartition(":")[2], attributes, start, found.end())
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.top = element
        self.open.append(element)
        if len(self.open) > DEEPEST:
            raise self.refusal(f"elements are nested more than {DEEPEST} deep")

    def end(self, tag: str) -> None:
        element = self.open.pop()
        if self.text.startswith("/>", element.inner - 2):
            element.outer = element.end = element.inner
        else:
            element.outer = self.place()
            element.end = self.text.index(">", element.outer) + 1

    def characters(self, text: str) -> None:
        if self.open:
            children = self.open[-1].children
            if children and isinstance(children[-1], str):
                children[-1] += text
            else:
                children.append(text)

    def entity(self, entity: str, *_: object) -> None:
        raise self.refusal(f"uses the XML entity {entity!r}; write out the text it stands for")

    def refusal(self, problem: str) -> InputError:
        return InputError(self.name, problem, line=self.parser.CurrentLineNumber)
