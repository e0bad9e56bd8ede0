"""Languages with declared types: the facts of all files into units, references and artefacts."""

from collections.abc import Sequence

from assessor.collect.languages.endpoints_typed import endpoints
from assessor.collect.languages.php_sent import told
from assessor.collect.languages.resolution import Extracted, Resolution
from assessor.collect.languages.typed_data import data_artefacts
from assessor.collect.languages.typed_edges import references
from assessor.collect.languages.typed_events import published
from assessor.collect.languages.typed_injection import beans_of
from assessor.collect.languages.typed_table import table
from assessor.collect.languages.typed_units import artefacts, units
from assessor.collect.languages.uncollected import uncollected


def resolve(files: Sequence[Extracted], settings: Sequence[Extracted] = ()) -> Resolution:
    """Units, references and artefacts of all files; their order does not matter.

    settings: XML that maps classes to tables, methods to SQL, servlets to paths, beans to classes.
    """
    with uncollected():
        known = table(files)
        broken = (source.file.path for source in known.sources if source.facts["has_errors"])
        return Resolution(
            units=tuple(units(known)),
            references=references(known, beans=beans_of(settings)),
            artefacts=tuple(
                sorted(
                    [
                        *artefacts(known),
                        *published(known),
                        *data_artefacts(
                            known, [each for each in settings if isinstance(each.facts, dict)]
                        ),
                        *endpoints(
                            known, [each for each in settings if isinstance(each.facts, list)]
                        ),
                        *told(known),
                    ],
                    key=lambda artefact: (artefact.kind, artefact.location),
                )
            ),
            files_with_errors=tuple(broken),
        )
