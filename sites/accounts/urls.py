"""`/account/`: of all that allauth can do, only what has no password in it."""

from allauth.account import views
from django.urls import path

urlpatterns = [
    path("aanmelden/", views.request_login_code, name="account_login"),
    path("code/", views.confirm_login_code, name="account_confirm_login_code"),
    path("afmelden/", views.logout, name="account_logout"),
]
