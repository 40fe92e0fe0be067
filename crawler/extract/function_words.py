"""The most frequent words of a language, in texts and in menus: on a page's length they decide alone, and at once.

Languages that are never the answer here (`_RIVALS`) are listed too: a Danish page must not pass for a German one.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain

_ANSWERS = {
    "en": "the of and to in for is on that with as by are at be this from it was have has or an will not which their"
    " were been more its all our his they you we but can he had who would about",
    "fr": "le la les de des du et en un une est que dans pour qui sur par au aux avec ce cette ces sont ont être plus"
    " pas nous vous il elle se ne son ses leur mais ou été sera d'une d'un qu'il c'est n'est",
    "de": "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er"
    " hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis"
    " mehr durch wir ich sein",
    "es": "de la el en y los que del las un por con una para se su al es lo como más fue son este está ha sus entre"
    " también pero esta ser han sobre desde hasta muy años no era sin le ya",
    "pt": "de a o e do da em que para os no na com um uma por as dos se mais foi ao é não das como à pelo pela são ou"
    " também sua seu entre mas tem ser nos está aos sobre já isso foram até",
    "it": "di e il la che in per un del della le a con una da è sono non dei alla si nel gli al delle come dal ha anche"
    " più nella lo i ma degli alle questo questa suo essere stato tra dalla ai l'italia dell' ed",
    "vi": "và của là các có được trong cho một những người với không về đã này đến từ khi tại ra để năm cũng như vào ở"
    " nhiều sẽ theo trên do phải hai nhà ông đó việc còn lại",
    "nl": "de het een van en in is dat op te zijn met voor niet aan er om ook als bij door maar ze worden wordt uit nog"
    " naar heeft hebben over tot dit kan deze werd zich meer dan of hij was",
    "id": "yang dan di dengan untuk dari ini dalam pada itu tidak akan oleh juga ke sebagai telah adalah karena ada"
    " mereka bahwa atau tersebut dapat bisa lebih serta anda kami sudah tahun para saat menjadi hanya",
    "ms": "yang dan di dengan untuk dari ini dalam pada itu tidak akan oleh juga ke sebagai telah adalah kerana ada"
    " mereka bahawa atau tersebut dapat boleh lebih serta anda kami sudah tahun para semasa menjadi hanya kepada ialah"
    " beliau kerajaan",
    "ru": "и в не на что с по как это к но из у за от так же все его то для он она мы вы они был было были быть при о"
    " или до я а бы только также который которые есть может года нет уже еще ещё если",
}  # fmt: skip
_MENU_WORDS = {
    "en": "home search next back more news about services privacy rights reserved login community",
    "fr": "accueil actualités recherche suivant retour haut page mentions légales",
    "de": "startseite suche impressum datenschutz aktuelles weiter zurück anmelden",
    "es": "inicio buscar contacto noticias siguiente anterior aviso",
    "pt": "início pesquisa notícias seguinte contato",
    "it": "ricerca contatti notizie avanti indietro cerca",
    "nl": "zoeken nieuws volgende vorige terug",
    "id": "beranda cari berita kontak",
    "ru": "главная поиск контакты новости карта сайта назад далее",
}
_RIVALS = {
    "da": "og i at det er en til af på for med den der som ikke de har et fra om kan vi var men sig hun han",
    "no": "og i at det er en til av på for med den som ikke de har et fra om kan vi var men seg hun han ble være",
    "sv": "och i att det är en till av på för med den som inte de har ett från om kan vi var men sig hon han är eller",
    "af": "die van en in is het wat vir op te met nie aan om deur ook was hy sy as dat by sal uit word een hierdie",
    "ca": "i els les per amb és dels va més com són aquest aquesta seva seu pel hi dins fins molt tot ser",
    "ro": "de și în a la cu pe care din nu o pentru este că au sau un fi mai ale al sunt prin după s-a lui dar",
    "pl": "i w na z do się nie jest że o to od za po przez jak ale dla oraz są może który ich jego być tym roku",
    "cs": "a v na se je že o s z do i to za by pro jsou které která jako při nebo od po jeho až bylo",
    "sk": "a v na je sa že o s z do aj to za pre pri sú ktoré ktorá ako nie by od po jeho až bolo bol",
    "cy": "y yn i a o ar mae ei am gan wedi fod yr bod hyn hefyd nid sydd",
    "fi": "ja on ei se että oli hän ovat mutta myös kun joka sen niin kuin tai mukaan sekä hänen jo vain",
    "hu": "a az és hogy nem is egy ez meg csak volt el mint de már még vagy azt szerint után lesz ha",
    "tr": "ve bir bu için de da ile olarak olan çok daha en gibi ne kadar sonra olduğu ise her ya var",
    "hr": "i u je na se da za su od s a koji kao koja što o će nije ili iz sa bi do to kako po",
    "sl": "in je v na se da so za z ki bi kot pa ne ali o tudi po od do še iz pri bil",
    "sq": "të e në dhe i për me një që nga është se do ka nuk më si u ai por kjo janë",
    "sw": "ya na wa kwa katika ni za la kuwa cha hiyo hii huo kama yake wao pia au baada",
    "tl": "ang ng sa mga na at ay ni si para ito hindi niya kung may siya ko mo rin ating ako",
    "so": "oo ka ku iyo in waxaa ah ay la u uu si waa soo inuu ee aan leh wuxuu",
    "et": "ja on ei et see ka kui oli oma aga mis ning või kes siis veel nii olid selle",
    "lt": "ir kad į su iš tai yra bet kaip buvo ne dėl jo apie taip už po arba iki",
    "lv": "un ir ar no uz par ka to bet kas arī tas kā pēc pie vai savu gada lai",
    "uk": "і в не на що з у та як до це за від про але або для є й бути його він вона ми ви вони був було року",
    "bg": "на и да в се за от е с не са по че като до при които си което или след към той бе му ще още има",
    "be": "і ў не на што з у да як гэта па за ад але для яго быў была гэты",
    "mk": "на и да во се за од е со не ќе по дека како до при кои што или тој беше има",
    "sr": "и у је на се да за су од са а који као која што о ће није или из би до",
}  # fmt: skip
_FEWEST = 8  # hits from which the answer may be sure
_PART = 0.18  # of the text's words that must be among the language's
_LEAD = 1.35  # times the hits of the next language
_KIN = {"id": "ms", "ms": "id"}  # languages that share most of these words: any lead counts
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def _table() -> dict[str, tuple[str, ...]]:
    languages: dict[str, list[str]] = {}
    for language, words in chain(_ANSWERS.items(), _MENU_WORDS.items(), _RIVALS.items()):
        for word in dict.fromkeys(words.split()):
            languages.setdefault(word, []).append(language)
    return {word: tuple(names) for word, names in languages.items()}


_LANGUAGES_OF = _table()


def function_words(text: str) -> tuple[dict[str, float], str | None]:
    """Return the weight of each language's most frequent words in a text, and the language that is sure.

    A word weighs as much less as more languages share it. Sure is a language whose words fill enough of the text,
    clearly before all others; None where none is.
    """
    words = _WORD.findall(text.lower().replace("’", "'"))
    hits: Counter[str] = Counter()
    weights: dict[str, float] = {}
    for word, count in Counter(words).items():
        languages = _LANGUAGES_OF.get(word, ())
        for language in languages:
            hits[language] += count
            weights[language] = weights.get(language, 0.0) + count / len(languages)
    ranked = sorted(hits.items(), key=lambda item: (-item[1], item[0]))[:3]
    if not ranked or ranked[0][1] < max(_FEWEST, _PART * len(words)):
        return weights, None
    best, most = ranked[0]
    kin = _KIN.get(best, "")
    next_most = max((number for language, number in ranked[1:] if language != kin), default=0)
    is_sure = best in _ANSWERS and most > hits.get(kin, 0) and most >= _LEAD * next_most
    return weights, best if is_sure else None
