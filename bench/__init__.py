"""How fast, how much, how many: measured with real browsers and real sessions. `make bench` runs it all."""
