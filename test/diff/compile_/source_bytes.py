# Source as bytes: declared encodings, byte order marks, bytes that cannot be decoded, and where the error points
SOURCES = [
    '# coding: latin-1\nprint(ascii("h\xe9llo"))\n'.encode("latin-1"),
    '# coding: cp1252\nprint(ascii("h\u20acllo"))\n'.encode("cp1252"),
    '# coding: cp850\nprint(ascii("h\xe9llo"))\n'.encode("cp850"),
    '# coding: iso-8859-15\nprint(ascii("\u20ac"))\n'.encode("iso-8859-15"),
    '#!/usr/bin/python\n# -*- coding: koi8-r -*-\nprint(ascii("\u0416"))\n'.encode("koi8-r"),
    b"# coding: ascii\nprint('h\xe9')\n",
    "# coding: utf8\nprint(ascii('\xe9'))\n".encode(),
    b"# coding: utf8\nprint(ascii('\xe9'))\n",
    b"# coding: utf-8\nx = 1\nprint('\xe9')\n",
    b'x = 1\n\nprint("a\xe9b")\n',
    b"x = 1  # caf\xe9\nprint(x)\n",
    b"\xe9 = 1\n",
    b"x\xe9 = 1\n",
    b'x = "a" "b\xe9\xe9"\n',
    b'x = "\xc3\xa9\xe9"',
    b"\xff",
    b"\xef\xbb\xbfprint('mark')\n",
    b"\xef\xbb\xbf# coding: latin-1\nprint(1)\n",
    b"# coding: rot13\ncevag(1)\n",
    b"# coding: no_such_codec\nprint(1)\n",
    b'# coding: utf-7\nprint(ascii("+AOk-"))\n',
    b"#\n#\n# coding: latin-1\nprint(ascii('\xe9'))\n",
    b"print(1)\0\n",
    b"print(1)\rprint(2)\r\nif 1:\r\n  print(3)",
]
for source in SOURCES:
    try:
        exec(compile(source, "name", "exec"))
    except SyntaxError as e:
        print(ascii(e.args))
