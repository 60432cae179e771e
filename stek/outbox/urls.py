from django.urls import path

from . import views

app_name = "outbox"

urlpatterns = [path("berichten/stop/<str:token>/", views.stop_page, name="stop")]
