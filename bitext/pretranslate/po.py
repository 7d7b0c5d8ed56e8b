"""
gettext PO: empty translations are filled, and every other line stays as it is.

What a machine translated is marked fuzzy, so that no program uses it before a person has looked;
an exact match of a person's translation is not. Tags in a message (<b>, <a href>) are placed
as inline codes, and so are its line ends. The singular fills the first form, the plural the others.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bitext.errors import InputError
from bitext.formats.encodings import encoding_called
from bitext.pretranslate.intext import entities, items
from bitext.pretranslate.lines import lines_of
from bitext.pretranslate.slots import Edit, Fill, Slot, edited
from bitext.text import SINGLE

CHARSET = re.compile(rb"charset=([A-Za-z0-9._-]+)")
LINE = re.compile(r"[^\n]*\n|[^\n]+")
KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?\s*(\".*\")\s*$")
STRING = re.compile(r"\s*(\".*\")\s*$")
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
ESCAPED = re.compile(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
NAMED = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
NAMES = {"fr": "french", "en": "english"}
WRITTEN = {"\\": "\\\\", '"': '\\"'} | {plain: f"\\{name}" for name, plain in NAMED.items()}


@dataclass(slots=True)
class Message:
    """
    A string of an entry: what it says, and the characters start:end of the file that say it.

    `head` is what stands before the string on its first line ("msgstr[0] ").
    """

    text: str
    start: int
    end: int
    head: str


@dataclass(slots=True)
class Entry:
    """
    The strings of an entry by keyword, and where it and its flags begin.

    Flags go before what its strings were (`#| msgid`), which stands right before these, from
    `previous` on if it is there.
    """

    line: int
    start: int
    strings: dict[str, Message] = field(default_factory=dict)
    flags: tuple[int, str] | None = None
    previous: int | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file, the entries with an empty translation, and a slot for each empty string."""

    text: str
    encoding: str
    empty: tuple[tuple[Entry, str], ...]
    slots: tuple[Slot, ...]


def read(content: bytes, name: str) -> File:
    """Find the empty translations; raises InputError with the line of the damage."""
    text, encoding = decoded(content, name)
    empty: list[tuple[Entry, str]] = []
    slots: list[Slot] = []
    for entry in entries(text, name):
        source = entry.strings.get("msgid")
        if source is None:
            continue
        if not source.text:
            check_languages(entry, name)
            continue
        for key, string in entry.strings.items():
            if key.startswith("msgstr") and not string.text:
                empty.append((entry, key))
                slots.append(slot(entry, form_of(entry, key)))
    return File(text, encoding, tuple(empty), tuple(slots))


def check_languages(header: Entry, name: str) -> None:
    """Raise InputError if the header, whose msgid is empty, names other languages."""
    said = header.strings["msgstr"].text if "msgstr" in header.strings else ""
    for key, wanted, what in (("X-Source-Language", "fr", "from"), ("Language", "en", "to")):
        told = re.search(rf"^{key}:[ \t]*([A-Za-z]+)", said, re.MULTILINE)
        if told and told[1].lower() not in (wanted, NAMES[wanted], NAMES[wanted][:3]):
            direction = f"bitext translates {what} {NAMES[wanted].capitalize()}"
            problem = f"{key} is {told[1]!r}; {direction}: if these messages are, write {wanted!r}"
            raise InputError(name, problem, line=header.line)


def slot(entry: Entry, text: str) -> Slot:
    """The place for a translation of a text, which is one of the entry's."""
    flags = re.findall(r"([\w-]+)-format\b", entry.flags[1] if entry.flags else "")
    return Slot(
        f"line {entry.line}",
        lines_of(items(text, breaks=True)),
        entities=entities(text),
        formats=tuple(flags),
    )


def decoded(content: bytes, name: str) -> tuple[str, str]:
    declared = CHARSET.search(content[:20_000])
    encoding = declared[1].decode("ascii") if declared else "utf-8"
    encoding = "utf-8" if encoding.lower() == "charset" else encoding  # a template's blank
    try:
        return content.decode(encoding_called(encoding)), encoding
    except UnicodeError as error:
        at = error.start if isinstance(error, UnicodeDecodeError) else 0
        line = content.count(b"\n", 0, at) + 1
        raise InputError(name, f"is not {encoding}, as it says; save it so", line=line) from error
    except LookupError as error:
        raise InputError(name, f"no encoding called {encoding!r}; save it as UTF-8") from error


def form_of(entry: Entry, key: str) -> str:
    """The text that a form translates: the singular for the first of several, else the plural."""
    several = sum(key.startswith("msgstr") for key in entry.strings) > 1
    plural = entry.strings.get("msgid_plural")
    if plural is None or (several and key == "msgstr[0]"):
        return entry.strings["msgid"].text
    return plural.text


def entries(text: str, name: str) -> Iterator[Entry]:
    """The entries in use; those that are commented out (#~) are passed over."""
    entry: Entry | None = None
    flags: tuple[int, str] | None = None
    previous: int | None = None
    last: Message | None = None
    for number, found in enumerate(LINE.finditer(text), 1):
        line = found[0].lstrip("\ufeff")
        bare = line.strip()
        if not bare or bare.startswith("#"):
            if entry and "msgid" in entry.strings:
                yield entry
            if entry or not bare:
                entry = flags = previous = None
            if bare.startswith("#,"):
                flags = found.start(), found[0]
            elif bare.startswith("#|") and previous is None:
                previous = found.start()
            last = None
        elif keyword := KEYWORD.match(line):
            word, index, quoted = keyword.groups()
            begins = word == "msgctxt" or (word == "msgid" and not only_context(entry))
            if begins and entry:
                yield entry
                flags = previous = None
            if entry is None or begins:
                entry = Entry(number, found.start(), flags=flags, previous=previous)
            last = Message(plain(quoted, name, number), found.start(), found.end(), "")
            last.head = line[: keyword.start(3)]
            key = f"{word}[{index}]" if index else word
            if key in entry.strings:
                raise InputError(name, f"{key} comes twice in one entry", line=number)
            entry.strings[key] = last
        elif last and (string := STRING.match(line)):
            last.text += plain(string[1], name, number)
            last.end = found.end()
        else:
            raise InputError(name, "is neither a keyword nor a quoted string", line=number)
    if entry:
        yield entry


def only_context(entry: Entry | None) -> bool:
    return entry is not None and set(entry.strings) == {"msgctxt"}


def plain(quoted: str, name: str, line: int) -> str:
    """What a quoted string says."""
    found = QUOTED.fullmatch(quoted)
    if not found:
        raise InputError(name, 'a string does not end, or a " in it has no \\ before it', line=line)
    return ESCAPED.sub(unescaped, found[1])


def unescaped(found: re.Match[str]) -> str:
    octal, hexadecimal, letter = found.groups()
    if octal or hexadecimal:
        return chr(int(octal, 8) if octal else int(hexadecimal, 16))
    return NAMED.get(letter, letter)


def filled(file: File, fills: Sequence[Fill | None]) -> bytes:
    """The file with the fills in place, one for each slot; None leaves a string empty."""
    edits: list[Edit] = []
    machine: dict[int, Entry] = {}
    for (entry, key), fill in zip(file.empty, fills, strict=True):
        if fill is None:
            continue
        string = entry.strings[key]
        text = "".join(p if isinstance(p, str) else p.content for p in fill.pieces)
        new = written(
            string.head, encodable(text, file.encoding), line_end(file.text, string.start)
        )
        edits.append(Edit(string.start, string.end, new))
        if fill.kind != "exact":
            machine[entry.start] = entry
    edits += [fuzzy(entry, file.text) for entry in machine.values()]
    return edited(file.text, edits).encode(file.encoding, "replace")


def line_end(text: str, at: int) -> str:
    """How the line at a place ends; for a last line that has no end, the one before it."""
    end = text.find("\n", at)
    end = text.rfind("\n") if end < 0 else end
    return "\r\n" if end > 0 and text[end - 1] == "\r" else "\n"


def encodable(text: str, encoding: str) -> str:
    """The text, or where the encoding has no curly quotes and the like, with straight ones."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(SINGLE)
    return text


def written(head: str, text: str, end: str) -> str:
    """A string as PO writes it: on a line, or one line for each of its own."""
    lines = LINE.findall(text)
    quoted = [f'"{"".join(WRITTEN.get(c, c) for c in line)}"' for line in lines]
    if len(quoted) > 1:
        quoted.insert(0, '""')
    return head + end.join(quoted or ['""']) + end


def fuzzy(entry: Entry, text: str) -> Edit:
    """The entry's flags with "fuzzy" among them."""
    if entry.flags:
        start, line = entry.flags
        if re.search(r"\bfuzzy\b", line):
            return Edit(start, start, "")
        return Edit(start, start + 2, "#, fuzzy,")
    at = entry.start if entry.previous is None else entry.previous
    return Edit(at, at, f"#, fuzzy{line_end(text, at)}")
