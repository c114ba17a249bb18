from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

from biseo.readers.mail import header_text


def mail(subject: str = "회의 자료 제출 요청") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "홍길동 <hong@example.kr>"
    message["To"] = "kim@example.kr"
    message["Date"] = "Mon, 05 Jan 2026 09:00:00 +0900"
    return message


HEAD = [
    "제목: 회의 자료 제출 요청",
    "보낸 사람: 홍길동 <hong@example.kr>",
    "받는 사람: kim@example.kr",
    "보낸 날짜: 2026. 1. 5.(월) 09:00",
]


def test_plain_body_and_attachments_by_name(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    message = mail()
    message.set_content("1. 일시: 1월 6일\n2. 장소: 회의실\n")
    message.add_attachment(b"\x00" * 100, maintype="application", subtype="octet-stream", filename="회의 자료.hwpx")
    inner = mail("원래 메일")
    inner.set_content("안의 글")
    message.add_attachment(inner)
    path = tmp_path / "메일.eml"
    path.write_bytes(bytes(message))
    document = read_here(path)
    assert [b.text for b in document.blocks] == [
        *HEAD,
        "1. 일시: 1월 6일",
        "2. 장소: 회의실",
        "첨부 파일: 회의 자료.hwpx, 원래 메일",
    ]
    assert [b.kind for b in document.blocks[4:]] == ["item", "item", "note"]
    assert document.title == "회의 자료 제출 요청"
    assert len(document.warnings) == 1
    assert "회의 자료.hwpx" in document.warnings[0]


def test_of_two_forms_the_page_with_its_table(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    message = mail()
    message.set_content("구분 예산 인건비 100")
    message.add_alternative("<table><tr><td>구분<td>예산<tr><td>인건비<td>100</table>", subtype="html")
    path = tmp_path / "a.eml"
    path.write_bytes(bytes(message))
    assert read_here(path).blocks[4].rows == (("구분", "예산"), ("인건비", "100"))
    message = mail()
    message.set_content("이 글은 서식 없는 쪽에만 온전히 들어 있습니다.")
    message.add_alternative("<p>그림</p>", subtype="html")
    path.write_bytes(bytes(message))
    assert read_here(path).blocks[4].text == "이 글은 서식 없는 쪽에만 온전히 들어 있습니다."


def test_old_korean_mailers(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.eml"
    path.write_bytes(
        "Subject: 회의 자료 제출 요청\r\nFrom: 홍길동 <hong@example.kr>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: text/plain; charset="ks_c_5601-1987"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n똠방각하'.encode(
            "cp949"
        )
    )
    assert [b.text for b in read_here(path).blocks] == [*HEAD[:2], "똠방각하"]


def test_headers_as_shown() -> None:
    assert header_text("=?euc-kr?B?yLjAxyDA2rfh?=") == "회의 자료"
    assert header_text("=?UTF-8?Q?=ED=9A=8C?= =?UTF-8?Q?=EC=9D=98?=") == "회의"
    assert header_text("Re: =?utf-8?b?7ZqM7J2Y?=") == "Re: 회의"
    assert header_text("=?no-such?B?yLjAxw==?=") == "회의"
    assert header_text("=?utf-8?B?*?=")
    assert len(header_text("가" * 100_000)) <= 4000


def test_deep_mails_end(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    head = "".join(
        f'Content-Type: multipart/mixed; boundary="b{number}"\r\n\r\n--b{number}\r\n' for number in range(200)
    )
    path = tmp_path / "a.eml"
    path.write_text("Subject: x\r\nFrom: a\r\n" + head + "Content-Type: text/plain\r\n\r\n본문", encoding="utf-8")
    document = read_here(path)
    assert any("복잡해" in warning for warning in document.warnings)


def test_a_saved_page(tmp_path: Path, read_here) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "쪽.mht"
    path.write_bytes(
        b"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n'
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n<h1>=ED=96=89=EC=A0=95</h1>\r\n--b\r\n"
        b"Content-Type: image/png\r\nContent-Location: http://example.invalid/a.png\r\n\r\nx\r\n--b--\r\n"
    )
    document = read_here(path)
    assert [(b.kind, b.text) for b in document.blocks] == [("heading", "행정")]
    assert document.warnings == ("그림 1개는 읽지 않았습니다.",)
