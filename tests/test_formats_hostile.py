"""Files made to do harm: they are refused, or their content is text and nothing more."""

import csv
import gzip
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from test_formats import MODULES, UNIT, read, written

from bitext import interchange
from bitext.errors import InputError, OutputError
from bitext.formats import archives, tables, xlsx

ROOTS = {"tmx": "tmx", "xliff": "xliff", "xliff2": "xliff"}
LAUGHS = "<!DOCTYPE {root} [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
OUTSIDE = "<!DOCTYPE {root} [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"
PARAMETER = "<!DOCTYPE {root} [<!ENTITY % x SYSTEM 'http://example.invalid/x.dtd'> %x;]>"
UNKNOWN = "<!DOCTYPE {root} SYSTEM 'http://example.invalid/x.dtd'>"


@pytest.mark.parametrize("doctype", [LAUGHS, OUTSIDE, PARAMETER, UNKNOWN])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32-be"])
@pytest.mark.parametrize("name", ROOTS)
def test_no_entity_is_expanded(name: str, encoding: str, doctype: str) -> None:
    whole = written(name, [replace(UNIT, source="&x;")]).decode().partition("?>")[2]
    whole = whole.replace("&amp;x;", "&b;" if doctype == LAUGHS else "&x;")
    content = doctype.format(root=ROOTS[name]) + whole
    with pytest.raises(InputError, match="uses the XML entity"):
        read(name, content.encode(encoding))


def changed(content: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """A zip archive with one of its members changed, or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in dict.fromkeys([*old.namelist(), member]):
            inside = old.read(name) if name in old.namelist() else b""
            new.writestr(name, change(inside) if name == member else inside, zipfile.ZIP_DEFLATED)
    return made.getvalue()


SHEETS = {"xlsx": "xl/worksheets/sheet1.xml", "docx": "word/document.xml"}


@pytest.mark.parametrize("doctype", [LAUGHS, OUTSIDE, PARAMETER])
@pytest.mark.parametrize(("name", "member"), SHEETS.items())
def test_no_entity_of_an_office_file_is_expanded(name: str, member: str, doctype: str) -> None:
    def declare(markup: bytes) -> bytes:
        declaration, _, rest = markup.partition(b"?>") if b"?>" in markup else (b"", b"", markup)
        head = declaration + b"?>" if declaration else b""
        return head + b"<!-- -->" * 20_000 + doctype.format(root="x").encode() + rest

    with pytest.raises(InputError, match=r"declares a document type|uses the XML entity"):
        read(name, changed(written(name, [UNIT]), member, declare))


@pytest.mark.parametrize("name", [*SHEETS, "moses"])
@pytest.mark.parametrize("inside", ["../../evil", "/etc/evil", "C:\\evil", "a/..\\..\\evil"])
def test_no_name_leads_out_of_an_archive(name: str, inside: str) -> None:
    with pytest.raises(InputError, match="outside of the archive; not opened"):
        read(name, changed(written(name, [UNIT]), inside, lambda _: b"x"))


@pytest.mark.parametrize("name", [*SHEETS, "moses"])
def test_zip_bombs_are_not_opened(name: str) -> None:
    bomb = changed(written(name, [UNIT]), "bomb.bin", lambda _: bytes(30_000_000))
    assert len(bomb) < 100_000
    with pytest.raises(InputError, match=r"would unpack [\d,]+ bytes to 30,\d{3},\d{3}"):
        read(name, bomb)


@pytest.mark.slow
def test_gzip_bombs_are_not_read_on(tmp_path: Path) -> None:
    path = tmp_path / "x.tmx.gz"
    path.write_bytes(gzip.compress(b"<tmx><body>" + b" " * 30_000_000 + b"</body></tmx>"))
    with pytest.raises(InputError, match="not read on"):
        list(interchange.read(path))


def test_an_encrypted_archive_is_named() -> None:
    content = bytearray(written("moses", [UNIT]))
    for at in range(len(content)):
        if content[at : at + 4] == b"PK\x01\x02":
            content[at + 8] |= 1
    with pytest.raises(InputError, match="is encrypted"):
        read("moses", bytes(content))


def test_more_files_than_a_document_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_MEMBERS", 3)
    with pytest.raises(InputError, match="is it a document"):
        read("moses", written("moses", [UNIT]))


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "'=1",
    "''+1",
    '=HYPERLINK("x")',
    "#N/A",
]


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_formulas_are_text_and_come_back(name: str, text: str) -> None:
    unit = replace(UNIT, id=text, source=f"{text}", target=text, comment=text, document=text)
    [back] = read(name, written(name, [unit]))
    assert (text,) * 5 == (back.id, back.source, back.target, back.comment, back.document)


@pytest.mark.parametrize("text", FORMULAS[:-1])
def test_no_cell_of_a_csv_file_begins_as_a_formula(text: str) -> None:
    content = written("csv", [replace(UNIT, target=text)]).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(content, newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row[:6])


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    units = [replace(UNIT, source=text, target=text) for text in FORMULAS]
    sheet = openpyxl.load_workbook(io.BytesIO(written("xlsx", units))).active
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value}
    assert {"s"} == kinds
    assert all(sheet.cell(row, 2).quotePrefix for row in range(2, 2 + len(FORMULAS) - 1))


def test_what_a_reviewer_typed_over_text_reads_as_text() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Target", "SOURCE", "id", "", None])
    book.active.append([2021, "l’an", 7])
    book.active.append(["=1+1", True, None, 3.5])
    made = io.BytesIO()
    book.save(made)
    first, second = read("xlsx", made.getvalue())
    assert ("2021", "l’an", "7") == (first.target, first.source, first.id)
    # A formula is what it comes to, which openpyxl does not reckon.
    assert ("", "True", "x.xlsx:3") == (second.target, second.source, second.id)


def test_a_sheet_that_claims_a_million_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 20_000)  # a million take seconds

    def claim(markup: bytes) -> bytes:
        return markup.replace(b'<row r="2"', b'<row r="99999999999"').replace(
            b"<sheetData>", b'<dimension ref="A1:XFD99999999"/><sheetData>'
        )

    with pytest.raises(InputError, match="more rows than Excel"):
        read("xlsx", changed(written("xlsx", [UNIT]), SHEETS["xlsx"], claim))


def test_a_page_runs_nothing() -> None:
    evil = "</td></table><script>alert(1)</script><img src=x onerror=alert(1)>"
    content = written("html", [replace(UNIT, id=evil, source=evil, target=evil)])
    assert b"<script" not in content
    assert b"<img" not in content
    assert [evil] == [unit.source for unit in read("html", content)]


def test_word_documents_are_what_python_docx_reads() -> None:
    units = [UNIT, replace(UNIT, source="deux\nlignes", comment="\tsic")]
    table = docx.Document(io.BytesIO(written("docx", units))).tables[0]
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert [list(tables.COLUMNS), *(list(tables.row(unit)) for unit in units)] == cells


def test_tracked_changes_read_as_accepted() -> None:
    def track(markup: bytes) -> bytes:
        gone = b'<w:del w:id="1"><w:r><w:delText>old</w:delText><w:t>old</w:t></w:r></w:del>'
        come = b'<w:ins w:id="2"><w:r><w:t>new</w:t></w:r></w:ins>'
        return markup.replace(
            b'<w:t xml:space="preserve">\xe2\x80\x9cThe lawyer', gone + come + b"<w:t>"
        )

    content = changed(written("docx", [UNIT]), SHEETS["docx"], track)
    assert written("docx", [UNIT]) != content
    [back] = read("docx", content)
    assert "new: 5% & <b>”" == back.target


@pytest.mark.parametrize("name", MODULES)
def test_an_empty_file_is_no_traceback(name: str) -> None:
    if name in ("jsonl", "tsv"):
        assert [] == read(name, b"")
    else:
        with pytest.raises(InputError):
            read(name, b"")


def test_office_files_are_not_marked_as_large_ones() -> None:
    """Excel offers to repair a workbook whose members carry the fields of files over 4 GB."""
    for form in ("xlsx", "docx"):
        raw = written(form, [UNIT])
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            assert {20} >= {member.extract_version for member in archive.infolist()}


def test_what_no_office_program_opens_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 20_000)
    with pytest.raises(OutputError, match="write less to a file"):
        written("docx", [replace(UNIT, source="mot " * 20_000)])


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_an_unknown_compression_is_one_line(form: str) -> None:
    raw = written(form, [UNIT])
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        members = archive.infolist()
    changed = bytearray(raw)
    for member in members:
        changed[member.header_offset + 8 : member.header_offset + 10] = b"\x63\0"
    at = -1
    while (at := changed.find(b"PK\1\2", at + 1)) >= 0:
        changed[at + 10 : at + 12] = b"\x63\0"
    with pytest.raises(InputError, match="a damaged archive"):
        read(form, bytes(changed))
