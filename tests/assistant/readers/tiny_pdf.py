"""PDF files made by hand: Korean text placed at points, with a font that only maps to Unicode."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

Text = tuple[float, float, float, str]  # x, y, size, words
SQUARE = (  # a one-pixel picture
    b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
    b"\nstream\n\x00\nendstream"
)


def write_pdf(
    path: Path,
    pages: Sequence[Sequence[Text]],
    pictures: Sequence[int] = (),
    title: str = "",
    drawing: str = "",
    marks: str = "",
) -> Path:
    """`pictures`: 1-based numbers of the pages that carry a picture; `drawing`: operators put on every page;
    `marks`: annotations of every page.
    """
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    def stream(data: bytes) -> bytes:
        return b"<</Length %d>>\nstream\n%s\nendstream" % (len(data), data)

    to_unicode = add(
        stream(
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /a def /CMapType 2 def\n"
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n1 beginbfrange <0000> <FFFF> <0000> endbfrange\n"
            b"endcmap end end"
        )
    )
    descriptor = add(
        b"<</Type/FontDescriptor/FontName/Tiny/Flags 4/FontBBox[0 -200 1000 800]/ItalicAngle 0/Ascent 800/Descent -200"
        b"/CapHeight 800/StemV 80>>"
    )
    descendant = add(
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Tiny/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %d 0 R/DW 1000>>" % descriptor
    )
    font = add(
        b"<</Type/Font/Subtype/Type0/BaseFont/Tiny/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
        % (descendant, to_unicode)
    )
    picture = add(SQUARE)
    kids: list[int] = []
    parent = len(objects) + 2 * len(pages) + 1
    for number, texts in enumerate(pages, 1):
        lines = [f"BT /F {size} Tf {x} {y} Td <{words.encode('utf-16-be').hex()}> Tj ET" for x, y, size, words in texts]
        lines.append(drawing)
        if number in pictures:
            lines.append("q 100 0 0 100 50 50 cm /I Do Q")
        content = add(stream("\n".join(lines).encode("ascii")))
        kids.append(
            add(
                b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F %d 0 R>>/XObject<</I %d 0 R>>>>"
                b"/Contents %d 0 R/Annots[%s]>>" % (parent, font, picture, content, marks.encode("ascii"))
            )
        )
    assert add(b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % k for k in kids))) == parent
    catalogue = add(b"<</Type/Catalog/Pages %d 0 R>>" % parent)
    info = add(b"<</Title<FEFF%s>>>" % title.encode("utf-16-be").hex().encode("ascii"))
    data = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    data += b"trailer <</Size %d/Root %d 0 R/Info %d 0 R>>\n" % (len(objects) + 1, catalogue, info)
    data += b"startxref\n%d\n%%%%EOF\n" % start
    path.write_bytes(data)
    return path
