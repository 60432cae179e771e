from django.urls import path

from .views import addresses, checks, desk, facts, history, messages, mine, moments, network, public

app_name = "sites"

urlpatterns = [
    path("wat-is-een-stek/", public.about, name="about"),
    path("privacy/", public.privacy, name="privacy"),
    path("gegevens/", public.data_formats, name="data_formats"),
    path("mijn/", mine.mine, name="mine"),
    path("beheer/", desk.desks, name="desks"),
    path("beheer/netwerk/", network.network, name="network"),
    path("beheer/netwerk/gemeente/", network.new_municipality, name="new_municipality"),
    path("beheer/netwerk/samenwerking/", network.new_partnership, name="new_partnership"),
    path("beheer/netwerk/plek/", network.new_site, name="new_site"),
    path("beheer/berichten/", messages.of_network, name="network_messages"),
    path("beheer/berichten/<int:delivery>/", messages.again, name="network_message_again"),
    path("beheer/<slug:slug>/", desk.desk, name="desk"),
    path("beheer/<slug:slug>/plek/", facts.facts, name="facts"),
    path("beheer/<slug:slug>/plek/adres/", facts.address, name="address"),
    path("beheer/<slug:slug>/plek/stoppen/", facts.stop, name="stop_site"),
    path("beheer/<slug:slug>/plek/herbeginnen/", facts.reopen, name="reopen_site"),
    path("beheer/<slug:slug>/plek/verwijderen/", facts.remove, name="remove_site"),
    path("beheer/<slug:slug>/adressen/", addresses.addresses, name="addresses"),
    path("beheer/<slug:slug>/adressen/nieuw/", addresses.new_place, name="new_place"),
    path("beheer/<slug:slug>/adressen/<int:place>/", addresses.place, name="place"),
    path("beheer/<slug:slug>/adressen/<int:place>/weg/", addresses.place_away, name="remove_place"),
    path("beheer/<slug:slug>/adressen/thuis/nieuw/", addresses.new_home, name="new_home"),
    path("beheer/<slug:slug>/adressen/thuis/<int:address>/", addresses.home, name="home"),
    path("beheer/<slug:slug>/adressen/thuis/<int:address>/weg/", addresses.home_away, name="remove_home"),
    path("beheer/<slug:slug>/sleutelmomenten/", moments.moments, name="moments"),
    path("beheer/<slug:slug>/sleutelmomenten/nieuw/", moments.new_moment, name="new_moment"),
    path("beheer/<slug:slug>/sleutelmomenten/<int:milestone>/", moments.moment, name="moment"),
    path("beheer/<slug:slug>/nakijken/", checks.checks, name="checks"),
    path("beheer/<slug:slug>/nakijken/nieuw/", checks.new_check, name="new_check"),
    path("beheer/<slug:slug>/nakijken/<int:check>/", checks.check, name="check"),
    path("beheer/<slug:slug>/berichten/", messages.of_site, name="messages"),
    path("beheer/<slug:slug>/berichten/<int:delivery>/", messages.again_at_site, name="message_again"),
    path("beheer/<slug:slug>/geschiedenis/", history.history, name="history"),
    path("<slug:slug>/sleutelmomenten/", public.milestones, name="milestones"),
]
