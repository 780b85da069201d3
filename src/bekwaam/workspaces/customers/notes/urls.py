"""The addresses of notes."""

from django.urls import path

from bekwaam.workspaces.customers.notes import views

urlpatterns = [
    path("notes/new/", views.new_note, name="note_new"),
    path("notes/<int:pk>/", views.note, name="note"),
    path("notes/<int:pk>/trash/", views.note_trash, name="note_trash"),
]
