"""The paper of the letters: page, styles, table looks; made with python-docx from an empty document.

A4, the styles that a letter uses and no other, Calibri (Carlito or Arial where it is missing), none of the
parts of python-docx's own example document.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

FONT = "Calibri"
INK, PALE, GREY = "1F3A5F", "6B7280", "EEF1F5"
LANGUAGES = {"fr": "fr-FR", "en": "en-GB"}
MAIN = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
KEPT_STYLES = ("Normal", "DefaultParagraphFont", "TableNormal", "NoList")
KEPT_PARTS = ("styles", "settings", "fontTable", "header", "footer")

# The order of a table's properties is part of the format (ISO 29500-1, CT_TblPr).
TABLE_ORDER = ("tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook")

# name: size, colour, blank before and after in points, and what else a style needs.
STYLES: dict[str, dict[str, Any]] = {
    "Letter text": {"size": 10, "after": 5, "line": 1.05},
    "Letter list": {"size": 10, "after": 3, "line": 1.05, "hanging": 0.5},
    "Letter firm": {"size": 15, "colour": INK, "bold": True, "after": 2},
    "Letter small": {"size": 9, "colour": "374151"},
    "Letter address": {"size": 11},
    "Letter date": {"size": 10, "indent": 8.8, "after": 10},
    "Letter delivery": {"size": 10, "after": 6},
    "Letter object": {"size": 11, "colour": INK, "after": 10},
    "Letter heading": {"size": 9, "bold": True, "colour": INK},
    "Letter cell": {"size": 9},
    "Letter gap": {"size": 4, "after": 2},
    "Letter signatory": {"size": 10, "indent": 8.8},
    "Letter hand": {"size": 10, "indent": 8.8, "before": 36},
    "Letter enclosures": {"size": 9, "before": 12},
    "Letter foot": {"size": 7.5, "colour": PALE, "centred": True},
}


def bare_document(language: str) -> Document:
    """An empty A4 document with our styles, in one language."""
    import docx
    from docx.shared import Cm

    document = docx.Document()
    _forget_example_parts(document)
    _set_styles(document, LANGUAGES[language])
    _set_settings(document, LANGUAGES[language])
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.2), Cm(2.0)
    section.top_margin, section.bottom_margin = Cm(1.7), Cm(1.7)
    section.header_distance, section.footer_distance = Cm(0.9), Cm(0.8)
    section.different_first_page_header_footer = True
    properties = document.core_properties
    for child in list(properties._element):
        properties._element.remove(child)
    properties.author = "{{ firm.company_name }}"
    properties.title = "{{ client.client }} {{ client.name }} – {{ date_long }}"
    properties.language = LANGUAGES[language]
    return document


def set_row(row: _Row, height: float = 0, heading: bool = False, ruled: bool = False) -> None:
    """How a row behaves: not split by a page, repeated, of a least height in cm, with a rule above."""
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if heading:
        properties.append(OxmlElement("w:tblHeader"))
    if height:
        row.height, row.height_rule = Cm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
    for cell in row._tr.tc_lst:
        if ruled:
            _append(cell.get_or_add_tcPr(), f'<w:tcBorders {MAIN}><w:top w:val="single" w:sz="8" w:space="0" '
                                            f'w:color="{INK}"/></w:tcBorders>')


def shade(cells: Sequence[_Cell], colour: str) -> None:
    """A background for cells."""
    for cell in cells:
        _append(cell._tc.get_or_add_tcPr(), f'<w:shd {MAIN} w:val="clear" w:color="auto" w:fill="{colour}"/>')


def style_table(table: Table) -> None:
    """Thin rules between rows, none between columns."""
    line = 'w:val="single" w:sz="4" w:space="0" w:color="C9D1DB"'
    rules = "".join(f"<w:{side} {line}/>" for side in ("top", "bottom", "insideH"))
    _append(table._tbl.tblPr, f"<w:tblBorders {MAIN}>{rules}</w:tblBorders>")
    set_margins(table, 57, 34)


def set_margins(table: Table, beside: int, above: int = 0) -> None:
    """The blank around the text of every cell, in twentieths of a point."""
    sides = {"top": above, "left": beside, "bottom": above, "right": beside}
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in sides.items())
    _append(table._tbl.tblPr, f"<w:tblCellMar {MAIN}>{margins}</w:tblCellMar>")
    properties = table._tbl.tblPr
    properties[:] = sorted(properties, key=lambda child: TABLE_ORDER.index(child.tag.rsplit("}")[-1]))


def add_field(paragraph: Paragraph, code: str) -> None:
    """A field that Word computes, such as PAGE."""
    _append(paragraph._p, f'<w:fldSimple {MAIN} w:instr="{code}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')


def _append(parent: Any, xml: str) -> None:
    from docx.oxml import parse_xml

    parent.append(parse_xml(xml))


def _forget_example_parts(document: Document) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    for owner in (document.part, document.part.package):
        for key, link in list(owner.rels.items()):
            name = link.reltype.rsplit("/", 1)[1]
            if name not in (*KEPT_PARTS, "officeDocument", "core-properties"):
                del owner.rels[key]
            elif name == "fontTable":
                link._target = Part(PackURI("/word/fontTable.xml"), link.target_part.content_type, (
                    f'<w:fonts {MAIN}><w:font w:name="{FONT}"><w:altName w:val="Carlito,Arial"/>'
                    '<w:family w:val="swiss"/></w:font></w:fonts>').encode(), document.part.package)


def _set_styles(document: Document, language: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt, RGBColor

    root = document.styles.element
    for child in list(root):
        if getattr(child, "styleId", None) not in KEPT_STYLES:
            root.remove(child)
    root.insert(0, _element(
        f'<w:docDefaults {MAIN}><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" '
        f'w:cs="{FONT}" w:eastAsia="{FONT}"/><w:sz w:val="20"/><w:szCs w:val="20"/>'
        f'<w:lang w:val="{language}"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>"))
    for name, look in STYLES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = document.styles["Normal"], True
        style.font.size, style.font.bold = Pt(look["size"]), look.get("bold")
        if "colour" in look:
            style.font.color.rgb = RGBColor.from_string(look["colour"])
        layout = style.paragraph_format
        layout.space_before, layout.space_after = Pt(look.get("before", 0)), Pt(look.get("after", 0))
        layout.line_spacing, layout.keep_together = look.get("line", 1.0), True
        if "indent" in look:
            layout.left_indent = Cm(look["indent"])
        if "hanging" in look:
            layout.left_indent, layout.first_line_indent = Cm(look["hanging"]), Cm(-look["hanging"])
        if "centred" in look:
            layout.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _set_settings(document: Document, language: str) -> None:
    root = document.settings.element
    for child in list(root):
        root.remove(child)
    for xml in (f"<w:zoom {MAIN} w:percent=\"100\"/>", f"<w:defaultTabStop {MAIN} w:val=\"283\"/>",
                f'<w:compat {MAIN}><w:compatSetting w:name="compatibilityMode" '
                'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>',
                f'<w:themeFontLang {MAIN} w:val="{language}"/>'):
        _append(root, xml)


def _element(xml: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(xml)
