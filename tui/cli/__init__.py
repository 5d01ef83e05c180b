"""The command line: one thin module a command, each with `add_arguments` and `run`, imported only when it is asked for.

Results go to standard output, messages to standard error. A command answers 0 when it did what was asked, 1 when
something is wrong or could not be done; wrong usage is 2, an interrupt 130, a reader who went away 141.
"""

COMMANDS = {
    "init": ("tui.cli.init", "make a folder a workspace"),
    "add": ("tui.cli.add", "copy articles into the workspace"),
    "list": ("tui.cli.list", "list the articles, or with --records what was recorded in them"),
    "suggest": ("tui.cli.suggest", "propose which statements say the same, and which may conflict"),
    "export": ("tui.cli.export", "write your records as YAML, to be committed"),
    "import": ("tui.cli.import_", "take in your YAML, as after a fresh clone"),
    "reanchor": ("tui.cli.reanchor", "write where your claims stand in articles that changed"),
    "log": ("tui.cli.log", "list what you did, when, and on which records"),
    "git-setup": ("tui.cli.git_setup", "have git merge annotations by record, in this clone"),
    "show": ("tui.cli.show", "print a file of annotations with words instead of offsets"),
    "merge": ("tui.cli.merge", "merge three versions of a file of annotations"),
    "resolve": ("tui.cli.resolve", "mend a merge of annotations that git stopped at"),
    "check": ("tui.cli.check", "check every file of the workspace"),
    "schema": ("tui.cli.schema", "print what may stand in each file, as JSON Schema for editors"),
    "keys": ("tui.cli.keys", "print the keys in force, yours among them, by place"),
    "doctor": ("tui.cli.doctor", "examine the workspace and what is around it, and mend it with --fix"),
}
"""Name → the module that holds it, and what it does."""
