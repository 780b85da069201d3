"""The addresses of the cockpit."""

from django.urls import path

from bekwaam.workspaces.cockpit import views

urlpatterns = [
    path("", views.week, name="week"),
    path("half-year-ago/", views.half_year_ago, name="half_year_ago"),
]
