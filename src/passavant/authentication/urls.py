from django.urls import path

from passavant.authentication.views import codes, passage, sign_in

app_name = "authentication"
urlpatterns = [
    path("connexion/", sign_in.sign_in, name="sign_in"),
    path("connexion/code/", codes.code, name="code"),
    path("connexion/passage/", passage.leave, name="leave"),
    path("connexion/retour/", passage.arrive, name="arrive"),
    path("deconnexion/", sign_in.sign_out, name="sign_out"),
]
