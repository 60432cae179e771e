from django.urls import path

from .views import invitation, network, people

app_name = "partners"

urlpatterns = [
    path("uitnodiging/<slug:token>/", invitation.invitation, name="invitation"),
    path("beheer/mensen/", network.network, name="network"),
    path("beheer/mensen/uitnodigen/", network.invite, name="network_invite"),
    path("beheer/mensen/<int:person>/", network.person, name="person"),
    path("beheer/mensen/sleutel/<int:role>/", network.key, name="network_key"),
    path("beheer/mensen/uitnodiging/<int:invitation>/", network.invited, name="network_invited"),
    path("beheer/<slug:slug>/mensen/", people.people, name="people"),
    path("beheer/<slug:slug>/mensen/sleutel/<int:role>/", people.key, name="key"),
    path("beheer/<slug:slug>/mensen/uitnodiging/<int:invitation>/", people.invited, name="invited"),
]
