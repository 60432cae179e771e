"""What somebody does, our own: a verb behind a word says that it is a person. All folded."""

from __future__ import annotations

from .words import as_set

# Says that what stands before it is somebody.
VERBS = as_set(
    """is was heeft had kan kon wil wou wilde mag mocht moet moest krijgt kreeg woont woonde werkt werkte zegt zei vraagt vroeg komt kwam gaat ging zit zat staat stond slaapt durft
    wacht wachtte belt belde betaalt zoekt huurt weet wist huilt weent vertelt vertelde mist verloor verliest heeft doet deed leeft leert spreekt snapt begrijpt denkt vindt vond
    blijft bleef brengt bracht geeft gaf neemt nam loopt liep ligt lag rijdt reed kent kende hoort hoorde schrijft schreef leest eet drinkt zorgt helpt hielp kookt poetst stuurt
    zingt zong lacht speelt fietst wandelt danst breit naait rookt studeert bakt belt mailt appt roept fluistert brult treurt bidt hoest bevalt baart scheidt trouwt hertrouwt solliciteert
    chante rit joue marche danse fume etudie crie prie accouche divorce ecrit lit mange boit sourit enseigne apprend appelle telephone raconte explique repond
    sings laughs plays walks dances smokes studies shouts prays writes reads eats drinks smiles teaches learns cooks cleans rents moves answers explains hides
    belandde raakt geraakt viel valt vertrekt vertrok zou zal wordt werd heet noemt weigert schaamt voelt droeg draagt verhuist verhuisde verdient staan heb hebt zijn waren hebben
    est a etait avait peut pouvait veut voulait doit devait habite vit dit demande vient va attend refuse perd cherche travaille dort pleure recoit paie sait croit parle reste ose
    n'ose n'a n'est s'est s'appelle risque prend part passe garde aide cuisine comprend vend fait aura sera voudrait devrait touche loge
    vertaalt vertaalde repareert herstelt maakt maakte bouwt ruimt ruimde springt sprong sluit sloot opent opende trekt trok houdt hield laat liet steekt stak legt legde zet zette haalt haalde pakt pakte vult vulde tekent tekende begint begon stopt stopte dweilt kuist strijkt wast waste
    ontving ontvangt bezorgt bestelt bestelde koopt kocht verkoopt verkocht leent leende spaart verhuurt bedelt steelt stal vecht vocht schreeuwt zwijgt zweeg klaagt klaagde vloekt dreigt dreigde slaat sloeg pest schopt zoent knuffelt troost verzorgt verpleegt begeleidt organiseert regelt regelde
    kookte danste oefent traint zwemt loog liegt bedriegt vergeet vergat herinnert herkent twijfelt hoopt hoopte wenst droomt verlangt vreest schrikt schrok zucht hijgt struikelt hinkt bloedt sterft stierf overleed geneest herstelde bezoekt bezocht ontmoet trouwde woog weegt verft schildert timmert plant zaait oogst
    volgt volgde leidt helde verstaat verstond spelt vertaalden logeert verblijft overnacht vluchtte vlucht emigreerde arriveerde keert keerde verdween verdwijnt verstopt ontsnapt stuurde schenkt serveert snijdt schilt tapt trakteert nodigt
    traduit traduisait repare nettoie range ouvre ferme tire tient laisse met mettait pose depose ramasse remplit signe commence arrete repasse lave livre achete vendait prete emprunte loue mendie vole crache menace frappe insulte embrasse console soigne accompagne organise regle s'occupe s'entraine nage ment oublie
    reconnait hesite espere souhaite reve craint soupire boite saigne meurt est-elle visite rencontre epouse peint plante suit conduit loge dormait pleurait parlait travaillait habitait buvait mangeait ramene apporte apportait envoie envoyait sert coupe invite remercie salue sonne rentre rentrait sort sortait tombe tomba revient devient reussit echoue
    translates translated fixes fixed repairs builds tidies cleaned opens opened closes closed pulls holds held lets leaves puts brings brought picks fills signs starts started stopped stops washes irons delivers buys bought sells sold lends borrows begs steals fights fought screams complains swears threatens hits bullies hugs comforts
    drives drove runs ran organises organizes trains swims lies forgets forgot remembers recognises recognizes doubts wishes dreams fears sighs limps bleeds dies died recovers visits visited meets met married paints plants follows leads understands understood spells hosts fled escaped arrived arrives returned returns disappeared serves cuts invites thanks knocks fell falls
    has can cannot can't wants wanted lives lived works worked says said asks asked got gets needs needed came comes goes went lost loses sleeps cries waits waited pays speaks knows thinks
    feels hopes tries tried told tells keeps left stays moved sits doesn't does did didn't isn't wasn't will would could should must may looks looking helps helped called calls sent found"""
)
# Says so of people only; enough for a word with a capital that no list has.
HUMAN_VERBS = as_set(
    """woont woonde zegt zei vraagt vroeg slaapt durft huilt weent vertelt vertelde snapt begrijpt denkt leert spreekt schaamt voelt wou wist verloor poetst kookt weigert verdient
    zingt zong lacht danst breit naait rookt studeert solliciteert hertrouwt bevalt fluistert treurt bidt
    chante rit danse fume etudie crie prie accouche sourit raconte telephone sings laughs dances smokes studies shouts prays smiles cooks
    habite dort pleure ose n'ose comprend croit parle cuisine s'appelle lives lived says said asks asked sleeps cries speaks thinks feels hopes tried told wants wanted"""
)
# … and these an organisation does as well.
ALSO_OF_ORGANISATIONS = as_set(
    "zegt zei vraagt vroeg weigert wou wist verloor leert denkt vindt snapt begrijpt demande says said asks asked told wants wanted thinks hopes tries tried verdient comprend croit s'appelle telephone telefoneert raconte etudie crie shouts"
)
# Of these an organisation does none: enough for a word that begins a sentence and that no list has.
ONLY_HUMAN_VERBS = as_set(
    """dweilt strijkt bedelt vloekt zucht hijgt struikelt hinkt bloedt droomt schrikt schrok zwemt snikt mendie boite saigne reve soupire limps bleeds sighs dreams swims begs woont woonde slaapt durft huilt weent leert spreekt schaamt voelt poetst poetste kuist kuiste kookt kookte zingt danst breit naait rookt kent mist bevalt hertrouwt treurt bidt fluistert stottert hoest
    habite dort pleure ose n'ose parle cuisine chante danse fume accouche rit lives lived sleeps cries speaks sings dances smokes prays cooks laughs misses"""
)
HUMAN_VERBS |= ONLY_HUMAN_VERBS

# Behind a verb it is the subject: "bij de bank zegt ze".
PRONOUNS = as_set(
    "ze zij hij ik men we wij je jij ge gij u iedereen niemand il elle on ils elles je tu he she they i we you ie ze'"
)
