"""The kinds of offer a STEK begins with. Names outside nl, fr and en wait for a proof-reader, as all of them do."""

from django.db import migrations

LANGUAGES = ("nl", "fr", "en", "de", "es", "pl", "ro", "tr", "uk", "ar", "fa")

# code: (pictogram, names in the order of LANGUAGES)
TYPES = {
    "drop_in": ("cup", (
        "Permanentie", "Permanence", "Drop-in", "Offene Sprechstunde", "Puertas abiertas", "Dyżur otwarty",
        "Program deschis", "Açık kapı saati", "Відкритий прийом", "باب مفتوح", "درِ باز")),
    "meeting": ("cup", (
        "Ontmoetingsmoment", "Moment de rencontre", "Meet and chat", "Offener Treff", "Encuentro abierto",
        "Otwarte spotkanie", "Întâlnire deschisă", "Buluşma", "Відкрита зустріч", "لقاء مفتوح", "دورهمی")),
    "forms_help": ("form", (
        "Hulp bij brieven en formulieren", "Aide pour lettres et formulaires", "Help with letters and forms",
        "Hilfe bei Briefen und Formularen", "Ayuda con cartas y formularios", "Pomoc przy listach i formularzach",
        "Ajutor cu scrisori și formulare", "Mektup ve form yardımı", "Допомога з листами та формулярами",
        "مساعدة في الرسائل والاستمارات", "کمک برای نامه‌ها و فرم‌ها")),
    "open_learning": ("book", (
        "Open Leersalon", "Salon d’apprentissage ouvert", "Open learning salon", "Offener Lerntreff",
        "Espacio abierto de aprendizaje", "Otwarty salon nauki", "Spațiu deschis de învățare", "Açık öğrenme salonu",
        "Відкритий навчальний салон", "صالون تعلّم مفتوح", "سالن آزاد یادگیری")),
    "social_grocery": ("shop", (
        "Sociale kruidenier", "Épicerie sociale", "Social grocery", "Sozialer Lebensmittelladen", "Tienda social",
        "Sklep socjalny", "Băcănie socială", "Sosyal market", "Соціальна крамниця", "بقالة اجتماعية",
        "فروشگاه اجتماعی")),
    "second_hand": ("shirt", (
        "Tweedehandswinkel", "Magasin de seconde main", "Second-hand shop", "Secondhandladen",
        "Tienda de segunda mano", "Sklep z rzeczami używanymi", "Magazin second-hand", "İkinci el mağazası",
        "Крамниця вживаних речей", "متجر أغراض مستعملة", "فروشگاه دست دوم")),
    "bike_library": ("bike", (
        "Fietsbibliotheek", "Bibliothèque de vélos", "Bike library", "Fahrradverleih", "Biblioteca de bicicletas",
        "Wypożyczalnia rowerów", "Bibliotecă de biciclete", "Bisiklet kütüphanesi", "Велобібліотека",
        "مكتبة الدراجات", "کتابخانهٔ دوچرخه")),
    "leisure_help": ("trip", (
        "Betaalbare vrije tijd", "Loisirs à petit prix", "Affordable leisure", "Günstige Freizeit",
        "Ocio asequible", "Niedrogi czas wolny", "Timp liber accesibil", "Uygun fiyatlı boş zaman",
        "Доступне дозвілля", "ترفيه بسعر معقول", "تفریح ارزان")),
    "leisure_pass": ("ticket", (
        "Kortingspas voor vrije tijd", "Carte de réduction pour les loisirs", "Leisure discount card",
        "Ermäßigungspass für Freizeit", "Tarjeta de descuento para ocio", "Karta zniżkowa na czas wolny",
        "Card de reduceri pentru timp liber", "Boş zaman indirim kartı", "Картка знижок на дозвілля",
        "بطاقة تخفيض للترفيه", "کارت تخفیف تفریح")),
    "housing_help": ("house", (
        "Hulp bij wonen", "Aide au logement", "Help with housing", "Hilfe beim Wohnen", "Ayuda con la vivienda",
        "Pomoc mieszkaniowa", "Ajutor pentru locuință", "Konut yardımı", "Допомога з житлом", "مساعدة في السكن",
        "کمک برای مسکن")),
    "digital_point": ("form", (
        "Digipunt", "Point numérique", "Digital help point", "Digitaler Treffpunkt", "Punto digital",
        "Punkt cyfrowy", "Punct digital", "Dijital destek noktası", "Цифровий пункт", "نقطة رقمية",
        "مرکز کمک دیجیتال")),
    "cooking": ("pot", (
        "Samen koken", "Cuisiner ensemble", "Cooking together", "Gemeinsam kochen", "Cocinar juntos",
        "Wspólne gotowanie", "Gătim împreună", "Birlikte yemek pişirme", "Готуємо разом", "نطبخ معًا",
        "آشپزی با هم")),
    "workshop": ("book", (
        "Workshop", "Atelier", "Workshop", "Workshop", "Taller", "Warsztaty", "Atelier", "Atölye", "Майстер-клас",
        "ورشة عمل", "کارگاه")),
    "ideas_table": ("talk", (
        "Ideeëntafel", "Table à idées", "Ideas table", "Ideentisch", "Mesa de ideas", "Stół pomysłów",
        "Masa ideilor", "Fikir masası", "Стіл ідей", "طاولة الأفكار", "میز ایده‌ها")),
    "open_day": ("door", (
        "Openkijkdag", "Journée portes ouvertes", "Open day", "Tag der offenen Tür", "Jornada de puertas abiertas",
        "Dzień otwarty", "Ziua porților deschise", "Açık kapı günü", "День відкритих дверей",
        "يوم الأبواب المفتوحة", "روز درهای باز")),
    "excursion": ("trip", (
        "Uitstap", "Excursion", "Trip", "Ausflug", "Excursión", "Wycieczka", "Excursie", "Gezi", "Поїздка", "رحلة",
        "گردش")),
    "event": ("table", (
        "Feest of maaltijd", "Fête ou repas", "Party or meal", "Fest oder Essen", "Fiesta o comida",
        "Święto lub posiłek", "Sărbătoare sau masă", "Şenlik veya yemek", "Свято або обід", "احتفال أو وجبة",
        "جشن یا غذا")),
    "training": ("book", (
        "Vorming", "Formation", "Training", "Schulung", "Formación", "Szkolenie", "Instruire", "Eğitim",
        "Навчання", "تدريب", "آموزش")),
    "on_the_road": ("van", (
        "Op pad", "En route", "On the road", "Unterwegs", "En ruta", "W drodze", "Pe drum", "Yollarda",
        "У дорозі", "على الطريق", "در راه")),
}  # fmt: skip


def add_types(apps, schema_editor):
    """What somebody already named keeps its name, so that forth, back and forth again loses nothing."""
    activity_type = apps.get_model("activities", "ActivityType")
    known = set(activity_type.objects.values_list("code", flat=True))
    activity_type.objects.bulk_create(
        activity_type(code=code, pictogram=pictogram, names=dict(zip(LANGUAGES, names, strict=True)))
        for code, (pictogram, names) in TYPES.items()
        if code not in known
    )


def remove_types(apps, schema_editor):
    """Types an activity uses stay: the activity could not exist without."""
    apps.get_model("activities", "ActivityType").objects.filter(code__in=TYPES, activities__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [("activities", "0001_offer")]

    operations = [migrations.RunPython(add_types, remove_types)]
