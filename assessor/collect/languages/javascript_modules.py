"""What an import of a script means: a file of the project, a foreign package, or neither."""

import re

from assessor.collect.languages.javascript_files import Known, beside
from assessor.collect.languages.javascript_packages import (
    candidates,
    own,
    own_file,
    packaged,
    split,
)
from assessor.collect.languages.javascript_paths import Aliases, aliased, is_own

_QUERY = re.compile(r"[?#].*\Z", re.DOTALL)


def meant(
    known: Known, written: str, *, importer: str, test: bool, config: Aliases | None
) -> tuple[str | None, str]:
    """(path of the file, "") or (None, name of the foreign package, "" if there is none).

    test: the importing file is one of tests. config: what `aliases` gives for it.
    """
    name = written.rpartition("!")[2]  # loaders stand before it
    name = name[:1] + _QUERY.sub("", name[1:])
    if name.startswith((".", "/")):
        relative = re.match(r"\.\.?(?:/|\Z)", name) is not None
        return (beside(known, name, importer=importer) if relative else None), ""
    if name.startswith("#"):
        found = own_file(known, name, importer=importer)
        for package in () if found else own(known, name, importer=importer):
            return _bare(known, package, importer=importer, test=test, config=config)
        if found:
            return found, ""
    return _bare(known, name, importer=importer, test=test, config=config)


def _bare(
    known: Known, name: str, *, importer: str, test: bool, config: Aliases | None
) -> tuple[str | None, str]:
    found = aliased(known, config, name, importer=importer) if config else None
    found = found or packaged(known, name, importer=importer, test=test)
    if found is not None:
        return found, ""
    package, _ = split(name)
    inner = (config is not None and is_own(config, name)) or bool(
        package and candidates(known, package, importer=importer, test=test)
    )
    return None, "" if inner else package
