"""The addresses of tasks."""

from django.urls import path

from bekwaam.workspaces.customers.tasks import views

urlpatterns = [
    path("tasks/", views.all_tasks, name="tasks"),
    path("tasks/new/", views.new_task, name="task_new"),
    path("tasks/<int:pk>/", views.task, name="task"),
    path("tasks/<int:pk>/done/", views.task_done, name="task_done"),
    path("tasks/<int:pk>/not-done/", views.task_undone, name="task_undone"),
    path("tasks/<int:pk>/trash/", views.task_trash, name="task_trash"),
]
