"""How fast Variorum is beside a reference that is measured in the same run. `make bench` runs every theme."""
