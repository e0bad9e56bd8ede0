"""What an assessment depends on besides its commit and options, for the key to keep it under."""

from assessor.collect import git
from assessor.collect.cache import fingerprint
from assessor.collect.reading import LIBRARIES
from assessor.collect.repository import Source
from assessor.model.rules import Rules

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
