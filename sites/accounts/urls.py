"""`/account/`: signing in and all that belongs to it. Of allauth's own addresses none is here: nothing has a password.

The names that begin with `account_` and are allauth's own are those its machinery asks for.
"""

from django.urls import path

from .views import own, own_data, passkeys, proof, second_step, signing_in

urlpatterns = [
    path("aanmelden/", signing_in.sign_in, name="account_login"),
    path("code/", signing_in.code, name="account_confirm_login_code"),
    path("tweede-stap/code/", signing_in.second_step, name="mfa_authenticate"),
    path("afmelden/", signing_in.sign_out, name="account_logout"),
    path("opnieuw/", proof.again, name="account_reauthenticate"),
    path("sleutels/", passkeys.passkeys, name="account_passkeys"),
    path("sleutels/aanmelden/", passkeys.sign_in, name="account_passkey_sign_in"),
    path("sleutels/aanmelden/vraag/", passkeys.ask_to_sign_in, name="account_passkey_ask"),
    path("sleutels/nieuw/", passkeys.add, name="account_passkey_add"),
    path("sleutels/nieuw/vraag/", passkeys.ask_to_add, name="account_passkey_add_ask"),
    path("sleutels/<int:pk>/", passkeys.passkey, name="account_passkey"),
    path("tweede-stap/", second_step.second_step, name="account_second_step"),
    path("tweede-stap/aan/", second_step.turn_on, name="account_second_step_on"),
    path("tweede-stap/uit/", second_step.turn_off, name="account_second_step_off"),
    path("tweede-stap/reservecodes/", second_step.codes, name="account_second_step_codes"),
    path("sessies/", own.sessions, name="account_sessions"),
    path("gegevens/", own.details, name="account_details"),
    path("gegevens/alles/", own_data.take_along, name="account_take_along"),
    path("gegevens/alles.json", own_data.download, name="account_download"),
    path("gegevens/vergeten/", own_data.forget, name="account_forget"),
    path("vergeten/", own_data.forgotten, name="account_forgotten"),
    path("gegevens/adres/", own.address, name="account_address"),
    path("gegevens/adres/code/", own.address_code, name="account_address_code"),
]
