"""Words and letters that the checks of a source look for, by language: data, and three look-ups."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Final

_POOR_LINKS: Final[Mapping[str, str]] = {
    "en": "here|click here|click|this|this link|link|this page|page|more|read more|read on|learn more|find out more|"
    "see more|details|more details|more information|info|download|website|web site|source|go|continue",
    "de": "hier|hier klicken|klicken sie hier|klick hier|link|dieser link|mehr|mehr lesen|weiterlesen|weiter|"
    "mehr erfahren|details|weitere informationen|mehr informationen|website|webseite|quelle|herunterladen",
    "fr": "ici|cliquez ici|cliquer ici|lien|ce lien|plus|lire plus|lire la suite|en savoir plus|voir plus|détails|"
    "plus d’informations|plus d'informations|suite|source|site web|télécharger",
    "es": "aquí|haga clic aquí|haz clic aquí|clic aquí|pulse aquí|enlace|este enlace|más|leer más|ver más|"
    "saber más|más información|detalles|fuente|descargar|sitio web",
    "it": "qui|clicca qui|cliccare qui|link|questo link|più|leggi di più|leggi tutto|continua|scopri di più|"
    "maggiori informazioni|dettagli|fonte|scarica|sito web",
    "pt": "aqui|clique aqui|link|este link|mais|leia mais|ler mais|saiba mais|saber mais|mais informações|"
    "detalhes|fonte|baixar|descarregar|site",
    "nl": "hier|klik hier|link|deze link|meer|lees meer|lees verder|verder|meer informatie|details|bron|website",
    "pl": "tutaj|tu|kliknij tutaj|kliknij tu|link|ten link|więcej|czytaj więcej|czytaj dalej|dowiedz się więcej|"
    "szczegóły|źródło|pobierz",
    "sv": "här|klicka här|länk|mer|läs mer|mer information|källa",
    "da": "her|klik her|link|mere|læs mere|mere information|kilde",
    "nb": "her|klikk her|lenke|mer|les mer|mer informasjon|kilde",
    "fi": "tästä|täältä|napsauta tästä|klikkaa tästä|linkki|lisää|lue lisää|lisätietoja|lähde",
    "cs": "zde|klikněte zde|odkaz|více|čtěte více|číst dále|další informace|zdroj",
    "ru": "здесь|тут|нажмите здесь|нажмите сюда|ссылка|подробнее|читать далее|дальше|ещё|источник|скачать",
    "ko": "여기|여기를 클릭|여기를 클릭하세요|링크|더 보기|더보기|자세히|자세히 보기|출처",
    "ja": "ここ|こちら|ここをクリック|こちらをクリック|リンク|もっと見る|続きを読む|詳細|詳しくはこちら|出典",
    "zh": "这里|此处|点击这里|点击此处|链接|更多|查看更多|阅读更多|详情|了解更多|來源|这儿|這裡|點擊這裡",
}
ALT_OPENERS: Final = (
    "image of ", "picture of ", "photo of ", "graphic of ", "an image of ", "a picture of ", "bild von ",
    "ein bild von ", "abbildung von ", "image de ", "une image de ", "photo de ", "imagen de ", "una imagen de ",
    "foto de ", "immagine di ", "imagem de ", "afbeelding van ", "zdjęcie ", "изображение ",
)  # fmt: skip
"""How alternative texts begin that tell first that there is an image, which the reading program has said already."""

_SCRIPTS: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(("ru", "uk", "bg", "be", "mk"), frozenset({"cyrillic"})),
    "el": frozenset({"greek"}),
    "ko": frozenset({"hangul", "cjk"}),
    "ja": frozenset({"hiragana", "katakana", "cjk"}),
    "zh": frozenset({"cjk"}),
    **dict.fromkeys(("ar", "fa", "ur"), frozenset({"arabic"})),
    **dict.fromkeys(("he", "yi"), frozenset({"hebrew"})),
    **dict.fromkeys(("hi", "mr", "ne"), frozenset({"devanagari"})),
    "th": frozenset({"thai"}),
    "hy": frozenset({"armenian"}),
    "ka": frozenset({"georgian"}),
    **dict.fromkeys(
        ("ca", "cs", "cy", "da", "de", "en", "es", "et", "eu", "fi", "fr", "ga", "gl", "hr", "hu", "is", "it", "la",
         "lt", "lv", "mt", "nb", "nl", "nn", "no", "pl", "pt", "ro", "sk", "sl", "sq", "sv", "tr", "vi"),
        frozenset({"latin"}),
    ),
}  # fmt: skip


def is_poor_link_text(text: str, language: str) -> bool:
    """Return whether a link's text says nothing of where it leads, in its language or in English."""
    bare = text.strip(" .,:;!…»›>→[]()*").casefold()
    primary = language.partition("-")[0].lower()
    return any(bare in _POOR_LINKS[each].split("|") for each in {primary, "en"} & _POOR_LINKS.keys())


def expected_scripts(language: str) -> frozenset[str]:
    """Return the scripts that a language is written in; empty where it has several, or is unknown here."""
    primary, _, rest = language.lower().partition("-")
    named = any(len(part) == 4 and part.isalpha() for part in rest.split("-"))
    return frozenset() if named else _SCRIPTS.get(primary, frozenset())


def script_of(character: str) -> str:
    """Return the first word of a letter's Unicode name, in lower case; empty for what is no letter."""
    return unicodedata.name(character, "").partition(" ")[0].lower() if character.isalpha() else ""
