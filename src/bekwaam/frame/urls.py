"""The addresses of the living page."""

from django.urls import path

from bekwaam.frame.living import views

urlpatterns = [
    path("frame/", views.frame, name="frame"),
    path("frame/preview/<int:number>/", views.preview, name="frame_preview"),
    path("frame/try/<slug:part>/", views.attempt, name="frame_attempt"),
]
