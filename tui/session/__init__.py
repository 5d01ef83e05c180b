"""An open workspace: what the screens and the commands ask for and do. Plain Python, no Textual."""
