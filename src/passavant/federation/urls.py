from django.urls import path

from passavant.federation.views import crossing, disowning, leaving, linking, newcomers

app_name = "federation"
urlpatterns = [
    path("connexion/arrivee/", newcomers.arrival, name="arrival"),
    path("connexion/arrivee/adresse/", newcomers.address, name="address"),
    path("connexion/arrivee/compte/", newcomers.account, name="account"),
    path("connexion/arrivee/rattachement/", linking.link, name="link"),
    path("espace/autre-adresse/", linking.differs, name="differs"),
    path("deconnexion/suite/", leaving.leave, name="leave"),
    path("connexion/rattachement/annule/", disowning.done, name="not_me_done"),
    path("connexion/rattachement/<str:token>/", disowning.not_me_link, name="not_me_link"),
    path("connexion/rattachement/", disowning.not_me, name="not_me"),
    path("connexion/<slug:provider>/", crossing.start, name="start"),
    path("connexion/<slug:provider>/retour/", crossing.back, name="back"),
    path("connexion/<slug:provider>/deconnexion/", leaving.told, name="told"),
]
