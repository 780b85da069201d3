"""The addresses of the customers room."""

from django.urls import include, path

from bekwaam.workspaces.customers import record_views, views

urlpatterns = [
    path("", include("bekwaam.workspaces.customers.notes.urls")),
    path("", include("bekwaam.workspaces.customers.opportunities.urls")),
    path("", include("bekwaam.workspaces.customers.tasks.urls")),
    path("customers/", views.customers, name="customers"),
    path("products/", views.products, name="products"),
    path("customers/<path:number>/preview/", views.preview, name="customer_preview"),
    path("customers/<path:number>/lines/", views.lines, name="customer_lines"),
    path("customers/<path:number>/edit/<slug:field>/", record_views.customer_edit, name="customer_edit"),
    path("customers/<path:number>/trash/", record_views.customer_trash, name="customer_trash"),
    path("customers/<path:number>/", views.customer, name="customer"),
    path("products/<path:code>/edit/<slug:field>/", record_views.product_edit, name="product_edit"),
    path("products/<path:code>/trash/", record_views.product_trash, name="product_trash"),
    path("products/<path:code>/", record_views.product, name="product"),
]
