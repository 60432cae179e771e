"""Names that few or none of the packages have, ours. Read by `build.py` only.

Short forms of Flanders, the Netherlands and Poland; families of the Rif, the Atlas and Kabylia, of Albania, Armenia, the Caucasus, Kurdistan, Afghanistan,
Tibet, the Punjab, Somalia and Eritrea, and of Africa south of the Sahara; family names of Wallonia.
"""

GIVEN_NAMES = """aafke aaltje abdihakim abdirahman abdoulaye abdullahi abebe abena abenet abigaelle aboubacar abshir adaeze adanna adebayo adjoa adwoa aferdita afia afrim aghilas agim agnesa
    agron ahlem aishat ajla akli akos akosua aksel akua akwasi alban albana albertje albulena alfons alhassane alie alikhan alketa allal alseny ama amadou amarachi amayas ameziane
    amghar aminata aminullah amnay anahit analyn anaruz ancille ani ania anir anjali anneke annemie annemiek antje anzor apti araba aram ararat arben arbi arda ardian ardita arek
    arezki arjana arjeta arlind armenuhi arpine arta artak artan arvin asafu aslambek aslan assane assirem aster astghik astou atifete aurica awa awet axel axmed ayodele ayour
    ayyur azad azize azwaw babacar babatunde badis baljit balwinder bangaly baran bartek bashkim basia bassou baukje beatha bekim belaid benedicte bep berend beritan berivan berta
    berten bertje besa besik besim beslan besmira besnik bets betsie bibiche binod binta bintou bishnu bledar blerim blerina blerta blessing boguslaw boguslawa bohdana bolek
    bolormaa bongani boubacar boujemaa bregje bukola bukurie burim caasha cabdi chabha chadia chaib chantal charel charelke charite chiamaka chichi chidi chidinma chinedu chinelo
    chinonso chioma chukwu chukwuemeka cirwan clarisse coby consolata corrie costica coumba cyriel dalmar danusia danut darek dassine dative dawit dechen deeqa deki dekyi delal
    denpa deogratias dieudonnee dieumerci dieynaba dihya dilan dilnoza dilshad dinesh dipak dirkje divine diwa djedjiga djenaba djenabou djeneba djibril dmytro dolma donatille
    donika dorji dorotka dre drilon drita driton drocella dré durk ebru edona edyta efua egzon ekene ela elbunit elhadj elira elvana emeka emerthe enis enver erblin erjon ermal
    ermira esmatullah esperance euphrasie evert exauce exaucee facinet fadma fadumo fanta farhiya fartun farzana fatbardha fatimat fatime fatmire fatna fatou fatoumata fehmi
    feride fettouma fettuma fidan fidele fiel fiifi fik fikske filmon fisnik flamur flora flutura fode folake fons fonske fowsiyo franek freshta freweini frieda froukje funmilayo
    furaha gabrysia gaelle gagandeep galyna ganimete garo gaya gayane geertje geesje geeta gela genc gentiana gerda gerrie gerrit-jan gevorg gezim ghiles ghizlane giel gijs
    gijsbert giorgi glodie gloire gocha godelieve godelive goedele goele gohar gosia gracia grazyna greetje griet grietje grigor grzesiek gulalai guled guljan gurpreet gusta
    gustje haben habibou habibullah haddou hagop hajra hakizimana halimo halinka hamida hammou hanh hania hanneke harm harpreet hasmik hawa hawo hayk heddou helin hendrikje heniek
    hermela hessel heval hibaaq hiltje hlima hodan hovhannes hrant hripsime huong hylke hysen ibadete ibrahima ida idder idil idir ifeanyi ifeoma ifrah ikechukwu ikram ildephonse
    ilir ilirjana illi immaculee ineke innocent ionela ionica iradukunda irakli irenka ishimwe itran itri itto ivanka iza izaskun izem izil izza jaantje jacoba jadzia jamyang jan-
    willem janek jannie jannigje jantje jasmeet jaspreet jean-de-dieu jeanke jeanneke jefke jehona jelmer jeta jetmir jikke jitse jitske jiyan joasia jola jomar jopie jorre joske
    jovelyn juba jurek justyna juul juultje juvenal kadiatou kadija kahina kakha kaltrina kamiel kamo kanya karapet karine karwan kasia katya kavita kazik kebede kella kelsang
    kenny ketevan khadim khadra khamzat khava khedi khrystyna khusein kibrom kidane kinga klaasje koba kobe kobeke kobina koceila kofi kojo kokkie kokou komi korab kostya krysia
    kujtesa kujtim kuldeep kulwinder kwabena kwaku kwame kwasi kweku labinot lakhwinder lakshmi lalla lambert lamine lander lansana larysa lechi leentje lejla lendita lenuta
    leonora leontien lesya leszek levan lewie lhamo liban lidka lien lieveke lijsbeth liridon liridona lirije lisette liya lobke lobsang loeke louisa louiza lounes lounis louwke
    lowie lowieke luan lucyna ludo luiza luljeta lulzim lulzime lusine lut lutgarde lutgart lyuba lyudmyla maaike machteld maciek madina madzia magda magomed mahad mahesh mahlet
    makhmud makka malang malgosia malyun mamadi mamadou mamadouba manana manpreet maral marcin mardiros mariama mariamu maricel marichka marie-goreth marijke marike marinel
    marioara mariola marites marleen martje marzena massilia massin massinissa masud mbaye mechack meena mekdes menad merdie merhawi merita meriton merveille meschac metteke
    meziane mia miel mieltje mieneke mientje miep mietek mihret milaim milana mimoun mimouna mimount mimoza mina mirek mirjeta mirlinda mirsad mkrtich moha mohand mokrane monneke
    mouctar moulay muhand muna munira mursal mwajuma mwamba mykhailo mzia nado nahom naim naira nairi najibullah nana nand nandje nardos narek naser nasra nastya natalka nattaya
    navneet naxhije nazdar nazeli nazifa nchimunya nderim ndeye neel neeltje neema neleke nelleke nelutu nestje netteke nexhmije ngoc ngozi nicu nimco nimo nino niyonkuru nkechi
    nneka nodar noortje norbu nounja nshuti numidia nunja nurije nvard nynke oanh obinna obioma odiel olamide olek olenka oluwaseun omolara onyinye orest ouardia ouassim oumou
    ousmane pacifique paramjit parwana parwiz pasang pascasie patimat patrycja pawelek peerke pelagie pelin pema perpetue petimat petrica petrit petros phuntsok phuong piet piet-
    jan pieternel pietje piotrek plamedi polleke polycarpe prakash pranvera prisca priya przemek qamile qendrim quang radek rahma raisa rajesh rajinder ramatoulaye ramesh ramzan
    ratree reinhilde reintje rekha renia renilde rezarta rie riekje rieneke riet rietje rikske rinchen rkia roble roelie rohullah rojda rojin rokhaya roksolana romek roosje
    rostyslav rowena rozeke rozerin rqia rrahim rukija rukiyat ruslan ruslana rustam rysiek saba sadete sadik safet safia sahra sahro salambek salimata samten samuel sandeep
    sanije sanjay saran sarkis sashko sawsan saynab scholastique sebghatullah seda sekkoura sekou selam selamawit semere seppe serhiy serigne sevdije seynabou shabnam shadi shamil
    shaqir sharmarke shefqet shirin shkelzen shpend shpetim shpresa shqipe shukri shukria shukrije sidar sidonie sidy sien sietske sifaw sifax silya siman simran simret siranush
    siriporn sirwan siska sjaak sjaan sjakie sjan sjang sjarel sjef sjel sjoerdje sjouke sjra skender slavko slawek soetkin solange somchai sona sonam soo sooi sooike sorinel
    speciose spozhmai staf stafke stan stasia staszek stef stefek stijn stijntje sujata sukhwinder sunil sunita supyan suresh surjit sus suske sveta swa swat sybren sylvere sylwia
    syphax syzana szymek tachfin tadek tafsut tamar tamara tamayurt tamaz tamila tamimount tanina tanirt tannirt tanya taous tashi tassadit taziri tekle temesgen temitope tenzin
    tesfay tesfaye teunis teuta thandiwe thanh thanina tharcisse tharindu theoneste thierno thiziri thuy tigist tigran tihya tilelli tinatin tine tinhinan tinneke tiny tist tistje
    titilayo titrit tiziri tjalling tjeerd tjerk tjitske tlaitmas tlaytmas toke tolik tomek tonia tonny toontje toos touda treesje treeske tresor trien trijn trijntje triphonie
    truus tryntje tsegay tsering tsewang tshala tshering tuan tuda tumisha turpal tuur ubah ubax uchenna ugochukwu ula uliana ulyana usem uwase uwimana vadym vahan vahe vakha
    vakhtang valbona valmira valon vardan vasile veerle vestine vijay vik viorica vitalik vjollca vjosa vladyslav vlora volodya vonne vsevolod wangchuk wanida wanjiku wannes ward
    wardia wardje warre warsame wazhma wendelien weronika wiebe wiebren wies wieslaw wieslawa wietse wietske willeke willemien willemijn wilma wiola witek wivina wladek wojtek
    wout wouter xaawo xhavit xhemile xhevdet xhezide yamina yamna yangchen yared yattou yaw yella yemane yennayer yetunde yeva yidir ylli yodit yohannes yonas youssou yuba
    yugurten yugurthen yulya yurko yvonneke zahwa zalina zalmai zamira zana zara zarema zarghuna zaruhi zaur zbigniew zbyszek zdzislaw zelim zelimkhan zenab zenek zenel zenoviy
    zhaklina zhanna zhenya ziad zilan zineb ziri zjef zjuul zoran zosia zulai zulfiye zurab zuzia"""

FAMILY_NAMES = """abdullahi aberkane acheampong adeyemi adjei aghbal aghedo agyeman ahmadzai ahmeti akhmadov aliev amarkhil amazigh amoah appiah asante ashu atangana azzouzi badji bajrami balde
    balogun bangoura barry beqiri berhane beridze berisha bessong bizimana boakye boateng bokassa bokungu bolamba bouazza bouhaddou boukhari boutahar bytyqi camara chaabi chraibi
    cisse collignon compaore conde coulibaly dabrowska dadaev danso dejardin delcourt delvigne dembele dervishi dethier detry diakite diallo diatta diop diouf dirie djoumessi
    doumbia dudaev ebongue egal ehigie ekotto el-hajjami essomba eto'o fagnant farah faye fotso frimpong gaitukaev gashi gebremariam gebremedhin gebreselassie gelashvili gillard
    gjoka goffart goudiaby grigoryan grosjean gueye guled gyamfi habimana habtemariam habyarimana haddouch haidara hakizimana halili harutyunyan hasani hategekimana henrotte hersi
    hotak hovhannisyan hoxha hubin hyseni idahosa idbihi igbinedion ilunga imeri iradukunda irakoze israilov jacquemin jama jashari kabamba kabeya kabila kabongo kabore kabuya
    kadyrov kagame kalala kalombo kalonji kamdem kanku kapanadze kapinga kasanda kasongo katende katumba kazadi keita kelmendi kenfack khachatryan khasiev kitenge konate kone
    kouyate krasnici krasniqi kravchuk kryeziu kyei lambermont lambrecq lardinois ledent lhoest limani lomidze lubaki lumbala lumumba lushi luzolo mabiala magomadov maiga makengo
    makhmudov makiese malonga mamedov mane maquet massamba mathot matondo mavungu mbala mballa mbarga mbaye mbayo mbia mbodj mbombo mbuyamba mbuyi mehmeti melnyk melotte mensah
    mohmand morina mouanda moussaoui mpiana mpoyi muamba mujinga mukamana mukandayisenga mukendi mukeshimana mulamba mulumba munyaneza murekatete musau mutombo mwamba mwanza ndaya
    ndayishimiye ndayizeye ndiaye ndour nduwimana ngalula nganga ngono ngouabi ngoy ngoyi nguemo niang nikiema niyongabo niyonzima njoya nkeng nkoulou nkulu nkurunziza nnamdi
    noorzai nsengiyumva nshimirimana nsimba ntakirutimana ntumba nwosu nyarko nyembo nzeyimana nzuzi obaseki obiora ofori okafor okemba okonkwo okoro omoruyi onyeka opoku osagie
    osaro osei osmani ouali ouattara ouazzani ouedraogo ouhaddou oulad owona owusu petrosyan phuati piette pirard pirotte pllana polishchuk ponomarenko popalzai qerimi ramadani
    remacle renson rexhepi rwigema safi sagna saidov salihu sall samake samatar samba sargsyan sarpong sarr savchuk sawadogo sebahinzi seck sejdiu sene servais shabani shala
    sherzai shevchuk shinwari sidibe simonis sissoko song soumah sow stanekzai sylla szymanska tabi tahiri tchinda tchoumi teklehaimanot tewolde thaqi thiam thiry thonnard tkachuk
    toure traore tshiala tshibangu tshilombo tshimanga tshisekedi tshiswaka twagirayezu ukshini umarov uwamahoro uwimana uzoma veliu wardak warsame wauquiez wautelet wauthier
    wembo wilmotte woldemariam yamba zazai zekaj zeqiri zeroual zielinska zogaj zongo"""
