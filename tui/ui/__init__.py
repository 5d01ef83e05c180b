"""The application: the only room that imports Textual. Screens and widgets show and dispatch; rules live below."""
