"""Sections of an HWP 5 document as a distribution copy (배포용 문서) keeps them: AES-128 under a scrambled key."""

from __future__ import annotations

import struct
import zlib

KEY = bytes(range(100, 116))


def distributed_section(section: bytes, seed: int = 0x1234567A) -> bytes:
    """A `ViewText` stream with the records of `section`, compressed."""
    squeezed = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = squeezed.compress(section) + squeezed.flush()
    data += b"\x00" * (-len(data) % 16)
    place = 4 + (seed & 15)
    plain = bytearray(256)
    plain[place : place + 16] = KEY
    block = bytes(a ^ b for a, b in zip(plain, _mask(seed), strict=True))
    block = struct.pack("<I", seed) + block[4:]
    return struct.pack("<I", 28 | 256 << 20) + block + _encrypt(KEY, data)


def _mask(seed: int) -> bytes:
    found = bytearray()
    state = seed

    def draw() -> int:
        nonlocal state
        state = (state * 214013 + 2531011) & 0xFFFFFFFF
        return state >> 16 & 0x7FFF

    while len(found) < 256:
        sign = draw() & 0xFF
        found += bytes([sign]) * ((draw() & 15) + 1)
    return bytes(found[:256])


def _double(value: int) -> int:
    return (value << 1 ^ (0x1B if value & 0x80 else 0)) & 0xFF


def _times(a: int, b: int) -> int:
    found = 0
    while b:
        found ^= a if b & 1 else 0
        a, b = _double(a), b >> 1
    return found


def _substitute(value: int) -> int:
    inverse = next((other for other in range(256) if _times(value, other) == 1), 0)
    found = 0x63
    for turn in range(5):
        found ^= (inverse << turn | inverse >> (8 - turn)) & 0xFF
    return found


def _encrypt(key: bytes, data: bytes) -> bytes:
    """AES-128, block by block (FIPS 197)."""
    box = [_substitute(value) for value in range(256)]
    words = [list(key[place : place + 4]) for place in range(0, 16, 4)]
    constant = 1
    for number in range(4, 44):
        last = words[-1]
        if number % 4 == 0:
            last = [box[one] for one in last[1:] + last[:1]]
            last[0] ^= constant
            constant = _double(constant)
        words.append([a ^ b for a, b in zip(words[number - 4], last, strict=True)])
    keys = [[one for word in words[number : number + 4] for one in word] for number in range(0, 44, 4)]
    found = b""
    for begin in range(0, len(data), 16):
        state = [a ^ b for a, b in zip(data[begin : begin + 16], keys[0], strict=True)]
        for turn in range(1, 11):
            state = [box[state[(place + 4 * (place % 4)) % 16]] for place in range(16)]
            if turn < 10:
                mixed = []
                for column in range(0, 16, 4):
                    a = state[column : column + 4]
                    mixed += [
                        _double(a[n]) ^ _double(a[(n + 1) % 4]) ^ a[(n + 1) % 4] ^ a[(n + 2) % 4] ^ a[(n + 3) % 4]
                        for n in range(4)
                    ]
                state = mixed
            state = [a ^ b for a, b in zip(state, keys[turn], strict=True)]
        found += bytes(state)
    return found
