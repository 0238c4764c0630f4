"""Everything that kg raises on purpose.

    KgError                  one clear message for the user: what, where, and the way out
    ├── InputError           a file of which nothing can be read
    ├── OntologyError        an ontology or lexicon file that does not hold together
    ├── ModelError           the trained model is missing or damaged
    ├── ExtractionError      a process that reads papers was ended from outside, or hangs
    ├── QueryError           a query that cannot be parsed or is refused
    ├── StoreError           a build folder or store that is missing, locked or damaged
    └── ExportError          an output that cannot be written

The command line turns a `KgError` into its message on standard error and exit code 1; anything else is a bug.
"""


class KgError(Exception):
    """Base of all errors that a user can act on."""


class InputError(KgError):
    """A file of which nothing can be read."""


class OntologyError(KgError):
    """An ontology or lexicon file that does not hold together; the message names file and line."""


class ModelError(KgError):
    """The trained model is missing or damaged, or cannot run on the device that was asked for."""


class ExtractionError(KgError):
    """A process that reads papers was ended from outside, or hangs; what it had read before is kept."""


class QueryError(KgError):
    """A query that cannot be parsed, or that is refused."""


class StoreError(KgError):
    """A build folder or store that is missing, locked or damaged."""


class ExportError(KgError):
    """An output that cannot be written."""
