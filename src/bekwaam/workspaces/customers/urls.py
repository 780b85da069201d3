"""The addresses of the customers room."""

from django.urls import path

from bekwaam.workspaces.customers import views

urlpatterns = [
    path("customers/", views.customers, name="customers"),
    path("products/", views.products, name="products"),
    path("customers/<path:number>/preview/", views.preview, name="customer_preview"),
    path("customers/<path:number>/lines/", views.lines, name="customer_lines"),
    path("customers/<path:number>/", views.customer, name="customer"),
]
