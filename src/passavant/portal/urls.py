from django.conf import settings
from django.urls import path

from passavant.portal.views import operation, pages, tray

app_name = "portal"
urlpatterns = [
    path("", pages.home, name="home"),
    path("conditions-generales/", pages.terms, name="terms"),
    path("donnees-personnelles/", pages.privacy, name="privacy"),
    path("mentions-legales/", pages.legal, name="legal"),
    path("accessibilite/", pages.accessibility, name="accessibility"),
    path("plan-du-site/", pages.sitemap, name="sitemap"),
    path("healthz", operation.alive, name="alive"),
    path("readyz", operation.ready, name="ready"),
    path("robots.txt", operation.robots, name="robots"),
    path(".well-known/change-password", operation.change_password, name="change_password"),
]

if settings.PASSAVANT.demo:
    urlpatterns += [
        path("demo/courrier/", tray.tray, name="tray"),
        path("demo/courrier/<str:name>/", tray.message, name="tray_message"),
    ]
