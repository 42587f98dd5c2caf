from django.urls import path

from passavant.authentication.views import (
    certificates,
    codes,
    confirming,
    enrolment,
    levels,
    losses,
    passage,
    passkeys,
    sign_in,
    ways,
)

app_name = "authentication"
urlpatterns = [
    path("connexion/", sign_in.sign_in, name="sign_in"),
    path("connexion/code/", codes.code, name="code"),
    path("connexion/passage/", passage.leave, name="leave"),
    path("connexion/retour/", passage.arrive, name="arrive"),
    path("connexion/confirmation/", confirming.confirmation, name="confirmation"),
    path("connexion/moyens/", ways.ways, name="ways"),
    path("connexion/secours/", losses.loss, name="loss"),
    path("connexion/secours/code/", losses.code, name="loss_code"),
    path("connexion/secours/demande/", losses.awaited, name="loss_awaited"),
    path("connexion/secours/annuler/", losses.cancel, name="loss_cancel"),
    path("connexion/secours/annulee/", losses.over, name="loss_over"),
    path("connexion/secours/annuler/<str:token>/", losses.cancel_link, name="loss_cancel_link"),
    path("connexion/cle/", passkeys.passkey, name="passkey"),
    path("connexion/cle/defi/", passkeys.passkey_challenge, name="passkey_challenge"),
    path("connexion/enrolement/cle/", passkeys.enrol_passkey, name="enrol_passkey"),
    path("connexion/enrolement/cle/defi/", passkeys.enrol_passkey_challenge, name="enrol_passkey_challenge"),
    path("connexion/enrolement/application/", enrolment.enrol_app, name="enrol_app"),
    path("niveau-de-securite/garder/", levels.cancel, name="level_cancel"),
    path("niveau-de-securite/garde/", levels.kept, name="level_kept"),
    path("niveau-de-securite/garder/<str:token>/", levels.cancel_link, name="level_cancel_link"),
    path("connexion/enrolement/certificat/", certificates.enrol_certificate, name="enrol_certificate"),
    path("connexion/certificat/", certificates.certificate, name="certificate"),
    path("connexion/certificat/retour/", certificates.come_back, name="certificate_return"),
    path("certificat/", certificates.present, name="present_certificate"),
    path("deconnexion/", sign_in.sign_out, name="sign_out"),
]
