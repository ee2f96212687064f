"""
The built-in banks and flows, and banks and flows from files.

They are plain YAML documents in `banks/` and `flows/` beside this file; adding one is adding a file. A name is looked
up among them; anything that looks like a path is read as a file.
"""

from alliancekit.library._layers import layer
from alliancekit.library._shelf import bank, bank_names, flow, flow_names, layer_problems, prompt_ids

__all__ = ["bank", "bank_names", "flow", "flow_names", "layer", "layer_problems", "prompt_ids"]
