"""What people say to each other about a rule, a service or a unit."""

from sqlalchemy import Connection, Row, insert, select

from assessor.errors import UsageError
from assessor.model.stored import Comment, Visitor
from assessor.store.events import note
from assessor.store.rows import project_row
from assessor.store.schema import COMMENTS
from assessor.store.transactions import Store, reading, writing
from assessor.store.words import LONG, fresh, moment, words

_SUBJECT = 4096  # the longest path there is, and some more


def about(subject: str) -> str:
    """The same. Raises UsageError for none, or one that is too long."""
    if not 0 < len(subject) <= _SUBJECT:
        raise UsageError("the subject of a comment is missing, or too long.")
    return subject


def comment(
    store: Store, who: Visitor, *, project: str, subject: str, text: str, now: str
) -> Comment:
    """The comment of the visitor, who is no mere viewer. Raises UsageError if it is too long."""
    wanted = Comment(
        id=fresh(),
        project=project,
        subject=about(subject),
        text=words(text, what="the comment", most=LONG),
        made_at=moment(now),
        made_by=who.name,
    )
    with writing(store) as db:
        project_row(db, who, project=project, role="assessor")
        add_comment(db, wanted)
        note(db, who.name, project=project, action="comment.made", subject=subject, now=now)
    return wanted


def comments(
    store: Store, who: Visitor, *, project: str, subject: str = ""
) -> tuple[Comment, ...]:
    """The comments on the subject, "" = on all of them, oldest first."""
    with reading(store) as db:
        project_row(db, who, project=project, role="viewer")
        asked = select(COMMENTS).where(COMMENTS.c.project == project)
        if subject:
            asked = asked.where(COMMENTS.c.subject == subject)
        found = db.execute(asked.order_by(COMMENTS.c.serial))
        return tuple(comment_of(row) for row in found)


def add_comment(db: Connection, wanted: Comment) -> None:
    """Writes the comment."""
    row = {
        "id": wanted.id,
        "project": wanted.project,
        "subject": wanted.subject,
        "text": wanted.text,
        "made_at": wanted.made_at,
        "made_by": wanted.made_by,
    }
    db.execute(insert(COMMENTS).values(**row))


def comment_of(row: Row[tuple[object, ...]]) -> Comment:
    """A comment."""
    return Comment(
        id=row.id,
        project=row.project,
        subject=row.subject,
        text=row.text,
        made_at=row.made_at,
        made_by=row.made_by,
    )
