"""The words of dates: month names of the languages that government sites publish in, and the labels before a date."""

from __future__ import annotations

_MONTHS = """
january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|october oct|november nov|december dec
janvier janv|février fevrier févr fév|mars|avril avr|mai|juin|juillet juil|août aout|septembre|octobre|novembre|décembre decembre déc
januar jänner|februar|märz maerz mär mrz|april|mai|juni|juli|august|september|oktober okt|november|dezember dez
enero ene|febrero|marzo|abril abr|mayo|junio|julio|agosto ago|septiembre setiembre|octubre|noviembre|diciembre dic
janeiro|fevereiro fev|março marco|abril|maio|junho|julho|agosto|setembro set|outubro out|novembro|dezembro
gennaio gen|febbraio|marzo|aprile|maggio mag|giugno giu|luglio lug|agosto|settembre|ottobre ott|novembre|dicembre
января январь янв|февраля февраль фев|марта март мар|апреля апрель апр|мая май|июня июнь июн|июля июль июл|августа август авг|сентября сентябрь сент сен|октября октябрь окт|ноября ноябрь ноя|декабря декабрь дек
يناير جانفي كانون_الثاني|فبراير فيفري شباط|مارس آذار|أبريل ابريل إبريل أفريل نيسان|مايو ماي أيار|يونيو يونيه جوان حزيران|يوليو يوليه جويلية تموز|أغسطس اغسطس أوت آب|سبتمبر أيلول|أكتوبر اكتوبر تشرين_الأول|نوفمبر تشرين_الثاني|ديسمبر كانون_الأول
januari|februari|maart maret mac|april|mei|juni jun|juli julai|augustus agustus ogos|september|oktober|november nopember|desember disember
มกราคม ม.ค.|กุมภาพันธ์ ก.พ.|มีนาคม มี.ค.|เมษายน เม.ย.|พฤษภาคม พ.ค.|มิถุนายน มิ.ย.|กรกฎาคม ก.ค.|สิงหาคม ส.ค.|กันยายน ก.ย.|ตุลาคม ต.ค.|พฤศจิกายน พ.ย.|ธันวาคม ธ.ค.
"""  # noqa: E501  (a language a line reads better than a wrapped table)


def _months() -> dict[str, int]:
    table: dict[str, int] = {}
    for language in _MONTHS.strip().splitlines():
        for number, names in enumerate(language.split("|"), start=1):
            for name in names.split():
                table.setdefault(name.replace("_", " "), number)
    return table


MONTHS: dict[str, int] = _months()
"""Lower-case month names and abbreviations (without a closing dot, Thai ones apart) → 1..12."""

PUBLISHED_LABELS = """
发布时间 发布日期 发布于 发表时间 发表日期 发表于 发稿时间 刊发时间 公布时间 公布日期 公开日期 公开时间 公告时间
上传时间 上网时间 录入时间 添加时间 创建时间 登载时间 發布時間 發布日期 發佈時間 發佈日期 张贴于 published
publish_date publish_time publishing_date date_published publication_date pubdate pub_date posted post_date
date_posted released release_date release_time date_of_publication issued publié_le publié publiée_le posté_le
paru_le date_de_publication date_de_parution mis_en_ligne_le veröffentlicht veröffentlicht_am
veröffentlichungsdatum erstellt_am publiziert publiziert_am erschienen_am eingestellt_am gepostet_am publicado
publicado_el publicada_el fecha_de_publicación publicado_em publicada_em data_de_publicação pubblicato
pubblicato_il pubblicata_il data_pubblicazione data_di_pubblicazione опубликовано опубликована дата_публикации
время_публикации размещено добавлено 公開日 公開日時 掲載日 発表日 投稿日 発信時間 発表時間 発行日 작성일
작성일시 등록일 등록일시 등록일자 게시일 발행일 입력 تاريخ_النشر نشر_في تم_نشره تم_النشر_في نشر_بتاريخ
تاريخ_الإصدار ngày_đăng đăng_ngày đăng_lúc ngày_xuất_bản เผยแพร่ เผยแพร่เมื่อ วันที่เผยแพร่ วันที่ประกาศ
tanggal_terbit diterbitkan
"""
GENERIC_LABELS = """
时间 日期 時間 date time datum fecha data дата время 日付 日時 날짜 일자 일시 تاريخ التاريخ ngày thời_gian
วันที่ tanggal tarikh огноо
"""
UPDATED_LABELS = """
更新时间 更新日期 更新于 最后更新 最近更新 修改时间 最后修改 更新時間 updated update update_time update_date
updated_on last_updated last_update last_modified modified mis_à_jour mis_à_jour_le dernière_mise_à_jour
aktualisiert aktualisiert_am letzte_aktualisierung zuletzt_aktualisiert actualizado última_actualización
atualizado atualizado_em última_atualização aggiornato aggiornato_il ultimo_aggiornamento обновлено
последнее_обновление дата_обновления дата_изменения 更新日 更新日時 最終更新日 最終更新日時 수정일 수정일시
최종수정일 업데이트 آخر_تحديث تاريخ_التحديث cập_nhật cập_nhật_lần_cuối ngày_cập_nhật อัปเดต อัปเดตล่าสุด
ปรับปรุงล่าสุด diperbarui
"""


def words(labels: str) -> tuple[str, ...]:
    """Split a table of labels (blanks between, `_` for a blank inside), longest first as alternations need."""
    return tuple(sorted((word.replace("_", " ") for word in labels.split()), key=lambda word: (-len(word), word)))
