from django.urls import path

from .views import adding, candidates, groups, invitation, network, organisation, organisations, people

app_name = "partners"

urlpatterns = [
    path("uitnodiging/<slug:token>/", invitation.invitation, name="invitation"),
    path("beheer/mensen/", network.network, name="network"),
    path("beheer/mensen/uitnodigen/", network.invite, name="network_invite"),
    path("beheer/mensen/<int:person>/", network.person, name="person"),
    path("beheer/mensen/<int:person>/vergeten/", network.forget, name="forget"),
    path("beheer/mensen/sleutel/<int:role>/", network.key, name="network_key"),
    path("beheer/mensen/uitnodiging/<int:invitation>/", network.invited, name="network_invited"),
    path("beheer/<slug:slug>/mensen/", people.people, name="people"),
    path("beheer/<slug:slug>/mensen/sleutel/<int:role>/", people.key, name="key"),
    path("beheer/<slug:slug>/mensen/uitnodiging/<int:invitation>/", people.invited, name="invited"),
    path("beheer/netwerk/organisaties/", organisations.organisations, name="organisations"),
    path("beheer/netwerk/organisaties/<int:kept>/samenvoegen/", organisations.merge_page, name="merge"),
    path("beheer/<slug:slug>/partners/toevoegen/", adding.search, name="add"),
    path("beheer/<slug:slug>/partners/toevoegen/bestaand/", adding.existing, name="add_existing"),
    path("beheer/<slug:slug>/partners/toevoegen/nieuw/", adding.new, name="add_new"),
    path("beheer/<slug:slug>/partners/<int:organisation>/", organisation.page, name="organisation"),
    path("beheer/<slug:slug>/partners/<int:organisation>/gegevens/", organisation.facts, name="facts"),
    path("beheer/<slug:slug>/partners/<int:organisation>/naam/", organisation.new_name, name="rename"),
    path("beheer/<slug:slug>/partners/<int:organisation>/terug/", organisation.undo_leaving, name="come_back"),
    path("beheer/<slug:slug>/partners/engagement/<int:engagement>/", organisation.engagement, name="engagement"),
    path("beheer/<slug:slug>/partners/engagement/<int:engagement>/check-in/", organisation.talk, name="check_in"),
    path("beheer/<slug:slug>/vrijwilligers/aanmeldingen/", candidates.candidates, name="candidates"),
    path(
        "beheer/<slug:slug>/vrijwilligers/aanmeldingen/<int:candidate>/uitnodigen/",
        candidates.invite_page,
        name="invite_candidate",
    ),
    path(
        "beheer/<slug:slug>/vrijwilligers/aanmeldingen/<int:candidate>/erbij/", candidates.take_on_page, name="take_on"
    ),
    path(
        "beheer/<slug:slug>/vrijwilligers/aanmeldingen/<int:candidate>/weg/",
        candidates.drop_page,
        name="drop_candidate",
    ),
    path("<slug:slug>/vrijwilliger-worden/", candidates.become_volunteer, name="become_volunteer"),
    path("<slug:slug>/vrijwilliger-worden/<uuid:offered>/", candidates.offered_help, name="offered_help"),
    path("beheer/<slug:slug>/groepen/", groups.groups, name="groups"),
    path("beheer/<slug:slug>/groepen/nieuw/", groups.new_group, name="new_group"),
    path("beheer/<slug:slug>/groepen/<int:body>/", groups.group, name="group"),
    path("beheer/<slug:slug>/groepen/zitje/<int:seat>/", groups.seat, name="seat"),
]
