"""From the sign-up form to the activated account, the forgotten password, and the links of an address change."""

from django.urls import path

from passavant.accounts.views import activation, choosing, confirmation, email_change, forgotten, reset, sign_up

app_name = "accounts"
urlpatterns = [
    path("inscription/", sign_up.sign_up, name="sign_up"),
    path("inscription/aide-niveau/", choosing.choosing, name="choosing"),
    path("inscription/verification/", sign_up.review, name="review"),
    path("inscription/confirmation/", confirmation.confirmation, name="confirmation"),
    path("inscription/adresse/", confirmation.correct, name="correct"),
    path("activation/", activation.activate, name="activate"),
    path("activation/reussie/", activation.activated, name="activated"),
    path("activation/renvoyer/", confirmation.resend, name="resend"),
    path("activation/renvoyer/envoye/", confirmation.resent, name="resent"),
    path("activation/<str:token>/", activation.activate_link, name="activate_link"),
    path("mot-de-passe-oublie/", forgotten.forgotten, name="forgotten"),
    path("mot-de-passe-oublie/envoye/", forgotten.sent, name="forgotten_sent"),
    path("reinitialisation/", reset.reset, name="reset"),
    path("reinitialisation/reussie/", reset.done, name="reset_done"),
    path("reinitialisation/<str:token>/", reset.reset_link, name="reset_link"),
    path("ce-n-etait-pas-moi/", reset.not_me, name="not_me"),
    path("ce-n-etait-pas-moi/fait/", reset.not_me_done, name="not_me_done"),
    path("ce-n-etait-pas-moi/<str:token>/", reset.not_me_link, name="not_me_link"),
    path("adresse-electronique/confirmer/", email_change.confirm, name="email_confirm"),
    path("adresse-electronique/annuler/", email_change.undo, name="email_undo"),
    path("adresse-electronique/confirmee/", email_change.confirmed, name="email_confirmed"),
    path("adresse-electronique/annulee/", email_change.undone, name="email_undone"),
    path("adresse-electronique/annuler/<str:token>/", email_change.undo_link, name="email_undo_link"),
    path("adresse-electronique/<str:token>/", email_change.confirm_link, name="email_link"),
]
