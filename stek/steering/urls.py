from django.urls import path

from stek.addresses import by_first_word

from .views import figures, home, letters

app_name = "steering"

urlpatterns = by_first_word([
    path("stuurgroep/", home.home, name="home"),
    path("stuurgroep/cijfers/", figures.start, name="start"),
    path("stuurgroep/brief/<slug:partnership>/<slug:letter>/", letters.letter, name="letter"),
    path("stuurgroep/cijfers/<slug:partnership>/<str:when>/", figures.figures, name="figures"),
    path("stuurgroep/cijfers/<slug:partnership>/<str:when>/verslag/", figures.report, name="report"),
    path("stuurgroep/cijfers/<slug:partnership>/<str:when>/vastzetten/", figures.freeze_report, name="freeze"),
])  # fmt: skip
