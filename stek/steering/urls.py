from django.urls import path

from .views import figures

app_name = "steering"

urlpatterns = [
    path("stuurgroep/", figures.start, name="home"),
    path("stuurgroep/cijfers/", figures.start, name="start"),
    path("stuurgroep/cijfers/<slug:partnership>/<str:period>/", figures.figures, name="figures"),
]
