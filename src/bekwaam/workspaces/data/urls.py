"""The addresses of the data room."""

from django.urls import path

from bekwaam.workspaces.data import views

urlpatterns = [
    path("data/", views.data, name="data"),
    path("data/import/", views.import_new, name="import_new"),
    path("data/uploads/<int:upload_id>/", views.import_preview, name="import_preview"),
    path("data/batches/<slug:batch_id>/", views.batch, name="batch"),
    path("data/batches/<slug:batch_id>/undo/", views.undo, name="undo"),
    path("data/batches/<slug:batch_id>/refused/", views.refused_file, name="refused_file"),
    path("data/jobs/", views.jobs, name="jobs"),
    path("data/jobs/<int:job_id>/", views.job, name="job"),
    path("data/refresh/", views.refresh, name="refresh"),
]
