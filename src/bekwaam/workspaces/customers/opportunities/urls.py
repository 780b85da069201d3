"""The addresses of opportunities."""

from django.urls import path

from bekwaam.workspaces.customers.opportunities import views

urlpatterns = [
    path("opportunities/", views.all_opportunities, name="opportunities"),
    path("opportunities/new/", views.new_opportunity, name="opportunity_new"),
    path("opportunities/moves/<int:pk>/undo/", views.moved_back, name="opportunity_moved_back"),
    path("opportunities/<path:number>/edit/<slug:field>/", views.opportunity_edit, name="opportunity_edit"),
    path("opportunities/<path:number>/stage/", views.opportunity_stage, name="opportunity_stage"),
    path("opportunities/<path:number>/sellers/", views.opportunity_sellers, name="opportunity_sellers"),
    path("opportunities/<path:number>/trash/", views.opportunity_trash, name="opportunity_trash"),
    path("opportunities/<path:number>/", views.opportunity, name="opportunity"),
]
