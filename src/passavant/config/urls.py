"""The map of all pages, room by room."""

from django.urls import include, path

urlpatterns = [
    path("", include("passavant.portal.urls")),
    path("", include("passavant.accounts.urls")),
    path("", include("passavant.authentication.urls")),
    path("", include("passavant.federation.urls")),
    path("espace/", include("passavant.space.urls")),
    path("", include("passavant.foundation.ui.urls")),
]

handler400 = "passavant.portal.views.faults.bad_request"
handler403 = "passavant.portal.views.faults.forbidden"
handler404 = "passavant.portal.views.faults.not_found"
handler500 = "passavant.portal.views.faults.server_error"
