"""`variorum schema`: what may stand in each file, as JSON Schema, for editors that check and complete YAML."""

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter

from tui.cli import output

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FILES = {
    "article": "one reader's claims in an article: annotations/<annotator>/<article>.yaml",
    "links": "one reader's contradictions, duplicate groups and remarks: annotations/<annotator>/links.yaml",
    "decisions": "what one reader decided on suggestions: annotations/<annotator>/decisions.yaml",
    "config": "the settings of a workspace: config.yaml",
}
DESCRIPTION = """
Prints what may stand in the files, as JSON Schema (draft 2020-12), for editors that check and complete YAML:

  variorum schema links > links.schema.json

Without FILE, one JSON object with all of them by name. variorum check knows more than a schema can say.
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.description = DESCRIPTION
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.epilog = "\n".join(["files:", *(f"  {name:<11}{what}" for name, what in FILES.items())])
    parser.add_argument("file", metavar="FILE", nargs="?", choices=FILES, help=f"one of {', '.join(FILES)}")


def run(options: Namespace) -> int:
    names = [options.file] if options.file else list(FILES)
    schemas = {name: _schema(name) for name in names}
    output.as_json(schemas[options.file] if options.file else schemas)
    return 0


def _schema(name: str) -> dict[str, object]:
    from tui.config import config_schema
    from tui.exchange.schema import article_schema, decisions_schema, links_schema

    makers = {
        "article": article_schema,
        "links": links_schema,
        "decisions": decisions_schema,
        "config": config_schema,
    }
    return {"$schema": DIALECT, "title": f"Variorum: {FILES[name]}", **makers[name]()}
