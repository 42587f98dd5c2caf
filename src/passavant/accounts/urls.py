"""From the sign-up form to the activated account, and the links of an address change."""

from django.urls import path

from passavant.accounts.views import activation, confirmation, email_change, sign_up

app_name = "accounts"
urlpatterns = [
    path("inscription/", sign_up.sign_up, name="sign_up"),
    path("inscription/verification/", sign_up.review, name="review"),
    path("inscription/confirmation/", confirmation.confirmation, name="confirmation"),
    path("inscription/adresse/", confirmation.correct, name="correct"),
    path("activation/", activation.activate, name="activate"),
    path("activation/reussie/", activation.activated, name="activated"),
    path("activation/renvoyer/", confirmation.resend, name="resend"),
    path("activation/renvoyer/envoye/", confirmation.resent, name="resent"),
    path("activation/<str:token>/", activation.activate_link, name="activate_link"),
    path("adresse-electronique/confirmer/", email_change.confirm, name="email_confirm"),
    path("adresse-electronique/annuler/", email_change.undo, name="email_undo"),
    path("adresse-electronique/confirmee/", email_change.confirmed, name="email_confirmed"),
    path("adresse-electronique/annulee/", email_change.undone, name="email_undone"),
    path("adresse-electronique/annuler/<str:token>/", email_change.undo_link, name="email_undo_link"),
    path("adresse-electronique/<str:token>/", email_change.confirm_link, name="email_link"),
]
