"""Two Shields: the library behind the dashboard.

Data flows one way: data -> record -> view -> frame -> figure -> page.
"""

import pandas

# The tables are short and their rows are read one by one: texts as Python's own halve what a run takes. Arrow's, which
# pandas takes where it finds them, are made for long columns.
pandas.set_option("mode.string_storage", "python")
