"""Text to documents and back."""
from alliancekit.documents._reading import examine_tree, read_bytes, read_tree
from alliancekit.documents._writer import write_json, write_yaml
