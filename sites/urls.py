from django.urls import path

from . import views

app_name = "sites"

urlpatterns = [
    path("wat-is-een-stek/", views.about, name="about"),
    path("privacy/", views.privacy, name="privacy"),
    path("gegevens/", views.data_formats, name="data_formats"),
    path("<slug:slug>/sleutelmomenten/", views.milestones, name="milestones"),
]
