"""The pages of the personal space, under /espace/."""

from django.urls import path

from passavant.space.views import (
    activity,
    closing,
    data,
    email,
    home,
    identities,
    level,
    passkeys,
    password,
    profile,
    security,
    sessions,
)

app_name = "space"
urlpatterns = [
    path("", home.home, name="home"),
    path("profil/", profile.profile, name="profile"),
    path("profil/modifier/", profile.change, name="profile_change"),
    path("adresse-electronique/", email.email, name="email"),
    path("adresse-electronique/annuler/", email.withdraw, name="email_withdraw"),
    path("mot-de-passe/", password.password, name="password"),
    path("securite/", security.security, name="security"),
    path("securite/rattachement/<uuid:identity>/", identities.identity, name="identity"),
    path("securite/niveau/", level.level, name="level"),
    path("securite/niveau/garder/", level.keep, name="level_keep"),
    path("securite/codes/", security.recovery_codes, name="recovery_codes"),
    path("securite/<str:kind>/<uuid:number>/renommer/", security.rename, name="factor_rename"),
    path("securite/<str:kind>/<uuid:number>/retirer/", security.remove, name="factor_remove"),
    path("securite/cle/", passkeys.add, name="passkey_add"),
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/fermer/", sessions.close_others, name="close_other_sessions"),
    path("sessions/<uuid:session>/fermer/", sessions.close_one, name="close_session"),
    path("sessions/appareils/<uuid:device>/oublier/", sessions.forget, name="forget_device"),
    path("activite/", activity.activity, name="activity"),
    path("mes-donnees/", data.data, name="data"),
    path("fermer/", closing.close, name="close"),
    path("compte-ferme/", closing.closed, name="closed"),
]
