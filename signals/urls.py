from django.urls import path

from .views import log, moderation, reading, referrals, themes

app_name = "signals"

urlpatterns = [
    path("signalen/", reading.signals, name="signals"),
    path("signalen/nieuw/", log.log, name="log"),
    path("signalen/nieuw/veranderen/", log.again, name="again"),
    path("signalen/nieuw/intrekken/", log.take_back, name="take_back"),
    path("signalen/doorverwezen/", referrals.referrals, name="referrals"),
    path("signalen/<uuid:signal>/", reading.signal, name="signal"),
    path("signalen/<uuid:signal>/ook-gezien/", reading.seen, name="seen"),
    path("beheer/<slug:slug>/signalen/", moderation.waiting, name="waiting"),
    path("beheer/<slug:slug>/signalen/<uuid:signal>/", moderation.look, name="look"),
    path("beheer/<slug:slug>/signalen/<uuid:signal>/herschrijven/", moderation.rewrite, name="rewrite"),
    path("beheer/<slug:slug>/signalen/<uuid:signal>/weigeren/", moderation.refuse, name="refuse"),
    path("beheer/<slug:slug>/signalen/<uuid:signal>/samenvoegen/", moderation.merge, name="merge"),
    path("beheer/netwerk/themas/", themes.themes, name="themes"),
    path("beheer/netwerk/themas/nieuw/", themes.new_theme, name="new_theme"),
    path("beheer/netwerk/themas/<int:theme>/", themes.theme, name="theme"),
    path("beheer/netwerk/themas/<int:theme>/aan-of-uit/", themes.switch, name="switch_theme"),
    path("beheer/netwerk/themas/<int:theme>/samenvoegen/", themes.merge, name="merge_theme"),
]
