"""Every address of the installation: the shell's, the living page, then those of each room."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("bekwaam.faces.web.urls")),
    path("api/v1/", include("bekwaam.faces.api.urls")),
    path("", include("bekwaam.frame.urls")),
    *(path("", include(f"{room}.urls")) for room in settings.BEKWAAM_ROOMS),
]

handler403 = "bekwaam.access.doors.forbidden"
handler500 = "bekwaam.faces.web.errors.server_error"
