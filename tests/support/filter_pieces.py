"""What generated filters are made of, beside what the tables list: the odd, the wrong, the accidental."""

from __future__ import annotations


def _words(text: str) -> list[str]:
    return text.split()


def _lines(text: str) -> list[str]:
    return [line.replace("\\n", "\n") for line in text.strip("\n").split("\n")]


SPACES = [
    " ",
    " ",
    " ",
    " ",
    "  ",
    "",
    "\n",
    "\t",
    "\r\n",
    "\u00a0",
    "\u2003",
    " /*c*/ ",
    " -- c\n",
    " # c\n",
]
ODD_SPACES = ["\u200b", "\ufeff", "\0", "\x1f", "\x85"]

KEYS = [
    *_words(r"""
    a a.b acc val_loss 1 1a 12a 1e5 5_x in as from values case using and or not null end order
    select é ÿ ×a timestamp text version organization server_name ſin 日本 _a$b a$b a-b a/b a:b a@b
    @kk #kk a[0] [a] f(x) a::b a->b a->>'b' * a* a.* `a`.b "a".b `a``b` ´x´ `` "" '' . a. name
    run_id prompt Name content status attributes.x attributes. `attributes.x` mlflow.traceName
    mlflow.linkedPrompts mlflow.trace.cost tag.a mlflow.trace.session metadata.b $a :a %s ? 0x1 -1
    1.5 {a} a,b a;b 😀 `😀` a\b experiment_id
    """),
    *_lines("""
`a b`
"a b"
'a b'
[a b]
"""),
]
COMPARATORS = _words("""
    = = = = != > >= < <= LIKE ILIKE RLIKE like iLike rlike IN in == <> =< => !> ~ !~ REGEXP ISNULL
    NOTNULL CONTAINS BETWEEN := >==
""")
WORD_COMPARATORS = [
    *[
        "NOT IN",
        "not in",
        "NOT  IN",
        "NOT\nIN",
        "NOT\u00a0IN",
        "IS NULL",
        "is null",
        "IS  NULL",
        "IS NOT NULL",
    ],
    *["is not null", "IS NOT  NULL", "IS  NOT NULL", "NOT LIKE", "NOT NULL", "IS", "IS NOT", "> =", "! ="],
]
VALUES = [
    *_words(r"""
    'x' 'x' "x" 'FINISHED' 'OK' 'READY' 1 0 -1 1.5 .5 5. 1e5 1E-5 1e+5 +1 5e 1_000 10_000 0x1F 007 ٣
    inf nan true NULL null None foo `x` $x ? %s :x x.y "x"."y" "x"->"y" 'x'::'y' 'x'::text 'it''s'
    'it\'s' 'a\' '''' '' "" ' 99999999999999999999 9223372036854775807 9223372036854775808
    -9223372036854775809 '5' '5.0' 1700000000000 '1.2.3' '1.2.3-a+b' '1.2' 'a/1' '(a)' 'é' '\' ‘x’
    [x] ['x'] f(x) x[1] 1+1 2*3 'x'||'y' date E'x' $$x$$ CURRENT_DATE (1) ('x') ('x','y') ("x",)
    ('a''b') () (,) (1,2) (None) (a) ('a',1) (('a')) (('a'),('b')) ['a'] ('a' (b'a') (u'a') (f'a')
    (r'a\d') ('\x') {'a'} ('a'+'b') ([]) ({}) (set()) (1.5) (True) (...) (1j) ('a';'b')
    (99999999999999999999) ('5','6') ('99999999999999999999') ('\ud800')
    """),
    *["'\0'", "'\ud800'", "('\ud800')"],
]
SPACED_VALUES = _lines(r"""
('a', 'b')
( 'a' , 'b' )
('a' 'b')
('a'\n,'b')
('a' # c\n)
('a' -- c\n)
('a', )
'a b'
'x' DESC
"x" DESC
x DESC
1 DESC
1 x
'x' y
'x' 'y'
- 5
1 + 1
date '2020'
'a\nb'
x AS y
'x' AS y
case 1 end
'a\' AND params.b = 'c'
""")
GLUES = [" and ", "\nAND\n", " AND AND ", " ", "", " OR ", "AND", " AND(", "; ", ", ", " && ", " AND NOT "]
PREFIXES = ["metrics.", "params.", "`params`.", '"params".', "tags.", "x.", "tags .", "tags. ", "."]
SUFFIXES = [
    " DESC",
    " asc",
    " b",
    " AS b",
    "::int",
    "::'x'",
    "[0]",
    "(x)",
    " /*c*/",
    " order",
    ".b",
    "->b",
    ".*",
]
ENDS = [
    " AND",
    "AND ",
    " ",
    "\n",
    ";",
    ";\n",
    " --c",
    ")",
    "'",
    " ORDER BY x",
    " LIMIT 5",
    "/*",
    " GO",
    "\u200b",
]
INSERTS = [*"'\"`.,;()[]=<>!-+*/\\$#:?%@ \n", "--", "/*", "::", "->", ":=", *ODD_SPACES]
