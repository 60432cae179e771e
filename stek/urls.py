from django.urls import path

from stek.health.views import health

urlpatterns = [path("gezond/", health, name="health")]
