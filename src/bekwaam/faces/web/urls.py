"""The addresses of these pages."""

from django.urls import path

from bekwaam.faces.web import accept, company, demo, health, me, sign_in, start, switches, users

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-out/", sign_in.sign_out, name="account_logout"),
    path("link/<str:token>/", accept.accept, name="accept"),
    path("start/", start.start, name="start"),
    path("me/", me.me, name="me"),
    path("me/password/", me.password, name="password"),
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
