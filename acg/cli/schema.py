"""`acg schema`: print the JSON Schema of a catalog."""

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema of a catalog.

    Editors complete and check a catalog that begins with the line
    "# yaml-language-server: $schema=catalog.schema.json".
    """
    from acg.catalog.schema import schema_text

    click.echo(schema_text(), nl=False)
