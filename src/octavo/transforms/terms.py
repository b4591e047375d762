"""The words that octavo itself writes, and how dates and labels read, by language: data, and four small look-ups.

A language is found by its BCP 47 tag, longest prefix first (`de-AT`, then `de`); where there is none, English serves.
Months stand in the case that a date asks for.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Final, TypeVar

from octavo.transforms.resolved import Terms
from octavo.tree.direction import language_and_script

T = TypeVar("T")

# The order of the fields of `Terms`.
_TERMS: Final[Mapping[str, str]] = {
    "en": "Figure|Table|Section|page|Contents|Figures|Tables|Notes|References|Abstract|Key points|Recommendations"
    "|About the author|Notice|Case study|No.|Cover|Title page|Back to the text|Appendix"
    "|Listing|Listings",
    "de": "Abbildung|Tabelle|Abschnitt|Seite|Inhalt|Abbildungen|Tabellen|Anmerkungen|Literatur|Zusammenfassung"
    "|Kernaussagen|Empfehlungen|Zur Person|Hinweis|Fallbeispiel|Nr.|Umschlag|Titelseite"
    "|Zurück zum Text|Anhang"
    "|Listing|Listings",
    "fr": "Figure|Tableau|Section|page|Sommaire|Figures|Tableaux|Notes|Références|Résumé|Points clés|Recommandations"
    "|À propos de l’auteur|Avis|Étude de cas|nº|Couverture|Page de titre|Retour au texte|Annexe"
    "|Listing|Listings",
    "es": "Figura|Tabla|Sección|página|Índice|Figuras|Tablas|Notas|Referencias|Resumen|Puntos clave|Recomendaciones"
    "|Sobre el autor|Aviso|Estudio de caso|n.º|Cubierta|Portada|Volver al texto|Anexo"
    "|Listado|Listados",
    "it": "Figura|Tabella|Sezione|pagina|Indice|Figure|Tabelle|Note|Riferimenti bibliografici|Sommario|Punti chiave"
    "|Raccomandazioni|L’autore|Avviso|Caso di studio|n.|Copertina|Frontespizio|Torna al testo|Appendice"
    "|Listato|Listati",
    "pt": "Figura|Tabela|Secção|página|Índice|Figuras|Tabelas|Notas|Referências|Resumo|Pontos-chave|Recomendações"
    "|Sobre o autor|Aviso|Estudo de caso|n.º|Capa|Folha de rosto|Voltar ao texto|Anexo"
    "|Listagem|Listagens",
    "nl": "Figuur|Tabel|Paragraaf|pagina|Inhoud|Figuren|Tabellen|Noten|Literatuur|Samenvatting|Kernpunten"
    "|Aanbevelingen|Over de auteur|Kennisgeving|Casus|nr.|Omslag|Titelpagina|Terug naar de tekst|Bijlage"
    "|Codefragment|Codefragmenten",
    "pl": "Rysunek|Tabela|Rozdział|strona|Spis treści|Spis rysunków|Spis tabel|Przypisy|Bibliografia|Streszczenie"
    "|Najważniejsze punkty|Rekomendacje|O autorze|Uwaga|Studium przypadku|nr|Okładka|Strona tytułowa"
    "|Powrót do tekstu|Załącznik"
    "|Listing|Spis listingów",
    "sv": "Figur|Tabell|Avsnitt|sida|Innehåll|Figurer|Tabeller|Noter|Referenser|Sammanfattning|Huvudpunkter"
    "|Rekommendationer|Om författaren|Meddelande|Fallstudie|nr|Omslag|Titelsida|Tillbaka till texten|Bilaga"
    "|Kodexempel|Kodexempel",
    "da": "Figur|Tabel|Afsnit|side|Indhold|Figurer|Tabeller|Noter|Litteratur|Resumé|Hovedpunkter|Anbefalinger"
    "|Om forfatteren|Bemærk|Casestudie|nr.|Omslag|Titelblad|Tilbage til teksten|Bilag"
    "|Kodeeksempel|Kodeeksempler",
    "nb": "Figur|Tabell|Avsnitt|side|Innhold|Figurer|Tabeller|Noter|Referanser|Sammendrag|Hovedpunkter|Anbefalinger"
    "|Om forfatteren|Merknad|Casestudie|nr.|Omslag|Tittelside|Tilbake til teksten|Vedlegg"
    "|Kodeeksempel|Kodeeksempler",
    "fi": "Kuva|Taulukko|Luku|sivu|Sisällys|Kuvat|Taulukot|Viitteet|Lähteet|Tiivistelmä|Pääkohdat|Suositukset"
    "|Kirjoittajasta|Huomautus|Tapaustutkimus|nro|Kansi|Nimiösivu|Takaisin tekstiin|Liite"
    "|Koodiesimerkki|Koodiesimerkit",
    "cs": "Obrázek|Tabulka|Oddíl|strana|Obsah|Seznam obrázků|Seznam tabulek|Poznámky|Literatura|Shrnutí"
    "|Hlavní body|Doporučení|O autorovi|Upozornění|Případová studie|č.|Obálka|Titulní strana|Zpět k textu|Příloha"
    "|Výpis|Seznam výpisů",
    "ru": "Рисунок|Таблица|Раздел|страница|Содержание|Рисунки|Таблицы|Примечания|Литература|Аннотация"
    "|Основные положения|Рекомендации|Об авторе|Примечание|Пример|№|Обложка|Титульный лист|Назад к тексту|Приложение"
    "|Листинг|Листинги",
    "el": "Σχήμα|Πίνακας|Ενότητα|σελίδα|Περιεχόμενα|Κατάλογος σχημάτων|Κατάλογος πινάκων|Σημειώσεις"
    "|Βιβλιογραφία|Περίληψη|Βασικά σημεία|Συστάσεις|Για τον συγγραφέα|Ανακοίνωση|Μελέτη περίπτωσης"
    "|αρ.|Εξώφυλλο|Σελίδα τίτλου|Επιστροφή στο κείμενο|Παράρτημα"
    "|Κώδικας|Κατάλογος κώδικα",
    "tr": "Şekil|Tablo|Bölüm|sayfa|İçindekiler|Şekiller|Tablolar|Notlar|Kaynakça|Özet|Öne çıkan noktalar"
    "|Öneriler|Yazar hakkında|Duyuru|Vaka incelemesi|No.|Kapak|Başlık sayfası|Metne dön|Ek"
    "|Kod|Kodlar",
    "uk": "Рисунок|Таблиця|Розділ|сторінка|Зміст|Рисунки|Таблиці|Примітки|Література|Анотація"
    "|Основні положення|Рекомендації|Про автора|Повідомлення|Приклад|№|Обкладинка|Титульна сторінка"
    "|Назад до тексту|Додаток"
    "|Лістинг|Лістинги",
    "hu": "ábra|táblázat|fejezet|oldal|Tartalom|Ábrák|Táblázatok|Jegyzetek|Irodalom|Összefoglalás"
    "|Főbb megállapítások|Ajánlások|A szerzőről|Közlemény|Esettanulmány|sz.|Borító|Címoldal"
    "|Vissza a szöveghez|Függelék"
    "|kódrészlet|Kódrészletek",
    "ro": "Figura|Tabelul|Secțiunea|pagina|Cuprins|Figuri|Tabele|Note|Bibliografie|Rezumat|Puncte-cheie"
    "|Recomandări|Despre autor|Anunț|Studiu de caz|nr.|Copertă|Pagina de titlu|Înapoi la text|Anexă"
    "|Codul|Coduri",
    "vi": "Hình|Bảng|Mục|trang|Mục lục|Danh mục hình|Danh mục bảng|Ghi chú|Tài liệu tham khảo|Tóm tắt"
    "|Điểm chính|Khuyến nghị|Về tác giả|Thông báo|Nghiên cứu tình huống|Số|Bìa|Trang tựa"
    "|Quay lại văn bản|Phụ lục"
    "|Đoạn mã|Danh mục đoạn mã",
    "id": "Gambar|Tabel|Bagian|halaman|Daftar isi|Daftar gambar|Daftar tabel|Catatan|Daftar pustaka"
    "|Abstrak|Poin utama|Rekomendasi|Tentang penulis|Pemberitahuan|Studi kasus|No.|Sampul"
    "|Halaman judul|Kembali ke teks|Lampiran"
    "|Kode|Daftar kode",
    "hi": "चित्र|तालिका|खंड|पृष्ठ|विषय-सूची|चित्र-सूची|तालिका-सूची|टिप्पणियाँ|संदर्भ|सारांश|मुख्य बिंदु"
    "|सिफ़ारिशें|लेखक परिचय|सूचना|केस स्टडी|सं.|आवरण|शीर्षक पृष्ठ|पाठ पर लौटें|परिशिष्ट"
    "|कोड|कोड-सूची",
    "ar": "شكل|جدول|قسم|صفحة|المحتويات|الأشكال|الجداول|الهوامش|المراجع|ملخص|النقاط الرئيسية|التوصيات"
    "|عن الكاتب|تنبيه|دراسة حالة|رقم|الغلاف|صفحة العنوان|العودة إلى النص|ملحق"
    "|نص برمجي|النصوص البرمجية",
    "he": "איור|טבלה|סעיף|עמוד|תוכן העניינים|איורים|טבלאות|הערות|מקורות|תקציר|נקודות עיקריות|המלצות"
    "|על המחבר|הודעה|מקרה בוחן|מס׳|כריכה|עמוד השער|חזרה לטקסט|נספח"
    "|קטע קוד|קטעי קוד",
    "fa": "شکل|جدول|بخش|صفحه|فهرست مطالب|فهرست شکل‌ها|فهرست جدول‌ها|یادداشت‌ها|منابع|چکیده|نکات کلیدی"
    "|پیشنهادها|درباره نویسنده|اطلاعیه|مطالعه موردی|شماره|جلد|صفحه عنوان|بازگشت به متن|پیوست"
    "|کد|فهرست کدها",
    "ur": "شکل|جدول|حصہ|صفحہ|فہرست|اشکال|جداول|حواشی|حوالہ جات|خلاصہ|اہم نکات|سفارشات|مصنف کے بارے میں"
    "|اعلان|کیس اسٹڈی|نمبر|سرورق|عنوان کا صفحہ|متن پر واپس|ضمیمہ"
    "|کوڈ|کوڈ کی فہرست",
    "ko": "그림|표|절|쪽|차례|그림 차례|표 차례|주|참고문헌|초록|핵심 내용|정책 제언|저자 소개|알림|사례|제|표지|속표지"
    "|본문으로 돌아가기|부록"
    "|코드|코드 차례",
    "ja": "図|表|節|頁|目次|図一覧|表一覧|注|参考文献|要旨|要点|提言"
    "|著者について|お知らせ|事例|第|表紙|扉|本文に戻る|付録"
    "|リスト|リスト一覧",
    "zh": "图|表|节|页|目录|图目录|表目录|注释|参考文献|摘要|要点|建议"
    "|关于作者|公告|案例|第|封面|扉页|返回正文|附录"
    "|代码|代码目录",
}

# How a caption's label and a reference to a section read; elsewhere both are "{term} {number}".
_LABELS: Final[Mapping[str, tuple[str, str]]] = {
    "hu": ("{number}. {term}", "{number}. {term}"),
    "ko": ("{term} {number}", "{number}{term}"),
    "ja": ("{term}{number}", "{number}{term}"),
    "zh": ("{term}{number}", "{number}{term}"),
}

_DATES: Final[Mapping[str, str]] = {
    "en": "{day} {month} {year}",
    "en-us": "{month} {day}, {year}",
    "de": "{day}. {month} {year}",
    "fr": "{day} {month} {year}",
    "es": "{day} de {month} de {year}",
    "it": "{day} {month} {year}",
    "pt": "{day} de {month} de {year}",
    "nl": "{day} {month} {year}",
    "pl": "{day} {month} {year}",
    "sv": "{day} {month} {year}",
    "da": "{day}. {month} {year}",
    "nb": "{day}. {month} {year}",
    "fi": "{day}. {month} {year}",
    "cs": "{day}. {month} {year}",
    "ru": "{day} {month} {year} г.",
    "el": "{day} {month} {year}",
    "tr": "{day} {month} {year}",
    "uk": "{day} {month} {year} р.",
    "hu": "{year}. {month} {day}.",
    "ro": "{day} {month} {year}",
    "vi": "ngày {day} tháng {number} năm {year}",
    "id": "{day} {month} {year}",
    "hi": "{day} {month} {year}",
    "ar": "{day} {month} {year}",
    "he": "{day} ב{month} {year}",
    "fa": "{day} {month} {year}",
    "ur": "{day} {month} {year}",
    "ko": "{year}년 {number}월 {day}일",
    "ja": "{year}年{number}月{day}日",
    "zh": "{year}年{number}月{day}日",
}
_FIRST_DAYS: Final[Mapping[str, str]] = {"fr": "1er", "it": "1º"}

_MONTHS: Final[Mapping[str, str]] = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta "
    "lokakuuta marraskuuta joulukuuta",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "el": "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου "
    "Νοεμβρίου Δεκεμβρίου",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "hu": "január február március április május június július augusztus szeptember október november december",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "hi": "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "he": "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
    "fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    "ur": "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
}
_OTHERS: Final = (
    "ab am ar as av ba be bg bn bo ce chr ckb cv dv dz el fa gu he hi hy ii iu iw ja ka kk km kn ko kok ks ky lo mai "
    "mk ml mn mr my ne nqo or os pa ps ru sa sat sd si sr syr ta te tg th ti tt ug uk ur yi yue zh"
)
_OTHER_LETTERS: Final = frozenset(_OTHERS.split())
_ALIASES: Final[Mapping[str, str]] = {"no": "nb", "nn": "nb", "iw": "he"}


def look_up(table: Mapping[str, T], language: str) -> T | None:
    """Return the row of a BCP 47 tag, of its longest prefix that has one, or None."""
    tag = language.lower().replace("_", "-")
    while tag:
        tag = _ALIASES.get(tag, tag)
        if tag in table:
            return table[tag]
        tag = tag.rpartition("-")[0]
    return None


def has_latin_letters(language: str) -> bool:
    """Tell whether a language is written in Latin letters: by the script in its tag, else by itself (BCP 47)."""
    first, script = language_and_script(language)
    return script == "latn" if script else first not in _OTHER_LETTERS


def knows(language: str) -> bool:
    """Tell whether there are words for a language."""
    return look_up(_TERMS, language) is not None


def terms_for(language: str) -> Terms:
    """Return the words for a language, English ones where there are none."""
    words = look_up(_TERMS, language) or _TERMS["en"]
    return Terms(**dict(zip(Terms.__struct_fields__, words.split("|"), strict=True)))


def label(language: str, term: str, number: str, *, section: bool = False) -> str:
    """Return "Figure 3" as the language writes it."""
    template = (look_up(_LABELS, language) or ("{term} {number}", "{term} {number}"))[section]
    return template.format(term=term, number=number)


def write_date(date: datetime.date | None, language: str) -> str:
    """Return "5 December 2023" as the language writes it, empty for no date."""
    if date is None:
        return ""
    known = language if look_up(_DATES, language) else "en"
    template = look_up(_DATES, known) or ""
    months = (look_up(_MONTHS, known) or "").split()
    day = look_up(_FIRST_DAYS, known) if date.day == 1 else None
    month = months[date.month - 1] if months else ""
    return template.format(day=day or date.day, month=month, number=date.month, year=date.year)
