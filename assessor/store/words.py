"""What people type, checked before it is stored."""

import secrets
from datetime import UTC, date, datetime, timedelta

from assessor.collect.documents import brief
from assessor.errors import UsageError

NAME, LINE, LONG = 100, 500, 4000  # characters at most
LONGEST = 365  # days that a decision may count
_HEX_BYTES = 6


def fresh() -> str:
    """A new id."""
    return secrets.token_hex(_HEX_BYTES)


def words(text: str, *, what: str, most: int = LINE) -> str:
    """The text without blanks around it. Raises UsageError for none, too much, or unprintable."""
    found = text.strip()
    if not found:
        raise UsageError(f"{what}: there is nothing in it; write something.")
    if len(found) > most:
        raise UsageError(f"{what}: has {len(found)} characters; {most} are the most.")
    if not all(each.isprintable() or (most == LONG and each in "\n\t") for each in found):
        raise UsageError(f"{what}: holds characters that cannot be printed; leave them out.")
    return found


def moment(now: str) -> str:
    """The same time. Raises ValueError for anything but ISO 8601 in UTC."""
    if datetime.fromisoformat(now).utcoffset() != timedelta(0):
        raise ValueError(f"{now} is no time in UTC")
    return now


def told(text: str) -> str:
    """A time that another store tells. Raises UsageError unless it is one in UTC."""
    try:
        return moment(text)
    except ValueError:
        raise UsageError(f"{brief(text)} is no time in UTC.") from None


def day(now: str) -> date:
    """The day of a time."""
    return datetime.fromisoformat(now).astimezone(UTC).date()


def last_day(expires: str, *, today: date) -> str:
    """The day as ISO 8601. Raises UsageError unless it is to come, within twelve months."""
    try:
        until = date.fromisoformat(expires)
    except ValueError:
        raise UsageError(f"{brief(expires)} is no day; write it like 2027-01-31.") from None
    if not 0 < (until - today).days <= LONGEST:
        latest = today + timedelta(days=LONGEST)
        raise UsageError(f"{until} is no day to expire; it is one after {today}, until {latest}.")
    return until.isoformat()
