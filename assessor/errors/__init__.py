"""Every error that is the user's to mend, each with the exit code it leads to."""


class AssessorError(Exception):
    """One sentence for the user: what, where (`file:line`), what to do; shown without a trace."""

    exit_code = 2


class NotMetError(AssessorError):
    """The gate is not met; its conditions were printed before (exit 1)."""

    exit_code = 1


class UsageError(AssessorError):
    """The command line or an option file asks for something that does not exist (exit 2)."""


class PackError(AssessorError):
    """A rule pack or fact file is wrong; the message lists all its errors, one a line (exit 2)."""


class SourceError(AssessorError):
    """Nothing to assess: no repository, an empty one, or one git cannot read (exit 3)."""

    exit_code = 3


class EmptyError(SourceError):
    """The commit or folder holds no file (exit 3)."""


class IncompleteError(AssessorError):
    """Something that was explicitly needed could not be read (exit 4)."""

    exit_code = 4


class DeniedError(AssessorError):
    """The visitor may not do that, or may not see what it is about (exit 2)."""
