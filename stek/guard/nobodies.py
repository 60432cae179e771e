"""Who is nobody: services, firms, feasts, figures, sayings and peoples that sound like somebody, our own. All folded."""

from __future__ import annotations

from .words import as_set

# Capital letters that are nobody: services, firms, feasts, figures, sayings, languages that are also a first name.
NOBODY = frozenset(
    phrase.strip()
    for phrase in """mcdonald|domino|levi|sainsbury|starbucks|mary poppins|marie kondo|ave maria|bloody mary|rosa luxemburg|che guevara|martin luther king|nelson mandela|greta thunberg|big brother|western union|thomas more|karel de grote|vesalius|erasmus|erasme|leonardo da vinci|socrates|comenius|da vinci|artevelde|jules bordet|jan yperman|jan palfijn|maria middelares|edith cavell|henri serruys|middelheim|leen bakker|bart smit|hubo|casa|wibra|zeb|veritas|bristol|damart|yves rocher|hugo boss|tommy hilfiger|calvin klein|jack jones|jack wolfskin|tom tailor|louis vuitton|chanel|lola liza|benetton|michelin|philips|siemens|miele|bosch|dyson|nespresso|douwe egberts|rombouts|jules destrooper|lotus|mars|stella artois|jupiler|duvel|leffe|hoegaarden|johnnie walker|jack daniels|martini|studio 100|mega mindy|bumba|paw patrol|bert en ernie|ernie en bert|elmo|super mario|fortnite|thomas cook|neckermann|daoust|ethias|baloise|vivium|fidea|mister cash|mister minit|mister bean|mr bean|mr bricolage|monsieur bricolage|monsieur propre|mister proper|miss belgie|madame tussauds|madame soleil|vader staat|meneer de uil|oom agent|dokter google|docteur google|louis braille|braille|montessori|freinet|steiner|decroly|thuis|i-mens|emmaus|bethanie|damiaanactie|maribel|dimona|limosa|mypension|rosa parks|felyx|mobib|salduz|renault|franchimont|napoleon|marshall|david en goliath|job|judas|salomon|lazarus|ben en jerry|ben jerry|uncle ben|oncle ben|dr oetker|marks spencer|black friday|mickey|minnie|donald duck|barbie|lego|elsa en anna|frozen|spiderman|batman|superman|ravensburger|jumbo|albert heijn|pieter post|postbode piet|sam de brandweerman|bob de bouwer|thomas de trein|nemo|doornroosje|sneeuwwitje|hans en grietje|vrouw holle|klaas vaak|piet hein|witte wieven|pro deo|prodeo|medi market|multipharma|lloyds|goed|wit gele kruis|wit-gele kruis|familiehulp|landelijke thuiszorg|opgroeien|agentschap opgroeien|huis van het kind|jan breydel|pieter de coninck|jan linders|louis delhaize|delhaize|colruyt|carrefour|lidl|aldi|okay|spar|proxy|action|hema|zeeman|kruidvat|zara|primark|ikea|decathlon|krefel|vanden borre|mediamarkt|jbc|torfs
    |van marcke|dreamland|fnac|brico|gamma|makro|jumbo|kiabi|vinted|bol|amazon|ali express|aliexpress|mcdonalds|quick|panos|infino|parentia|kidslife|myfamily|famiwal|samana|okra|femma|ferm|neos|vief|luminus
    |engie|eneco|mega|bolt|octa|fluvius|ores|sibelga|pidpa|water-link|farys|proximus|telenet|orange|scarlet|voo|base|mobile vikings|hey|partena|helan|solidaris|securex|acerta|liantis|randstad|adecco|manpower|tempo team
    |tempo-team|synergie|start people|accent|unizo|voka|argenta|belfius|fortis|crelan|beobank|nickel|revolut|wise|paypal|western union|bancontact|payconiq|wero|doccle|itsme|zoom|whatsapp|messenger|signal|telegram|tiktok|google|siri|alexa
    |chatgpt|netflix|streamz|disney|cambio|partago|blue-bike|hoppin|flexbus|uber|bolt|flixbus|ryanair|thalys|eurostar|chiro|scouts|bednet|oxfam|caritas|poverello|emmaus|ligo|avansa|natuurpunt|awel|child focus|fedasil|myria|unia|actiris|forem|orbem
    |klina|groep zorg|tesla|opel|renault|citroen|mercedes|peugeot|ford|toyota|dacia|skoda|seat|audi|volvo|fiat|nissan|mazda|samsung|nokia|apple|huawei|dafalgan|tinder|mickey mouse|robin hood|assepoester|roodkapje|peppa pig|k3|samson
    |sinterklaas|zwarte piet|saint nicolas|santa claus|kerstman|pere noel|valentijn|saint valentin|valentine|jezus|jesus|allah|maria hemelvaart|onze lieve vrouw|notre dame|heilig hart|heilige familie|heilige geest|heilig kruis|heilig graf|heilige maagd|sacre coeur|sainte famille|saint esprit|holy family|holy spirit|sacred heart|don bosco|dom bosco|pater pio|padre pio|regina pacis|regina coeli|stella maris|maris stella|mater dei|mater salvatoris|virgo sapientiae|virgo fidelis|immaculata|annuntiata|jesus christus|jezus christus|kind jezus|enfant jesus|vincentius a paulo|broeders van liefde|zusters van liefde|leger des heils|armee du salut|salvation army|tele onthaal|tele accueil|tele-onthaal
    |rode neuzen|rode neuzen dag|warmste week|de warmste week|music for life|kom op tegen kanker|levenslijn|think pink|damiaan|broederlijk delen|welzijnszorg|cap 48|viva for life|televie|iles de paix|opération thermos|operation thermos
    |paasmaandag|pinkstermaandag|easter monday|easter sunday|good friday|whit monday|boxing day|mothers day|fathers day|mother's day|father's day|moederdag|vaderdag|fete des meres|fete des peres|sint maarten|sint-maarten|driekoningen|epiphanie|chandeleur|lichtmis|allerheiligen|allerzielen|sint jan|saint jean|saint-jean|saint martin|saint sylvestre|saint-sylvestre|wapenstilstand|hemelvaart|ascension|pentecote|pinksteren|assomption|suikerfeest|offerfeest|newroz|nowruz|diwali|chanoeka|hanukkah|mardi gras|poisson d'avril
    |maria hilf|van den borre|van der valk|samson en gert|gert en samson|kabouter plop|studio brussel|klara|qmusic|nostalgie|radio maria|ketnet|vtm|de standaard|de morgen|het nieuwsblad|gazet van antwerpen|het laatste nieuws|het belang van limburg|le soir|la libre|humo|dag allemaal|libelle|kerk en leven|rode ridder|de rode ridder|pierre qui roule|zal jan nooit|gelijk jan in de|hans worst|jan hagel|rendre a cesar|a cesar|croix rouge|croix-rouge|nike|adidas|puma|reebok|lacoste|tupperware|thermomix|pampers|nutella|leonidas|neuhaus|godiva|danone|alpro|knorr|maggi|heinz|dreft|ariel|persil|nivea|garnier|sony|playstation|nintendo|xbox|lenovo|canon|epson|ventolin|nurofen|perdolan|temesta|rilatine|xanax|ozempic|lyme|les restos|restos du coeur|les restos du coeur|charlie chaplin|oliver twist|florence nightingale|mother teresa|mere teresa|abbe pierre|abbé pierre|soeur emmanuelle|zuster emmanuelle|priester daens|pieter daens|daens|cardijn|jozef cardijn|mahatma gandhi|gandhi|dalai lama|barack obama|obama|joe biden|angela merkel|merkel|boris johnson|donald trump|elon musk|bill gates|steve jobs|mark zuckerberg|jeff bezos|albert einstein|einstein|isaac newton|darwin|sigmund freud|freud|karl marx|marx|lenin|stalin|hitler|mussolini|franco|churchill|winston churchill|de gaulle|charles de gaulle|king charles|koning charles|queen elizabeth|lady diana|prinses diana|lady gaga|michael jackson|elvis presley|elvis|bob marley|john lennon|celine dion|edith piaf|jacques brel|jacques chirac|johnny hallyday|stromae|adele|madonna|beyonce|taylor swift|justin bieber|rihanna|will tura|bart peeters|clouseau|helmut lotti|willy sommers|laura lynn|regi|urbanus|geert hoste|philippe geubels|tom waes|jeroen meus|piet huysentruyt|jamie oliver|herman brusselmans|hugo claus|louis paul boon|stijn streuvels|ernest claes|felix timmermans|annie mg schmidt|roald dahl|astrid lindgren|pippi langkous|mathilda|alice in wonderland|mowgli|tarzan|king kong|zorro|james bond|indiana jones|darth vader|luke skywalker|frodo|gandalf|inspecteur maigret|maigret|hercule poirot|columbo|mister t|pablo picasso|picasso|rembrandt|monet|salvador dali|frida kahlo|dali|magritte|rene magritte|james ensor|ensor|mozart|beethoven|bach|vivaldi|chopin|jan fabre|wout van aert|remco evenepoel|mathieu van der poel|tom boonen|kevin de bruyne|eden hazard|romelu lukaku|lukaku|messi|ronaldo|kim clijsters|justine henin|nafi thiam|pele|maradona|mohammed ali|muhammad ali|zinedine zidane|bart de wever|alexander de croo|frank vandenbroucke|elio di rupo|maggie de block|jean luc dehaene|dehaene|jo vandeurzen|hilde crevits|zuhal demir|charles michel|ursula von der leyen|nigel farage|marine le pen|le pen|geert wilders|mark rutte|erdogan|recep erdogan|assad|saddam hoessein|saddam hussein|bin laden|zelenski|lukashenko|ceausescu|lech walesa|jan pawel|johannes paulus|paus franciscus|pope francis|pape francois|franciscus van assisi|calvijn|luther|thomas van aquino|plato|aristoteles|cicero|julius caesar|caesar|cleopatra|nero|jeanne d'arc|jeanne darc|karel martel|godfried van bouillon|ambiorix|boduognat|filips de goede|maria van bourgondie|keizer karel|willem van oranje|simon stevin|mercator|gerard mercator|plantin|plantin moretus|christoffel columbus|marco polo|vasco da gama|magellaan|neil armstrong|frank de winne|dirk frimout|varna|goma|asmara|erbil|bagdad|rabat|odessa|addis abeba|addis|jette|huy|spa|lillo|melle|cera|sivi|eandis|mensura|vesta|minerva|apollo|zeus|isis|hera|lumi|zimmo|eldi|max en moritz|max et moritz|kwik en flupke|quick et flupke|stan en ollie|laurel en hardy|laurel et hardy|bob en bobette|jan en mieke|piet en jan|jan en pier|pier en pol|jef en jan|adam en eva|kain en abel|cain et abel|bonnie en clyde|bonnie and clyde|thelma en louise|barbie en ken|simon en garfunkel|marie antoinette|cofidis|cetelem|buy way|fintro|bnp paribas|paribas|keytrade|ing|axa|ag insurance|kbc|cbc|vdk|europabank|santander|credal|microstart|hello bank|bunq|n26|sodexo|edenred|monizze|pluxee|deliveroo|takeaway|uber eats|just eat|airbnb|booking|zalando|shein|temu|coolblue|vandenborre|action|kik|pepco|takko|veritas|aveve|maxi zoo|tom co|sunparks|center parcs|plopsa|plopsaland|bobbejaanland|walibi|pairi daiza|planckendael|technopolis
    |jan lul|jan met de korte achternaam|piet en klaas|jan en mie|madame pipi|madame non|mijnheer pastoor|pietje puk|pietje bell|hansje in de kelder|jan soldaat|jan splinter|jan boezeroen|jan contrarie|joseph bokshand|jan zonder land|jan zonder vrees|jan zonder naam|dolle mina|olle bolle|lange wapper|tijl uilenspiegel|reinaert|reinaert de vos|pinokkio|pinocchio|peter pan|winnie de poeh|dombo|bambi|aladdin|ali baba|sesamstraat|sherlock holmes|don juan|don quichot|don quichotte|sisyphus|sisyphe|augias|pandora|hercules|achilles|damocles|babylon|methusalem|mathusalem|crohn
    |ramadan|eid|bayram|kerstmis|pasen|noel|toussaint|carnaval
    |max havelaar|jip en janneke|jantje contrarie|joost mag het weten|malle pietje|brave hendrik|klein duimpje|pierre paul et jacques|pierre paul jacques|plain jane|jack of all trades|uncle sam|oncle sam|murphy|kafka|columbus|uilenspiegel|adam en eva|adam et eve|adam and eve|tom en jerry|romeo en julia|harry potter|anne frank|marie curie|moeder teresa|pater damiaan|vincent van gogh|eddy merckx|suske en wiske|suske|wiske|jommeke|kuifje|tintin|asterix|bob et bobette|bob dylan|bob de bouwer|nijntje|dikkie dik|poetin|putin|trump|zelensky|macron|jan publiek|jan de man|jan en piet|jan piet en klaas|jan rap|piet piraat|vader abraham|moeder natuur|vadertje staat|broeder jacob|frere jacques|au clair de la lune|la fontaine|jan van eyck|rubens|bruegel|van dale|van gogh|de ronde van frankrijk|tour de france|koningin elisabeth|maria theresia|prinses elisabeth|karel de grote|napoleon|charlemagne|victor hugo|moliere|shakespeare|jules destree|damiaan|guido gezelle|hendrik conscience|willem elsschot|jan met de pet|jan en alleman|jan modaal|jan klaassen|piet snot|jantje|jan alleman|een vrolijke frans|jean qui rit|jean qui pleure|monsieur et madame tout le monde|tout le monde|joe bloggs|john doe|jane doe|jan janssen|tom dick and harry|average joe|johnny foreigner|pietje precies|monsieur tout le monde
    |alzheimer|parkinson|huntington|down|crohn|asperger|tourette|hodgkin|frans|roma|roman|april|may|june|august|augustus|avril|mai|juin|march|mars|mei|juni|juli|januari|februari|maart|oktober|september|november|december|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche
    |maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|monday|tuesday|wednesday|thursday|friday|saturday|sunday
    |kind en gezin|kind en gezinsloket|de lijn|de post|bpost|de sleutel|de sociale kaart|de watergroep|de voorzorg|het rode kruis|artsen zonder grenzen|dokters van de wereld|medecins du monde|test aankoop|red star|vlaams belang|groen|vooruit|open vld|nva
    |koning boudewijn|koning albert|koning filip|roi baudouin|king baudouin|europa|europe|vlaanderen|wallonie|flandre|brussel|bruxelles|brussels|antwerpen|anvers|kempen|noorderkempen|schengen|dublin|brexit|covid|corona|omicron|matteus|mattheus|breyne|onkelinx|dari|tigrinya|pashto|pasjtoe|farsi|lingala|swahili|tamazight|darija|berber|urdu|hindi|somali|oromo|pulaar|wolof|kurmanji|sorani|christmas|easter|halloween|new year|boxing day|god|dieu|bouddha|buddha|oxford|cambridge|harvard|nobel|celsius|google maps|google translate|youtube|facebook|instagram|excel|word|windows|android|linkedin|marokko""".replace("\n", "").split("|")
)  # fmt: skip

# Languages and peoples, which English, French and Dutch write with a capital: "speaks English" names nobody.
PEOPLES = as_set(
    """english dutch french flemish german belgian arabic turkish polish romanian bulgarian ukrainian russian italian spanish portuguese moroccan syrian afghan iraqi iranian somali eritrean ethiopian nigerian ghanaian
    congolese armenian albanian georgian chechen kurdish berber roma greek chinese indian pakistani vietnamese filipino brazilian american british irish scottish welsh european african asian muslim christian catholic jewish
    nederlands frans engels duits arabisch turks pools roemeens bulgaars oekraiens russisch italiaans spaans portugees vlaams belg belgen fransen vlaming walen waal duitser hollander romani
    francais anglais neerlandais flamand allemand belge arabe turc polonais roumain bulgare ukrainien russe italien espagnol portugais marocain marocaine syrien afghan congolais rom roms wallon wallonne flamande"""
)
_CHILD_BENEFIT = [
    "groeipakket",
    "kinderbijslag",
    "kindergeld",
    "allocations",
    "infino",
    "kidslife",
    "parentia",
    "myfamily",
    "famiwal",
    "uitbetal",
    "gestort",
    "fonds",
]
# First names that are a service too, and the word that says so.
SERVICES = {
    "fons": _CHILD_BENEFIT,
    "camille": _CHILD_BENEFIT,
    "ria": ["western", "sturen", "overschrijving", "transfert", "transfer", "geld", "argent"],
    "sam": ["steunpunt"],
    "kate": ["kbc", "app", "bank"],
    "julie": ["chatbot", "engie"],
    "louis": ["delhaize"],
    "amal": ["integratie", "inburgering", "nederlands"],
    "atlas": ["integratie", "inburgering", "cursus", "nederlands", "tolk"],
    "alma": ["ziekenhuis", "campus", "az"],
    "jessa": ["ziekenhuis", "campus"],
    "flora": ["vzw", "asbl", "formation"],
    "martha": ["vzw", "inloop"],
    "victor": ["app", "taxi"],
    "emma": ["app"],
    "helena": ["dossier", "gezondheid", "inlog", "app"],
    "magda": ["databank", "overheid", "platform", "gegevens"],
    "monica": ["az", "campus", "ziekenhuis"],
    "imelda": ["ziekenhuis", "campus", "az", "bonheiden"],
    "stella": ["pint", "bier", "artois", "glas", "biere"],
    "rosetta": ["plan", "baan", "startbaan", "contract"],
    "dora": ["tekenfilm", "film", "serie"],
    "leopold": ["kazerne", "park", "koning", "roi"],
    "alexa": ["speaker", "google"],
}
