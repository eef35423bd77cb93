"""Addresses of the queue."""

from django.urls import path

from inro.web.office.queue import bulk, exports, filters, lists, readings, work

urlpatterns = [
    path("", lists.cases, name="cases"),
    path("search/", lists.search, name="search"),
    path("queue/bulk/", bulk.bulk, name="bulk"),
    path("queue/letters/", bulk.letters, name="listed_letters"),
    path("queue/filters/", filters.keep, name="keep_filter"),
    path("queue/filters/<int:kept>/", filters.drop, name="drop_filter"),
    path("cases/<str:number>/work/", work.work, name="work"),
    path("exports/", exports.listed, name="exports"),
    path("exports/new/", exports.new, name="new_export"),
    path("exports/<int:export>/release/", exports.release, name="release_export"),
    path("exports/<int:export>/cases.csv", exports.file, name="export_file"),
    path("reading/", readings.readings, name="readings"),
    path("reading/readings.csv", readings.file, name="readings_file"),
]
