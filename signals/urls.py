from django.urls import path, register_converter

from stek.addresses import by_first_word

from .period_words import PeriodConverter
from .views import dossier_desk, dossiers, figures, log, moderation, raised, reading, referrals, releases, themes

register_converter(PeriodConverter, "period")

app_name = "signals"

urlpatterns = by_first_word([
    path("signalen/", reading.signals, name="signals"),
    path("signalen/nieuw/", log.log, name="log"),
    path("signalen/nieuw/veranderen/", log.again, name="again"),
    path("signalen/nieuw/intrekken/", log.take_back, name="take_back"),
    path("signalen/doorverwezen/", referrals.referrals, name="referrals"),
    path("signalen/cijfers/", figures.partnerships, name="figures"),
    path("signalen/cijfers/<slug:partnership>/", figures.newest, name="newest_figures"),
    path("signalen/cijfers/<slug:partnership>/<period:period>/", figures.figures, name="period_figures"),
    path("signalen/<uuid:signal>/", reading.signal, name="signal"),
    path("signalen/<uuid:signal>/ook-gezien/", reading.seen, name="seen"),
    path("dossiers/", dossiers.dossiers, name="dossiers"),
    path("dossiers/nieuw/", dossier_desk.new_dossier, name="new_dossier"),
    path("dossiers/<uuid:dossier>/", dossiers.dossier, name="dossier"),
    path("dossiers/<uuid:dossier>/veranderen/", dossier_desk.change_dossier, name="change_dossier"),
    path("dossiers/<uuid:dossier>/stap-erbij/", dossier_desk.take_step, name="take_step"),
    path("dossiers/<uuid:dossier>/zin-erbij/", dossier_desk.add_sentence, name="add_sentence"),
    path("dossiers/<uuid:dossier>/cijfers/", dossier_desk.choose_figures, name="choose_figures"),
    path("dossiers/zin/<uuid:sentence>/weg/", dossier_desk.drop_sentence, name="drop_sentence"),
    path("dossiers/stap/<uuid:dossier_step>/", dossier_desk.change_step, name="change_step"),
    path("dossiers/stap/<uuid:dossier_step>/antwoord/", dossier_desk.answer_step, name="answer_step"),
    path("dossiers/stap/<uuid:dossier_step>/website/", dossier_desk.publish_step, name="publish_step"),
    path("dossiers/stap/<uuid:dossier_step>/terug/", dossier_desk.drop_step, name="drop_step"),
    path("<slug:slug>/aangekaart/", raised.raised, name="raised"),
    path("beheer/<slug:slug>/signalen/", moderation.waiting, name="waiting"),
    path("beheer/<slug:slug>/signalen/cijfers/", releases.releases, name="releases"),
    path("beheer/<slug:slug>/signalen/cijfers/<int:release>/", releases.replace, name="replace_release"),
    path("beheer/<slug:slug>/signalen/<uuid:signal>/", moderation.look, name="look"),
    path("beheer/<slug:slug>/signalen/<uuid:signal>/herschrijven/", moderation.rewrite, name="rewrite"),
    path("beheer/<slug:slug>/signalen/<uuid:signal>/weigeren/", moderation.refuse, name="refuse"),
    path("beheer/<slug:slug>/signalen/<uuid:signal>/samenvoegen/", moderation.merge, name="merge"),
    path("beheer/netwerk/themas/", themes.themes, name="themes"),
    path("beheer/netwerk/themas/drempel/<slug:partnership>/", themes.threshold, name="threshold"),
    path("beheer/netwerk/themas/nieuw/", themes.new_theme, name="new_theme"),
    path("beheer/netwerk/themas/<int:theme>/", themes.theme, name="theme"),
    path("beheer/netwerk/themas/<int:theme>/aan-of-uit/", themes.switch, name="switch_theme"),
    path("beheer/netwerk/themas/<int:theme>/samenvoegen/", themes.merge, name="merge_theme"),
])  # fmt: skip

# Data formats take no language prefix.
data_urlpatterns = [
    path("signalen/cijfers/<slug:partnership>/<period:period>.csv", figures.data, name="figures_csv"),
]
