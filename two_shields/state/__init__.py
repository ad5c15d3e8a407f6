"""The state of a page: parameters, views, and the migrations of old links."""
