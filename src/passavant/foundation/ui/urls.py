from django.urls import path

from passavant.foundation.ui import views

app_name = "ui"
urlpatterns = [path("langue/", views.language, name="language")]
