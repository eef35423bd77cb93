"""Addresses of the deadlines."""

from django.urls import path

from inro.web.office.deadlines import board, files, health_page, subscription

urlpatterns = [
    path("deadlines/", board.board, name="deadlines"),
    path("deadlines/deadlines.csv", files.csv_file, name="deadlines_csv"),
    path("deadlines/deadlines.ics", files.calendar_file, name="deadlines_calendar"),
    path("deadlines/calendar/", subscription.subscription, name="calendar_subscription"),
    path("deadlines/calendar/<str:token>.ics", subscription.feed, name="calendar_feed"),
    path("deadlines/<str:number>/", board.of_case, name="deadlines_of_case"),
    path("health/", health_page.page, name="health"),
    path("health/line/", health_page.line, name="health_line"),
]
