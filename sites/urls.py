from django.urls import path

from .views import desk, mine, public

app_name = "sites"

urlpatterns = [
    path("wat-is-een-stek/", public.about, name="about"),
    path("privacy/", public.privacy, name="privacy"),
    path("gegevens/", public.data_formats, name="data_formats"),
    path("mijn/", mine.mine, name="mine"),
    path("beheer/", desk.desks, name="desks"),
    path("beheer/<slug:slug>/", desk.desk, name="desk"),
    path("<slug:slug>/sleutelmomenten/", public.milestones, name="milestones"),
]
