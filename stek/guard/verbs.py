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
    """woont woonde slaapt durft huilt weent leert spreekt schaamt voelt poetst poetste kuist kuiste kookt kookte zingt danst breit naait rookt kent mist bevalt hertrouwt treurt bidt fluistert stottert hoest
    habite dort pleure ose n'ose parle cuisine chante danse fume accouche rit lives lived sleeps cries speaks sings dances smokes prays cooks laughs misses"""
)
HUMAN_VERBS |= ONLY_HUMAN_VERBS

# Behind a verb it is the subject: "bij de bank zegt ze".
PRONOUNS = as_set(
    "ze zij hij ik men we wij je jij ge gij u iedereen niemand il elle on ils elles je tu he she they i we you ie ze'"
)
