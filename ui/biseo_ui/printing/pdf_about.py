"""What a PDF says about itself besides its title: 문서요지, keywords and the mark of AI, as XMP."""

from __future__ import annotations

from html import escape

from biseo.document import Draft
from biseo.writers.clean import clean_draft
from biseo.writers.properties import AUTHOR, ai_mark, comment_of, keywords_of, shorten, summary_of

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" pdf:Keywords="{keywords}" photoshop:Instructions="{comment}">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{summary}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:subject><rdf:Bag>{words}</rdf:Bag></dc:subject>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def xmp_of(draft: Draft) -> bytes:
    """The metadata packet of a draft's PDF."""
    draft = clean_draft(draft)
    words = (*keywords_of(draft), ai_mark(draft))
    return _PACKET.format(
        title=escape(shorten(draft.title)),
        summary=escape(summary_of(draft)),
        keywords=escape(", ".join(words)),
        words="".join(f"<rdf:li>{escape(word)}</rdf:li>" for word in words),
        comment=escape(comment_of(draft)),
        author=AUTHOR,
    ).encode("utf-8")
