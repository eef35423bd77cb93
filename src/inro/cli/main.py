"""`inro`: the operator's command. It starts the other processes and holds no token itself."""

import typer

from inro.cli import (
    audit,
    ca_certificates,
    campaign,
    certificate,
    corporate_numbers,
    deadlines,
    demo,
    directory,
    discontinuation,
    doctor,
    edges,
    editions,
    mass_revocation,
    migrate,
    name,
    past_applications,
    queue,
    renewal,
    revocation,
    roster,
    serve,
    staff,
)

app = typer.Typer(
    help="印籠 inro — 電子証明書発行サービスの運用 / running an accredited certification authority",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("demo")(demo.demo)
app.command("serve")(serve.serve)
app.command("doctor")(doctor.doctor)
app.command("migrate")(migrate.migrate)
app.add_typer(audit.app, name="audit")
app.add_typer(ca_certificates.app, name="ca-certificates")
app.add_typer(campaign.app, name="campaign")
app.add_typer(certificate.app, name="certificate")
app.add_typer(corporate_numbers.app, name="corporate-numbers")
app.add_typer(editions.app, name="editions")
app.add_typer(deadlines.app, name="deadlines")
app.add_typer(directory.app, name="directory")
app.add_typer(discontinuation.app, name="discontinuation")
app.add_typer(past_applications.app, name="import")
app.add_typer(mass_revocation.app, name="mass-revocation")
app.add_typer(name.app, name="name")
app.add_typer(queue.app, name="queue")
app.add_typer(renewal.app, name="renewal")
app.add_typer(revocation.app, name="revocation")
app.add_typer(roster.app, name="roster")
app.add_typer(staff.app, name="staff")
edges.add_to(app)


def main() -> None:
    """Run the command line."""
    app(prog_name="inro")
