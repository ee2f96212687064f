"""Text to documents and back."""
from alliancekit.documents._reading import examine_tree, read_bytes, read_tree, format_of
from alliancekit.documents._splice import splice
from alliancekit.documents._tree import Tree
from alliancekit.documents._writer import write_json, write_yaml
