"""Word repairs, or refuses, a file whose properties stand in another order than the standard's (ISO/IEC 29500)."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from biseo.document import Draft
from biseo.writers import write_document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
}


@pytest.mark.parametrize("name", ["official", "letter", "report", "press", "swot", "plain"])
def test_properties_stand_in_the_order_of_the_standard(drafts: dict[str, Draft], tmp_path: Path, name: str) -> None:
    path = write_document(drafts[name], tmp_path / "초안.docx")
    with zipfile.ZipFile(path) as package:
        roots = [etree.fromstring(package.read(part)) for part in package.namelist() if part.endswith(".xml")]
    for tag, words in _ORDER.items():
        order = words.split()
        for element in (one for root in roots for one in root.iter(_W + tag)):
            places = [order.index(child.tag.removeprefix(_W)) for child in element]
            assert places == sorted(set(places)), etree.tostring(element)


@pytest.mark.parametrize("name", ["official", "swot"])
def test_every_cell_ends_with_a_paragraph(drafts: dict[str, Draft], tmp_path: Path, name: str) -> None:
    path = write_document(drafts[name], tmp_path / "초안.docx")
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    cells = list(root.iter(f"{_W}tc"))
    assert cells and all(cell[-1].tag == f"{_W}p" for cell in cells)
