"""Workbooks and CSV files altered as programs, people and attackers do; each by a seed, so that it comes again."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

import xlsxwriter
from openpyxl import Workbook

Rows = list[list[object]]
_FORMATS = ("0", "0.00", "#,##0", "0%", ";;;", "0;0", "@", "yyyy-mm-dd", '"£"#,##0.00', "General", "[h]:mm", '"none"')
_NAMES = (
    "Alder",
    "Birch & Co",
    "Zoë's",
    "a<b",
    "Cedar\nTrust",
    "Fir_x000A_Trust",
    "12",
    "TRUE",
    "Доріс",
    "+1",
    " spaced ",
    "_x0041_",
)


def table(rnd: random.Random) -> Rows:
    """A table of bids."""
    heads: list[object] = ["id", "supplier.name", "price", "marks.q", "values.x", "declarations.y"]
    rows: Rows = [heads[: rnd.randint(2, 6)]]
    for n in range(rnd.randint(1, 6)):
        cells: list[object] = [
            f"b{n}",
            rnd.choice(_NAMES),
            rnd.choice((100, 99.5, 1e-7, 123456789012, 0, 0.1, 1e13)) + n,
            rnd.randint(0, 5),
            rnd.choice((None, 1.25, -3, "1/3", "7")),
            rnd.choice((True, False, "yes", 4)),
        ]
        rows.append(cells[: len(rows[0])])
    return rows


def workbook(rows: Rows) -> bytes:
    """As openpyxl writes it."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Bids"
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def shared_texts(rows: Rows) -> bytes:
    """As XlsxWriter writes it: with texts that its cells share."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Bids")
    for n, row in enumerate(rows):
        sheet.write_row(n, 0, row)
    book.close()
    return out.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """A workbook with its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def sheet_altered(data: bytes, change: Callable[[str], str], encoding: str = "utf-8") -> bytes:
    """A workbook with the text of its sheet changed."""
    return repacked(data, lambda name, part: change(part.decode()).encode(encoding) if "sheet1" in name else part)


_ROW = re.compile(r"<row .*?</row>", re.DOTALL)
_CELL = re.compile(r"<c .*?</c>|<c [^>]*/>", re.DOTALL)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_INNER = (
    "<extLst><ext uri='{1}'>%s</ext></extLst>", "<x:wrap xmlns:x='urn:x'>%s</x:wrap>", "<unknown>%s</unknown>",
    f"<mc:AlternateContent xmlns:mc='{_COMPATIBILITY}'><mc:Choice Requires='x14'>%s</mc:Choice>"  # noqa: ISC004
    "<mc:Fallback>%s</mc:Fallback></mc:AlternateContent>",
)  # fmt: skip


def _one(rnd: random.Random, pattern: re.Pattern[str], xml: str, change: Callable[[str], str]) -> str:
    found = list(pattern.finditer(xml))
    if not found:
        return xml
    at = rnd.choice(found)
    return xml[: at.start()] + change(at[0]) + xml[at.end() :]


def _wrapped(rnd: random.Random, part: str) -> str:
    return rnd.choice(_INNER).replace("%s", part)


def _renamed(xml: str) -> str:
    """With a prefix for the namespace of spreadsheets."""
    marked = re.sub(r"<(/?)(?=[A-Za-z])(?![A-Za-z]+:)", r"<\1s:", xml)
    return marked.replace("xmlns=", "xmlns:s=")


Change = Callable[[str], str]


def _in_cell(rnd: random.Random, pattern: str, new: str) -> Change:
    """Something changed in one cell."""
    return lambda xml: _one(rnd, _CELL, xml, lambda cell: re.sub(pattern, new, cell, flags=re.DOTALL))


def _in_row(rnd: random.Random, pattern: str, new: str) -> Change:
    """Something changed at the begin of one row."""
    return lambda xml: _one(rnd, _ROW, xml, lambda row: re.sub(pattern, new, row, count=1))


def alteration(rnd: random.Random) -> Change:
    """One way in which the XML of a sheet may be altered."""
    extra = f'<row r="99"><c r="A99" t="inlineStr"><is><t>{escape(rnd.choice(_NAMES))}</t></is></c></row>'
    number = rnd.choice(("0", "2", "99", "1048577", "2000000000", "-1", "x", ""))
    kind = rnd.choice(("", ' t="str"', ' t="s"', ' t="b"'))
    value = rnd.choice(("7", "1e3", " 8 ", "0x1F", "1,5", "", "007"))
    cols = '<cols><col min="1" max="2" width="0.1" customWidth="1"/></cols><sheetData>'
    merged = '</sheetData><mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'
    ways: list[Change] = [
        lambda x: _one(rnd, _ROW, x, lambda row: _wrapped(rnd, row)),
        lambda x: _one(rnd, _ROW, x, lambda row: row.replace("</row>", _wrapped(rnd, extra) + "</row>")),
        lambda x: _one(rnd, _CELL, x, lambda cell: _wrapped(rnd, cell)),
        lambda x: _one(rnd, _CELL, x, lambda cell: cell.replace("</c>", _wrapped(rnd, "<v>7</v>") + "</c>")),
        lambda x: _one(rnd, _CELL, x, lambda cell: cell + cell),
        lambda x: _one(rnd, _ROW, x, lambda row: row + row),
        _in_row(rnd, ' r="[0-9]+"', f' r="{number}"'),
        _in_row(rnd, "<row ", '<row hidden="1" '),
        _in_row(rnd, "<row ", '<row ht="0.5" customHeight="1" '),
        _in_cell(rnd, ' r="[A-Z]+[0-9]+"', ""),
        _in_cell(rnd, ' t="[a-zA-Z]+"', kind),
        _in_cell(rnd, "<v>.*?</v>", f"<v>{value}</v>"),
        _in_cell(rnd, "<v>(.*?)</v>", r"<v><!-- 1 -->\1</v>"),
        _in_cell(rnd, "<v>(.*?)</v>", r"<v><![CDATA[\1]]></v>"),
        _in_cell(rnd, "<v>(.*?)</v>", r"<f>1+1</f><v>\1</v>"),
        _in_cell(rnd, "<t>(.*?)</t>", r"<r><t>\1</t></r><r><t>!</t></r>"),
        _in_cell(rnd, "<t>(.*?)</t>", r"<t>\1</t><rPh sb='0' eb='1'><t>no</t></rPh>"),
        lambda x: re.sub(' r="[A-Z]+[0-9]+"', "", x),
        lambda x: x.replace("<sheetData>", cols),
        lambda x: x.replace("</sheetData>", "</sheetData><sheetData/>"),
        lambda x: x.replace("</sheetData>", merged),
        lambda x: "<!DOCTYPE worksheet [<!ENTITY e '1'>]>" + re.sub(r"<\?xml.*?\?>", "", x),
        lambda x: re.sub("<v>1", "<v>&#49;", x),
        _renamed,
        lambda x: x,
    ]
    return rnd.choice(ways)


def in_format(data: bytes, code: str) -> bytes:
    """The workbook with every cell in this number format."""

    def change(name: str, part: bytes) -> bytes:
        if not name.endswith("styles.xml"):
            return part
        quoted = escape(code, {'"': "&quot;"})
        formats = f'<numFmts count="1"><numFmt numFmtId="170" formatCode="{quoted}"/></numFmts><fonts'
        part = part.replace(b'<numFmts count="0"/>', b"").replace(b"<fonts", formats.encode(), 1)
        before, _, after = part.partition(b"<cellXfs")
        return before + b"<cellXfs" + after.replace(b'numFmtId="0"', b'numFmtId="170"')

    return repacked(data, change)


def altered_workbook(seed: int) -> bytes:
    """A workbook of bids, and up to three alterations of its sheet; now and then another format or encoding."""
    rnd = random.Random(seed)
    data = rnd.choice((workbook, shared_texts))(table(rnd))
    for _ in range(rnd.choice((0, 1, 1, 1, 2, 3))):
        data = sheet_altered(data, alteration(rnd))
    if rnd.random() < 0.1:
        encoding = rnd.choice(("utf-16", "utf-8-sig", "utf-32", "utf-7"))
        data = sheet_altered(data, lambda x: re.sub(r"<\?xml.*?\?>", "", x), encoding)
    if rnd.random() < 0.2:
        data = in_format(data, rnd.choice(_FORMATS))
    return data


def csv_text(rnd: random.Random) -> str:
    """A table of bids as CSV."""
    sep = rnd.choice(",;\t")
    return "\r\n".join(sep.join('"' + str(c).replace('"', '""') + '"' for c in row) for row in table(rnd)) + "\r\n"


_SIGNS = (b",", b'"', b"\n", b"\0", b"<", b"</row>", b"\xff", b"&#0;", b"]]>")


def damaged(rnd: random.Random, data: bytes) -> bytes:
    """Bytes with some of them changed, taken out, doubled or put in."""
    out = bytearray(data)
    for _ in range(rnd.randint(1, 4)):
        at = rnd.randrange(len(out) + 1)
        match rnd.randrange(5):
            case 0 if at < len(out):
                out[at] ^= 1 << rnd.randrange(8)
            case 1:
                del out[at : at + rnd.randint(1, 40)]
            case 2:
                out[at:at] = out[at : at + rnd.randint(1, 200)] * rnd.randint(1, 50)
            case 3:
                out[at:at] = rnd.choice(
                    (b",", b'"', b"\n", b"\0", b"<", b"</row>", b"\xff", b"&#0;", b"]]>")
                ) * rnd.choice((1, 1, 9, 5000))
            case _:
                out[at:at] = rnd.randbytes(rnd.randint(1, 20))
    return bytes(out)  # fmt: skip


def altered_file(seed: int) -> tuple[str, bytes]:
    """The name and bytes of an altered file: a workbook altered or damaged in a part or as a whole, or a CSV file."""
    rnd = random.Random(seed)
    kind = rnd.randrange(4)
    if kind == 0:
        return "bids.csv", damaged(rnd, csv_text(rnd).encode())
    data = altered_workbook(seed)
    if kind == 1:
        return "bids.xlsx", damaged(rnd, data)
    if kind == 2:
        part = rnd.choice(("sheet1.xml", "workbook.xml", "styles.xml", "sharedStrings.xml", ".rels"))
        return "bids.xlsx", repacked(data, lambda name, text: damaged(rnd, text) if name.endswith(part) else text)
    return "bids.xlsx", data
