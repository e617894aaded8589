"""The words of keyword headings (4.6c), language by language, and the pattern made of them.

A table, not a grammar: what may follow them is decided in `headings`.
"""

import re

from editor.markup.model import Level
from editor.markup.numbers import FIRST_WORDS, NUMBER, ROMAN

_ENGLISH = {
    Level.PART: "part book volume vol act",
    Level.CHAPTER: "chapter chap ch episode stave canto letter adventure",
    Level.SCENE: "scene section",
}
_ABBREVIATIONS = frozenset({"vol", "chap", "ch"})
_FOREIGN = {
    Level.PART: "teil buch band partie livre tome parte libro часть книга том",
    Level.CHAPTER: "kapitel chapitre capítulo capitolo hoofdstuk rozdział kapitola глава",
}
_UNNUMBERED = (
    "prologue epilogue interlude intermission foreword preface introduction afterword prelude postlude coda finale "
    "appendix acknowledgments acknowledgements dedication "
    "prolog epilog vorwort nachwort épilogue avant-propos préface prólogo epílogo "
    "пролог эпилог предисловие послесловие "
    "序章 序 序言 楔子 引子 尾声 终章 后记 後記 番外"
)
_NUMBER_STEMS = (
    # German
    "ein erst zwei zweit drei dritt vier fünf sechs sech sieb acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig und "
    # French
    "premi deux second trois quatr cinq six sept huit neuf neuvi dix onz douz treiz quatorz quinz seiz vingt trent quarant "
    "cinquant et "
    # Spanish, Portuguese, Italian
    "primer prim un uno segund dos dois due tres tre tercer terc terz cuatro quatro quattro cuart quart cinco cinque quint seis sei "
    "sext sest siete sete sette séptim sétim settim ocho oito otto octav oitav ottav nueve nove noven non diez dez dieci décim "
    "decim once onze undici doce doze dodici trece treze tredici catorce quattordici quince quinze quindici veint vint vent trig y e "
    # Dutch
    "een eerste twee drie derde vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien twintig en "
    # Polish, Czech
    "pierwsz drug trzec czwart piąt szóst siódm ósm dziewiąt dziesiąt jedenast dwunast jeden dwa trzy cztery pięć sześć "
    "siedem osiem dziewięć dziesięć prvn druh třet čtvrt pát šest sedm osm devát desát jedna dva tři čtyři pět devět deset "
    # Russian
    "перв втор трет четв четыр пят шест седьм восьм восемь девят десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат "
    "шестнадцат семнадцат восемнадцат девятнадцат двадцат тридцат сорок пятьдесят один одна два две три семь"
)

LEVEL_OF_WORD = {
    word: level for table in (_ENGLISH, _FOREIGN) for level, words in table.items() for word in words.split()
}
"""The level of a heading word, in lower case."""

UNNUMBERED = frozenset(_UNNUMBERED.split())
"""Words that are a chapter heading without a number, in lower case."""

FOREIGN = frozenset(word for words in _FOREIGN.values() for word in words.split())
FIRST_WORDS_OF_HEADINGS = frozenset(LEVEL_OF_WORD) | UNNUMBERED
NUMBER_WORDS = FIRST_WORDS | {"the"}


def _any(words: str) -> str:
    return "|".join(sorted((re.escape(word) for word in words.split()), key=len, reverse=True))


_english = "|".join(
    word + r"\.?" if word in _ABBREVIATIONS else word for words in _ENGLISH.values() for word in words.split()
)
_foreign = "|".join(_any(words) for words in _FOREIGN.values())
_stem_word = rf"(?:{_any(_NUMBER_STEMS)})[^\W\d_]*"
_number_words = rf"{_stem_word}(?:[ \t-]+{_stem_word}){{0,2}}"

NUMBERED = re.compile(rf"(?P<word>(?i:{_english}))(?:(?<=\.)[ \t]*|[ \t]+){NUMBER}")
"""An English heading word and its number."""

FOREIGN_NUMBERED = re.compile(rf"(?P<word>(?i:{_foreign}))[ \t]+(?:[0-9]{{1,4}}|{ROMAN})(?!\w)")
FOREIGN_WORDED = re.compile(rf"(?P<word>(?i:{_foreign}))[ \t]+(?i:{_number_words})(?!\w)")
NUMBER_FIRST = re.compile(
    rf"(?:[0-9]{{1,4}}(?i:\.|er|re|ère|e|ème|de|te|º|ª|-[а-я]{{1,2}})?|{ROMAN}\.?|(?i:{_number_words}))[ \t]+(?P<word>(?i:{_foreign}))(?!\w)"
)
ALONE = re.compile(rf"(?i:{_any(_UNNUMBERED)})(?!\w)(?:[ \t]+{NUMBER})?")
HAN = re.compile(
    r"第[ \t\u3000]?[0-9０-９〇零一二三四五六七八九十百千两兩]{1,9}[ \t\u3000]?(?:(?P<chapter>[章回节節话話])|(?P<part>[部卷巻篇]))"
)
"""第N章 and its kin."""
