"""The trained entity extractor: a small network over candidate spans and a ranker over what they name.

`kg.extract.model.runtime` loads it; nothing here imports onnxruntime, which the rules do without.
"""

import os

# Unless told otherwise before it is imported, onnxruntime counts its runs, keeps a number that tells this machine from
# others below the home folder, and sends both to its maker: see the Privacy.md in its package.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
