"""The words of keyword headings (4.6c), language by language, and the pattern made of them.

A table, not a grammar: what may follow them is decided in `headings`.
"""

import re

from editor.markup.model import Level
from editor.markup.numbers import FIRST_WORDS, NUMBER, ROMAN
from editor.markup.patterns import compile_later

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
    "erst zweit dritt viert fünft sechst siebt siebent acht neunt zehnt elft zwölft zwanzigst dreißigst "
    # French
    "premi deuxi second troisi quatri cinqui sixi septi huiti neuvi dixi onzi douzi vingti trenti "
    # Spanish, Portuguese, Italian
    "primer prim segund second tercer terceir terz cuart quart quint sext sest séptim sétim settim octav oitav ottav noven non "
    "décim decim undécim undicesim dodicesim vigésim ventesim "
    # Dutch
    "eerst tweed derd vierd vijfd zesd zevend achtst negend tiend elfd twaalfd "
    # Polish, Czech
    "pierwsz drug trzec czwart piąt szóst siódm ósm dziewiąt dziesiąt jedenast dwunast dwudziest "
    "prvn druh třet čtvrt pát šest sedm osm devát desát jedenáct dvanáct dvacát "
    # Russian
    "перв втор трет четв[её]рт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат "
    "шестнадцат семнадцат восемнадцат девятнадцат двадцат тридцат сороков пятидесят"
)
"""What ordinals begin with; one to four letters follow."""

_NUMBER_WORDS = (
    "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn "
    "neunzehn zwanzig einundzwanzig zweiundzwanzig dreiundzwanzig dreißig "
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente et "
    "uno una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince veinte treinta y "
    "um dois três quatro sete oito nove dez doze vinte e due tre quattro cinque sei sette otto dieci undici dodici tredici "
    "venti trenta een twee drie vijf zes zeven negen tien twaalf dertien veertien vijftien twintig "
    "jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedna dva tři čtyři pět šest devět deset "
    "один одна два две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать двадцать тридцать"
)
"""Cardinals, and the words between the parts of a number."""

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
_stems = "|".join(sorted(_NUMBER_STEMS.split(), key=len, reverse=True))
_number_word = rf"(?:(?:{_stems})[^\W\d_]{{1,4}}|{_any(_NUMBER_WORDS)})(?!\w)"
_number_words = rf"{_number_word}(?:[ \t-]+{_number_word}){{0,2}}"

NUMBERED = re.compile(rf"(?P<word>(?i:{_english}))(?:(?<=\.)[ \t]*|[ \t]+){NUMBER}")
"""An English heading word and its number."""

FOREIGN_NUMBERED = compile_later(rf"(?P<word>(?i:{_foreign}))[ \t]+(?:[0-9]{{1,4}}|{ROMAN})(?!\w)")
FOREIGN_WORDED = compile_later(rf"(?P<word>(?i:{_foreign}))[ \t]+(?i:{_number_words})(?!\w)")
NUMBER_FIRST = compile_later(
    rf"(?:[0-9]{{1,4}}(?i:\.|er|re|ère|e|ème|de|te|º|ª|-[а-я]{{1,2}})?|{ROMAN}\.?|(?i:{_number_words}))[ \t]+(?P<word>(?i:{_foreign}))(?!\w)"
)
ALONE = compile_later(rf"(?i:{_any(_UNNUMBERED)})(?!\w)(?:[ \t]+{NUMBER})?")
HAN = compile_later(
    r"第[ \t\u3000]?[0-9０-９〇零一二三四五六七八九十百千两兩]{1,9}[ \t\u3000]?(?:(?P<chapter>[章回节節话話])|(?P<part>[部卷巻篇]))"
)
"""第N章 and its kin."""
