"""Every address there is: the pages, in the order in which the web's own lists give them."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
