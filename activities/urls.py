from django.urls import path, register_converter

from .iso_week import IsoWeekConverter
from .views import activity, data, home, partners, week

app_name = "activities"

register_converter(IsoWeekConverter, "week")

urlpatterns = [
    path("", home.home, name="home"),
    path("<slug:slug>/", week.this_week, name="this_week"),
    path("<slug:slug>/week/<week:iso>/", week.any_week, name="week"),
    path("<slug:slug>/activiteit/<slug:activity>/", activity.activity, name="activity"),
    path("<slug:slug>/partners/", partners.partners, name="partners"),
]

# Data formats take no language prefix.
data_urlpatterns = [
    path("<slug:slug>/agenda.ics", data.agenda, name="agenda"),
    path("<slug:slug>/week/<week:iso>.json", data.week_data, name="week_data"),
]
