"""The addresses of these pages."""

from django.urls import path

from bekwaam.faces.web import (
    accept,
    changes,
    company,
    demo,
    health,
    lists,
    me,
    search,
    sign_in,
    start,
    switches,
    users,
    views_on_lists,
)

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-out/", sign_in.sign_out, name="account_logout"),
    path("link/<str:token>/", accept.accept, name="accept"),
    path("start/", start.start, name="start"),
    path("search/", search.search, name="search"),
    path("me/", me.me, name="me"),
    path("me/password/", me.password, name="password"),
    path("lists/views/<int:pk>/", views_on_lists.list_view, name="list_view"),
    path("lists/<slug:code>/views/", views_on_lists.list_views, name="list_views"),
    path("lists/<slug:code>/export/", lists.export, name="list_export"),
    path("lists/<slug:code>/change/", changes.change, name="list_change"),
    path("changes/", changes.changes, name="changes"),
    path("changes/<int:pk>/undo/", changes.change_undo, name="change_undo"),
    path("users/", users.users, name="users"),
    path("users/invite/", users.invite, name="invite"),
    path("users/<int:pk>/", users.user, name="user"),
    path("users/<int:pk>/link/", users.user_link, name="user_link"),
    path("users/<int:pk>/close/", users.user_disable, name="user_disable"),
    path("users/<int:pk>/open/", users.user_enable, name="user_enable"),
    path("settings/company/", company.company, name="company"),
    path("settings/own-data/", demo.leave_demo, name="leave_demo"),
    path("settings/persons/", switches.switches, name="switches"),
    path("settings/persons/<slug:code>/", switches.switch, name="switch"),
    path("settings/persons/<slug:code>/off/", switches.switch_off, name="switch_off"),
]
