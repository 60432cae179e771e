"""Words around a name, our own: what makes a word a person, and what makes it a place, a service or a saying. All folded."""

from __future__ import annotations

from .words import as_set

# A name follows, also one that no list has.
TITLES = as_set(
    """mevrouw mevr mvr mw meneer mijnheer menier dhr heer juffrouw juf meester dokter dr prof professor pastoor zuster tante nonkel oom opa oma bomma bompa
    madam madame mme mlle mademoiselle monsieur mr mrs ms miss mister docteur maitre tonton tata papy mamie oncle doctor uncle auntie aunt
    familie famille family fam weduwe veuve gezin mesdames messieurs imam sister brother frere soeur notaris notaire advocaat maitre coach mej vve sir dame"""
)
# … but a title in lower case before a lower-case word names somebody only for these: "de pastoor zegt" names nobody.
SURE_TITLES = as_set(
    "mevrouw mevr mvr mw meneer mijnheer menier dhr juffrouw madam madame mme mlle mademoiselle monsieur mr mrs ms miss mister mej vve tante nonkel familie famille fam weduwe gezin"
)
# Somebody's somebody: a word with a capital behind it is a name.
KIN = as_set(
    """man vrouw zoon zoontje dochter dochtertje broer broertje zus zusje buurman buurvrouw buur vriend vriendin collega nicht neef kleinzoon kleindochter
    moeder vader mama papa meisje jongen kind kindje bezoeker bezoekster vrijwilliger vrijwilligster baby schoonzus schoonbroer schoonmoeder vent manneke
    mari femme fils fille frere soeur voisin voisine ami amie collegue cousin cousine mere pere maman bebe copain copine garcon compagne compagnon benevole
    husband wife son daughter brother sister neighbour neighbor friend colleague mother father mum mom dad boy girl kid child toddler nephew niece cousin
    heet heette genaamd noemt appelle appelles nomme nommee prenomme prenommee called named"""
)
# Stands before somebody.
TOWARDS = as_set(
    """met voor van aan bij naar door zonder dat als en of over tegen omdat want toen en, ook nu hallo dag beste lieve gisteren vandaag morgen vraag
    avec pour de d' a chez que par et sans contre donc si quand cher chere bonjour voir depuis
    with for of to from by that and about without against because when if dear hi hello ask see tell"""
)
# A place, a house, a law, an illness or a thing is called after somebody.
CALLED_AFTER = as_set(
    """sint sinte st saint sainte santa san heilige zaal cafe school basisschool kleuterschool college instituut ziekenhuis az uz zna kliniek wzc rusthuis home woonzorgcentrum residentie
    huis vzw asbl winkel supermarkt apotheek bakkerij frituur brasserie restaurant merk straat plein laan wet wetten decreet plan ziekte syndroom gemeente stad dorp kringwinkel station halte kerk
    kapel parochie fonds stichting prijs beurs project zorgkas app camping hotel rivier park zwembad sportcentrum chiro scouts kasteel molen hoeve museum theater bibliotheek bib stadion ploeg club
    storm orkaan tempete hurricane tropische virus variant soap serie film boek methode plan platform site website tool dienst programma koning koningin prins prinses keizer paus minister staatssecretaris premier president ministre king queen pope roi reine prince princesse pape
    parc quai cite clos cour espace foyer ferme gite chateau bar taverne tearoom feestzaal buurthuis dienstencentrum ldc lokaal jeugdhuis speelplein speeltuin turnzaal flatgebouw gebouw toren tower campus zorgcampus verkaveling beeld standbeeld statue
    schoenen meubelen meubels electro elektro drankenhandel traiteur bouwbedrijf transport transporten aannemer drukkerij juwelier chatbot assistent assistente podcast koor fanfare harmonie toneelkring
    slagerij garage kapsalon krantenwinkel nachtwinkel boekhandel drogisterij kledingzaak villa team equipe frietkot snackbar pizzeria hoeve boerderij manege rijschool autorijschool optiek tuincentrum wassalon coiffeur friterie boucherie librairie snack pub barber bakery butcher
    salle ecole lycee college athenee institut hopital clinique residence maison magasin supermarche pharmacie boulangerie rue avenue place boulevard chaussee loi plan maladie syndrome ville village
    commune gare eglise chapelle paroisse fonds fondation prix hall school hospital clinic shop store pharmacy street road square law act disease syndrome church chapel fund foundation prize station village town city"""
)
CALLED_BEHIND = as_set(
    """stichting straat plein laan vzw asbl ziekenhuis school fonds college instituut kerk kliniek prijs effect wet syndroom ziekte hall street road square church hospital
    foundation fund disease syndrome act day museum park arena stadion stadium cup festival bar cafe"""
)
# At the beginning of a sentence these are themselves, also where somebody somewhere is called so: "Dan is de winkel open".
SENTENCE_BEGINNERS = as_set(
    "anders kort bon sooner elle il ils elles on dan toen als al nu want maar dus daar hier er zo mits sinds even then here there so now but puis donc alors mais or car si"
)
# Says that somebody was met: "met Lief gesproken", "avec Rose hier".
MET = as_set(
    "gesproken gebeld gepraat gewandeld gegeten gemaild afgesproken samen mee thuis geweest langsgeweest spoken talked spoke parle mange"
)
# Before a first name in lower case: "la petite amina", "zeg tegen els", "gisteren heeft nurcan".
LITTLE = as_set("petite petit kleine kleinen jonge ouwe oude vieille vieux little young old onze ons")
TOLD = as_set("tegen aan")
# Small words inside a name.
PARTICLES = as_set(
    "van vande vanden vander vd de den der ter ten te het 't op la le du des di da dos das do del della el al ben bin bint ibn ait ould abd abdel abdul abou abu bou bel von zu y e mac mc o'"
)
# With a capital in the middle of a sentence these alone begin a family name.
NAME_PARTICLES = as_set("van vande vanden vander ver el al ait ould bin bint ibn abdel abdul abou abu bou von mac mc")
# Job titles that stand where a name might: "meneer de voorzitter".
JOBS = as_set(
    """directeur voorzitter burgemeester pastoor dokter agent notaris rechter minister schepen deurwaarder huisbaas verhuurder conducteur chauffeur bakker slager kapper postbode
    directrice president maire bourgmestre juge ministre huissier proprietaire concierge facteur secretaris penningmeester inspecteur commissaris ober kok
    juf zuster verpleegster verzorgster assistente poetsvrouw coordinator
    head director chairman mayor judge landlord postman baker"""
)
# How a name begins of which no list knows, and no word of here: Rwanda, Burundi, Congo, Cameroon, Nigeria; Morocco.
BEGINNINGS = (
    "nsh", "nd", "nt", "nk", "nz", "ng", "mb", "mp", "mf", "mw", "my", "ny", "kw", "rw", "bw", "uw", "tsh", "gb", "kp", "ouk", "oua", "ouh", "ould", "boua", "boud", "bouk", "bouz", "bent", "belk", "belh", "abdel", "abdou", "elh", "elk", "elm",
)  # fmt: skip
ENDINGS = (
    "ova", "ovic", "arek", "czak", "czyk", "czek", "niak", "ucki", "icki", "ecki", "iuk", "ayev", "adze", "isyan", "ewicz", "owicz", "evic", "enko", "chuk", "czuk", "escu", "eanu", "oglu", "gil", "wicz", "owski", "ewski", "inska", "owska", "yan", "dze", "shvili", "zadeh", "poor", "pour", "ssens", "elsen", "aerts", "mans", "inckx",
)  # fmt: skip

# What a word ends on that is a street or a house called after somebody.
HOUSES = (
    "straat", "laan", "plein", "steenweg", "weg", "lei", "dreef", "dijk", "kaai", "baan", "markt", "hof", "park", "stichting", "school", "ziekenhuis", "fonds", "prijs", "huis", "zaal", "college", "kerk", "wijk", "brug",
    "centrum", "center", "instituut", "kliniek", "gasthuis", "kring", "winkel", "bond", "dorp", "berg", "beek", "heide", "burg", "gem", "hem", "ville", "court", "street", "stad",
)  # fmt: skip

# Words too, but with a capital nearly always somebody: at the beginning of a sentence as well.
MOSTLY_NAMES = as_set(
    """jan piet peter tom tim rob bob els kim frank bart wim jef jos luc marc rik dirk erik bert gert griet lies loes mies truus toon robin iris linde merel lotte floor daan bas max leo nora mia eva ella anna ans mieke hilde ann anne bram stan
    lars rune finn lise julie pierre marie jules paul pol guy henri serge denis remi colin martin christian pascal olivier marguerite colette odette georges victor robert jean jacques louis luis carlos maria jose juan rosa rita sonja
    kelly kevin jimmy danny johnny mike nick jack john james charles george henry harry sally molly annie emma emily jenny betty wally willy freddy eddy rudy ronny patrick patricia josephine madeleine germaine gilbert roland armand jeanne
    ali omar osman karim nora nour amina yasmin jasmin jasmine soraya sara sarah adam noah david daniel samuel simon thomas philippe nicolas laurent vincent bernard gaston hugo oscar arthur alfred albert felix bruno marco milan roman
    precious blessing favour goodluck destiny dieudonne exauce merveille mercy gloire godswill
    bea beth fien lien leen stien trees toos tinne katrien nel nele miet mie pia rosie rosalie angel angela violet viola klaas kees koos joost jaap teun sjaak ruud henk freek fons gust staf cis"""
)
