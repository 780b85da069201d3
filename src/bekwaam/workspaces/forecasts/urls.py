"""The addresses of the forecasts room."""

from django.urls import path

from bekwaam.workspaces.forecasts import views

urlpatterns = [
    path("forecasts/", views.forecasts, name="forecasts"),
    path("forecasts/lines/", views.lines, name="lines"),
    path("forecasts/<slug:level>/<path:key>/", views.detail, name="forecast_detail"),
]
