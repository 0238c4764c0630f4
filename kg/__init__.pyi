from kg.api import KnowledgeGraph as KnowledgeGraph
from kg.api import open as open

__version__: str
