"""What an assessment depends on besides its commit and options, for the key to keep it under."""

from dataclasses import replace

from assessor.collect import git
from assessor.collect.cache import fingerprint, key
from assessor.collect.reading import LIBRARIES
from assessor.collect.repository import Source
from assessor.model.decisions import Decisions
from assessor.model.rules import Rules
from assessor.pipeline.studying import Options

_COMPUTE = ("networkx", "numpy", "pandas", "pydantic", "scikit-learn", "scipy")


def depends(source: Source, rules: Rules) -> tuple[str, ...]:
    """This package, the libraries, git, the rules, and what of the repository is not there."""
    cut = source.git_dir / "shallow" if source.git_dir and source.shallow else None
    return (
        fingerprint(*LIBRARIES, *_COMPUTE),
        git.version(),
        source.borrowed,
        str(source.missing_blobs),
        cut.read_text("ascii") if cut else "",
        rules.digest,
    )


def remembered(source: Source, rules: Rules, *, options: Options, decisions: Decisions) -> str:
    """The key of the assessment of that commit; "" for files on disk, which have no name.

    Branches and tags are part of it: some facts count them.
    """
    if source.mode != "commit" or source.git_dir is None:
        return ""
    refs = git.run(source.git_dir, "for-each-ref", "--format=%(objectname) %(refname)")
    asked = replace(options, workers=1)
    return key(
        *depends(source, rules),
        source.revision,
        source.note,
        refs.decode("utf-8", "surrogateescape"),
        repr(asked),
        repr(decisions),
    )
