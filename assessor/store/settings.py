"""How a project, or the store as a whole, is to be treated."""

from sqlalchemy import Connection, delete, insert, select

from assessor import resources
from assessor.collect.documents import brief
from assessor.errors import UsageError
from assessor.model.basis import Scalar
from assessor.model.stored import EVERYWHERE, Visitor
from assessor.store.events import note
from assessor.store.roles import hidden, require
from assessor.store.rows import project_row
from assessor.store.schema import SETTINGS
from assessor.store.transactions import Store, alone, reading, writing
from assessor.store.words import moment

FOUR_EYES, POLICY = "four_eyes", "policy"


def settings(store: Store, who: Visitor, *, project: str = EVERYWHERE) -> dict[str, Scalar]:
    """What was set for the project, else for the store as a whole; nothing where neither was.

    project: `*` = the store as a whole, which everybody may see who may see anything.
    """
    with reading(store) as db:
        if project != EVERYWHERE:
            project_row(db, who, project=project, role="viewer")
        elif not who.roles:
            raise hidden(who, "the settings")
        return {**_set(db, EVERYWHERE), **_set(db, project)}


def change_setting(
    store: Store,
    who: Visitor,
    *,
    project: str = EVERYWHERE,
    key: str,
    value: Scalar,
    now: str,
) -> None:
    """Sets `four_eyes` (yes or no) or `policy` (the name of a preset); None = as before it was.

    Wants an admin. Raises UsageError for another key or value.
    """
    require(who, project, "admin")
    _check(key, value)
    with writing(store) as db:
        if project != EVERYWHERE:
            project_row(db, who, project=project, role="admin", lock=True)
        alone(db, SETTINGS)
        db.execute(delete(SETTINGS).where(SETTINGS.c.project == project, SETTINGS.c.key == key))
        if value is not None:
            db.execute(insert(SETTINGS).values(project=project, key=key, value=value))
        note(
            db,
            who.name,
            project=project,
            action="setting.changed",
            subject=key,
            now=moment(now),
            detail={"value": value},
        )


def _set(db: Connection, project: str) -> dict[str, Scalar]:
    asked = select(SETTINGS).where(SETTINGS.c.project == project).order_by(SETTINGS.c.key)
    return {row.key: row.value for row in db.execute(asked)}


def _check(key: str, value: Scalar) -> None:
    if key not in {FOUR_EYES, POLICY}:
        raise UsageError(f"{brief(key)} is no setting; there are: {FOUR_EYES}, {POLICY}.")
    if value is None:
        return
    if key == FOUR_EYES and not isinstance(value, bool):
        raise UsageError(f"{key}: {brief(value)} is neither true nor false.")
    if key == POLICY and value not in (known := _presets()):
        raise UsageError(f"{key}: {brief(value)} is no preset; there are: {', '.join(known)}.")


def _presets() -> list[str]:
    folder = resources.packaged("rules") / "policies"
    return sorted(path.stem for path in folder.glob("*.yaml"))
