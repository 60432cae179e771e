from django.urls import path

from .views import home

app_name = "steering"

urlpatterns = [
    path("stuurgroep/", home.home, name="home"),
]
