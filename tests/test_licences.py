"""No copyleft library among the runtime dependencies."""

import re
from importlib.metadata import PackageNotFoundError, distribution, requires

from packaging.requirements import Requirement

COPYLEFT = re.compile(r"\b(A?GPL|LGPL|GNU|MPL|Mozilla|EUPL|CDDL|EPL|SSPL)", re.IGNORECASE)
# Weak copyleft (MPL-2.0), brought by packages the user named, never imported by assessor:
# certifi by streamlit, pathspec by pydriller's lizard (docs/adr/0005).
EXCEPTIONS = {"certifi", "pathspec"}


def _runtime(name, seen):
    for line in requires(name) or []:
        need = Requirement(line)
        if need.marker and not need.marker.evaluate({"extra": ""}):
            continue
        key = need.name.lower()
        if key in seen:
            continue
        try:
            seen[key] = distribution(need.name)
        except PackageNotFoundError:
            continue
        _runtime(need.name, seen)
    return seen


def _licence(found):
    meta = found.metadata
    classifiers = [c for c in meta.get_all("Classifier", []) if c.startswith("License ::")]
    declared = meta.get("License-Expression") or (meta.get("License") or "").split("\n")[0]
    return f"{declared} {' '.join(classifiers)}"


def test_runtime_dependencies__all_of_them__carry_no_copyleft_licence():
    found = _runtime("assessor", {})
    assert len(found) > 20
    copyleft = {name for name, dist in found.items() if COPYLEFT.search(_licence(dist))}
    assert copyleft - EXCEPTIONS == set()


def test_licence_pattern__common_copyleft_names__are_recognised():
    for name in ("GPL-3.0-only", "AGPL-3.0", "GNU Lesser General Public License", "MPL-2.0"):
        assert COPYLEFT.search(name)
    for name in ("MIT", "BSD-3-Clause", "Apache-2.0", "PSF-2.0"):
        assert not COPYLEFT.search(name)
