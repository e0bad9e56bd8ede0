"""`assessor cache`: what earlier runs keep for the next, shown and thrown away."""

import typer

app = typer.Typer(
    help="Show what is kept of earlier runs, or throw it away.", no_args_is_help=True
)


@app.command("info")
def info() -> None:
    """Where it is kept, how much, and how much of it is sound."""
    from assessor.collect.cache import default_folder, told

    found = told(default_folder())
    print(f"{found.file}: {_size(found.size)} on disk, at most {_size(found.limit)} of values")
    for each in found.kinds:
        print(f"  {each.kind}: {each.count:,} values, {_size(each.size)}")
    if found.broken:
        print(f"  broken or foreign, and not believed: {found.broken:,}")


@app.command("clear")
def clear() -> None:
    """Throw away all that is kept; the next run reads anew."""
    from assessor.collect.cache import cleared, default_folder

    size = cleared(default_folder())
    print(f"{default_folder()}: {_size(size)} thrown away.")


def _size(size: int) -> str:
    return f"{size / (1 << 20):,.1f} MiB"
