"""`assessor store`: what the store holds, copies of it, and who may do what."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessor.cli import common
from assessor.errors import UsageError
from assessor.jobs import limits

if TYPE_CHECKING:
    from assessor.model.stored import PackFigures, Visitor
    from assessor.store.opening import Store

app = typer.Typer(
    help="What is stored of all runs, and what people decided about them.",
    no_args_is_help=True,
)
Url = Annotated[
    str,
    typer.Option(
        "--store",
        envvar="ASSESSOR_STORE",
        show_envvar=False,
        help="sqlite:///FILE or postgresql://USER@HOST/NAME; the user's own file if absent.",
    ),
]
Of = Annotated[
    str, typer.Option("--project", help="Id of one project, from `assessor store list`.")
]


@app.command("list")
def list_(store: Url = "") -> None:
    """Name the projects, each with its newest run."""
    from assessor.store.runs import portfolio

    page, offset = 200, 0
    with _opened(store) as opened:
        while found := portfolio(opened, _operator(), offset=offset, limit=page):
            for project, run, _ in found:
                newest = f"{run.made_at}  {_levels(run.figures.packs)}" if run else "no run"
                print(f"{project.id}  {project.location}  {newest}")
            offset += page


@app.command("export")
def export(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write to this file.")
    ] = None,
    project: Of = "*",
    store: Url = "",
) -> None:
    """Write projects with their runs and decisions as JSON, for another store."""
    from assessor.store import keeping

    if output is not None:
        common.writable(output, source=Path())
    with _opened(store) as opened:
        content = keeping.export(opened, _operator(), project=project)
    common.write(content, output=output)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="What `assessor store export` wrote.")],
    store: Url = "",
) -> None:
    """Take in what another store holds; what is there stays as it is."""
    from assessor.collect.documents import content
    from assessor.store import keeping
    from assessor.store.importing import KIND

    read = content(file, KIND)
    with _opened(store) as opened:
        counts = keeping.import_(opened, _operator(), read, now=limits.now())
    print(f"{file}: {', '.join(f'{n} {what}' for what, n in counts.items()) or 'nothing new'}")


@app.command("backup")
def backup(
    file: Annotated[Path, typer.Argument(help="New file to copy the store to.")],
    store: Url = "",
) -> None:
    """Copy a SQLite store while it is in use."""
    from assessor.store import keeping

    with _opened(store) as opened:
        keeping.backup(opened, file)
    print(f"{file}: {file.stat().st_size} bytes")


@app.command("migrate")
def migrate(store: Url = "") -> None:
    """Bring the store's tables up to date, which every other command does as well."""
    from assessor.store.opening import place
    from assessor.store.schema import REVISION

    with _opened(store) as opened:
        print(f"{place(opened)}: revision {REVISION}")


@app.command("grant")
def grant(
    person: Annotated[str, typer.Argument(help="The person, as the identity provider says.")],
    role: Annotated[
        str, typer.Argument(help="viewer, assessor, approver, admin, or none to take it away.")
    ],
    project: Of = "*",
    store: Url = "",
) -> None:
    """Let a person do something in a project, or in all of them."""
    from assessor.model.stored import ROLES
    from assessor.store import people

    chosen = next((each for each in ROLES if each == role), None)
    if chosen is None and role != "none":
        raise UsageError(f"{role!r} is no role; there are: {', '.join(ROLES)}, none.")
    with _opened(store) as opened:
        who, now = _operator(), limits.now()
        if chosen is None:
            people.revoke(opened, who, person=person, project=project, now=now)
        else:
            people.grant(opened, who, person=person, project=project, role=chosen, now=now)
    print(f"{person}: {role} in {project}")


@contextmanager
def _opened(url: str) -> "Iterator[Store]":
    from assessor.store.opening import close, open_store

    opened = open_store(url)
    try:
        yield opened
    finally:
        close(opened)


def _operator() -> "Visitor":
    """Whoever reaches the database itself may do everything there; the history has the name."""
    from assessor.model.stored import EVERYWHERE, Visitor

    return Visitor(getpass.getuser(), {EVERYWHERE: "admin"})


def _levels(packs: "tuple[PackFigures, ...]") -> str:
    return " ".join(f"{each.id} {each.claimable or '-'}" for each in packs)
