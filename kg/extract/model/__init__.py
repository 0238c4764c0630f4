"""The trained entity extractor: a small network over candidate spans and a ranker over what they name.

`kg.extract.model.runtime` loads it; nothing here imports onnxruntime, which the rules do without.
"""
