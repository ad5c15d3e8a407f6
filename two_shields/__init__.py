"""Two Shields: the library behind the dashboard.

Data flows one way: data -> record -> view -> frame -> figure -> page.
"""
